/// What the reading of one value asked for and met.
final class Trace {
    /// The defaults of the section that is read; nil for any other type.
    var defaults: SectionDefaults?
    /// What is wrong with the keys of a section: reading goes on after each with the default in its place.
    var problems: [ConfigurationProblem] = []
    /// The value as it took effect.
    var effective: EffectiveValue?

    private var members: [ConfigurationNode.Member] = []
    private var asked: [String] = []
    private var isKnown: [(String) -> Bool] = []

    /// The keys of `members` are about to be asked for, by names that `isKnown` tells.
    func open(_ members: [ConfigurationNode.Member], isKnown: @escaping (String) -> Bool) {
        self.members = members
        self.isKnown.append(isKnown)
        if effective == nil { effective = .mapping([]) }
    }

    func ask(for key: String) {
        if !asked.contains(key) { asked.append(key) }
    }

    func record(_ value: EffectiveValue, for key: String, from place: ConfigurationNode.Place) {
        let origin: String? =
            switch place {
            case .line: nil
            case .variable(let name): name
            case .absent: "default"
            }
        guard case .mapping(var members) = effective else { return }
        members.removeAll { $0.key == key }
        members.append(.init(key: key, value: value, origin: origin))
        effective = .mapping(members)
    }

    /// The keys of the file that nobody asked for. When reading stopped early, only those that nobody could ask for.
    func unknownKeys(isComplete: Bool, at path: ConfigurationPath) -> [ConfigurationProblem] {
        guard !isKnown.isEmpty else { return [] }
        let unknown = members.filter { member in
            let isExtension = path.steps.isEmpty && member.key.hasPrefix("x-")
            if asked.contains(member.key) || isExtension { return false }
            return isComplete || !isKnown.contains { $0(member.key) }
        }
        return unknown.map { member in
            let advice =
                NearMiss.of(member.key, among: asked).map { "did you mean \($0)?" }
                ?? (isComplete && !asked.isEmpty
                    ? "known here: \(asked.sorted().joined(separator: ", "))" : "remove it")
            return ConfigurationProblem(
                path.appending(.key(member.key)).text, "is not a known key", advice: advice,
                place: member.keyPlace.description)
        }
    }
}
