/// Which traces are recorded. The names are those of `OTEL_TRACES_SAMPLER`.
struct Sampler: Sendable {
    enum Root: Sendable, Equatable {
        case always
        case never
        /// One trace in so many, chosen by its id, so that every program chooses the same.
        case ratio(Double)
    }

    var root: Root
    /// Whether the choice of whoever called counts more.
    var followsParent: Bool

    func samples(_ trace: TraceContext.TraceID, parent: TraceContext?) -> Bool {
        if followsParent, let parent { return parent.isSampled }
        switch root {
        case .always: return true
        case .never: return false
        case .ratio(let ratio): return ratio >= 1 || Double(trace.low) < ratio * 0x1p64
        }
    }

    static func named(_ name: String, argument: String?) throws(InvalidScalar) -> Sampler {
        let followsParent = name.hasPrefix("parentbased_")
        switch followsParent ? String(name.dropFirst(12)) : name {
        case "always_on": return Sampler(root: .always, followsParent: followsParent)
        case "always_off": return Sampler(root: .never, followsParent: followsParent)
        case "traceidratio":
            guard let ratio = Double(argument ?? "1"), (0...1).contains(ratio) else {
                throw InvalidScalar("the ratio is not a number from 0 to 1", advice: "set OTEL_TRACES_SAMPLER_ARG=0.1")
            }
            return Sampler(root: .ratio(ratio), followsParent: followsParent)
        default:
            throw InvalidScalar(
                "\(quoted(name)) is not a sampler that is known here",
                advice: "use always_on, always_off or traceidratio, or one of these after parentbased_")
        }
    }
}
