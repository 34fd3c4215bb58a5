import KubernetesModel
import LosslessJSON

/// What must come of a pod.
struct PodExpectation: Sendable {
    /// A text of the refusal, when the create must be refused.
    var refusal: String?
    /// The phase that a Virtual Kubelet makes of the answers.
    var phase: PodPhase?
    var containers: [String: ContainerExpectation] = [:]
    /// Files of the host folder; nil: must not be there.
    var files: [String: TextExpectation?] = [:]
    /// Logs with options.
    var logs: [LogExpectation] = []

    init(_ value: JSONValue, _ place: String) throws(CaseError) {
        var fields = try Fields(value, place)
        refusal = try fields.string("refused")
        phase = try fields.string("phase").map { word throws(CaseError) in try PodPhase(named: word, place) }
        if let containers = fields.take("containers") {
            let place = "\(place).containers"
            for name in (containers.object ?? [:]).keys.sorted() {
                self.containers[name] = try ContainerExpectation(containers[name] ?? .null, "\(place).\(name)")
            }
        }
        if let files = fields.take("files") {
            for (name, value) in files.object ?? [:] {
                self.files[name] = .some(value == .null ? nil : try TextExpectation(value, "\(place).files.\(name)"))
            }
        }
        for value in try fields.list("logs") { logs.append(try LogExpectation(value, "\(place).logs")) }
        try fields.end()
        guard refusal != nil || phase != nil || !files.isEmpty else { throw CaseError("\(place) expects nothing") }
    }
}

/// What must be told of a container.
struct ContainerExpectation: Sendable {
    var exit: Int64?
    var signal: Int64?
    var reason: String?
    /// The reason of its waiting.
    var waiting: String?
    var message: TextExpectation?
    var log: TextExpectation?
    var previousLog: TextExpectation?
    var restarts: ClosedRange<Int64>?
    /// The exit code of the run before.
    var lastExit: Int64?
    /// Containers that have ended before this one starts.
    var after: [String] = []
    /// Whole seconds between start and end.
    var seconds: ClosedRange<Int64>?

    init(_ value: JSONValue, _ place: String) throws(CaseError) {
        var fields = try Fields(value, place)
        exit = try fields.number("exit")
        signal = try fields.number("signal")
        reason = try fields.string("reason")
        waiting = try fields.string("waiting")
        message = try fields.take("message").map { value throws(CaseError) in
            try TextExpectation(value, "\(place).message")
        }
        log = try fields.take("log").map { value throws(CaseError) in try TextExpectation(value, "\(place).log") }
        previousLog = try fields.take("previousLog").map { value throws(CaseError) in
            try TextExpectation(value, "\(place).previousLog")
        }
        restarts = try fields.range("restarts")
        lastExit = try fields.number("lastExit")
        after = try fields.strings("after")
        seconds = try fields.range("seconds")
        try fields.end()
    }
}

/// A text to the byte, or what it has and lacks.
struct TextExpectation: Sendable {
    var exact: [UInt8]?
    var has: [String] = []
    var lacks: [String] = []

    init(_ value: JSONValue, _ place: String) throws(CaseError) {
        if let text = value.string {
            exact = Array(text.utf8)
            return
        }
        var fields = try Fields(value, place)
        has = try fields.strings("has")
        lacks = try fields.strings("lacks")
        if let text = try fields.string("base64") {
            guard let data = Base64Data(text: text) else { throw CaseError("\(place).base64 is not base64") }
            exact = data.bytes
        }
        try fields.end()
        guard exact != nil || !has.isEmpty || !lacks.isEmpty else { throw CaseError("\(place) expects nothing") }
    }

    /// What is wrong with a text; nil when nothing is.
    func problem(_ bytes: [UInt8]) -> String? {
        if let exact, exact != bytes {
            return "expected \(Self.shown(exact)), got \(Self.shown(bytes))\(Self.firstDifference(exact, bytes))"
        }
        let text = String(decoding: bytes, as: UTF8.self)
        if let missing = has.first(where: { !text.contains($0) }) {
            return "expected \(Self.shown(Array(missing.utf8))) in it, got \(Self.shown(bytes))"
        }
        if let present = lacks.first(where: { text.contains($0) }) {
            return "expected no \(Self.shown(Array(present.utf8))) in it, got \(Self.shown(bytes))"
        }
        return nil
    }

    private static func firstDifference(_ left: [UInt8], _ right: [UInt8]) -> String {
        let place = zip(left, right).prefix { $0 == $1 }.count
        return place > 60 ? " (\(left.count) and \(right.count) bytes; they differ at \(place))" : ""
    }

    private static func shown(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes.prefix(600), as: UTF8.self).debugDescription
        return bytes.count > 600 ? "\(text)… (\(bytes.count) bytes)" : text
    }
}

/// A log that is asked for with options, at the end.
struct LogExpectation: Sendable {
    var container: String
    var tail: Int64?
    var bytes: Int64?
    var sinceSeconds: Int64?
    var timestamps: Bool
    var text: TextExpectation

    init(_ value: JSONValue, _ place: String) throws(CaseError) {
        var fields = try Fields(value, place)
        container = try fields.string("container") ?? ""
        tail = try fields.number("tail")
        bytes = try fields.number("bytes")
        sinceSeconds = try fields.number("sinceSeconds")
        timestamps = fields.take("timestamps") == .boolean(true)
        text = try TextExpectation(fields.take("text") ?? .null, "\(place).text")
        try fields.end()
    }
}
