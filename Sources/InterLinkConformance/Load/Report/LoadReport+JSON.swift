public import LosslessJSON

extension LoadReport: JSONWritable {
    /// Writes the report; times are seconds, memory is bytes.
    public func write(to writer: inout JSONWriter) { json.write(to: &writer) }

    private var json: JSONValue {
        .object([
            "began": .string("\(began)"), "seconds": .seconds(took), "interrupted": .boolean(wasInterrupted),
            "clean": .boolean(isClean), "plugins": .array(plugins.map(\.json)),
            "load": .object([
                "pods": .integer(options.pods), "nodes": .integer(options.nodes), "rate": .decimal(options.rate),
                "length": .string("\(options.length)"), "followed": .integer(options.followed),
                "image": .string(options.target.image), "shell": .array(options.target.shell.map { .string($0) }),
            ]),
        ])
    }
}

extension LoadReport.Plugin {
    fileprivate var json: JSONValue {
        .object([
            "endpoint": .string("\(endpoint)"), "created": .integer(created), "ended": .integer(ended),
            "judged": .integer(judged), "calls": .array(calls.map(\.json)),
            "untruths": .array(
                untruths.map { untruth in
                    .object([
                        "kind": .string(untruth.kind.rawValue), "count": .integer(untruth.count),
                        "meaning": .string(untruth.kind.meaning),
                        "examples": .array(untruth.examples.map { .string($0) }),
                    ])
                }),
            "staleness": .array(
                staleness.map { delay in
                    .object([
                        "kind": .string(delay.kind.rawValue), "count": .integer(delay.count),
                        "times": delay.times.json, "wholeSeconds": .boolean(delay.isCoarse),
                    ])
                }),
            "process": process?.json ?? .null, "leftBehind": .array(leftBehind.map { .string($0) }),
        ])
    }
}

extension LoadReport.Call {
    fileprivate var json: JSONValue {
        .object([
            "call": .string(call.rawValue), "answered": .integer(answered), "failures": .integer(failures),
            "times": times?.json ?? .null,
            "errors": .array(
                errors.map { error in
                    .object([
                        "kind": .string(error.kind), "count": .integer(error.count), "example": .string(error.example),
                    ])
                }),
            "course": .array(
                course.map { point in
                    .object([
                        "at": .seconds(point.at), "rate": .decimal(point.rate), "errors": .integer(point.errors),
                        "p50": point.p50.map { .seconds($0) } ?? .null,
                        "p99": point.p99.map { .seconds($0) } ?? .null,
                    ])
                }),
        ])
    }
}

extension LoadReport.Times {
    fileprivate var json: JSONValue {
        .object([
            "p50": .seconds(p50), "p90": .seconds(p90), "p99": .seconds(p99), "max": .seconds(maximum),
            "mean": .seconds(mean),
        ])
    }
}

extension LoadReport.Process {
    fileprivate var json: JSONValue {
        .object([
            "id": .integer(Int(id)), "memoryAtStart": .integer(memoryAtStart), "memoryAtEnd": .integer(memoryAtEnd),
            "memoryAtMost": .integer(memoryAtMost), "processorSeconds": .seconds(processorTime),
            "ended": .boolean(hasEnded),
            "course": .array(
                course.map { point in
                    .object([
                        "at": .seconds(point.at), "memory": .integer(point.memory),
                        "processors": .decimal(point.processors),
                    ])
                }),
        ])
    }
}

extension JSONValue {
    fileprivate static func integer(_ value: Int) -> JSONValue { .number("\(value)") }

    /// JSON has no text for what is no number.
    fileprivate static func decimal(_ value: Double) -> JSONValue { value.isFinite ? .number("\(value)") : .null }

    /// Seconds, to the microsecond.
    fileprivate static func seconds(_ duration: Duration) -> JSONValue {
        .decimal((duration.inSeconds * 1_000_000).rounded() / 1_000_000)
    }
}
