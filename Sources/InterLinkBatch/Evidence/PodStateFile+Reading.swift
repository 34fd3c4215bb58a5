package import InterLinkPluginKit

/// Why a state file tells nothing. Whoever runs in a job may have written it, so this is never a reason to fail a pod.
package enum StateFileFault: Error, Hashable, CustomStringConvertible {
    case tooLarge
    case unknownFormat(String)
    /// It is another job's.
    case foreign(mark: String)
    case malformed(key: String)

    package var description: String {
        switch self {
        case .tooLarge: "the state file is larger than \(PodStateFile.limit) bytes"
        case .unknownFormat(let format): "the state file has format \(format.debugDescription), and 1 is known"
        case .foreign(let mark): "the state file is that of \(mark.debugDescription)"
        case .malformed(let key): "the state file has no usable \(key)"
        }
    }
}

extension PodStateFile {
    /// The most bytes that are read: a thousand containers with the longest messages are fewer.
    package static let limit = 4 << 20
    private static let mostContainers = 1000

    /// Reads a state file or closing record of the job with this mark.
    package init(_ bytes: [UInt8], of mark: JobMark) throws(StateFileFault) {
        guard bytes.count <= Self.limit else { throw .tooLarge }
        let values = StateValues(bytes)
        let format = values.text("format") ?? ""
        guard format == "1" else { throw .unknownFormat(format) }
        guard let found = values.text("mark") else { throw .malformed(key: "mark") }
        guard found == mark.description else { throw .foreign(mark: found) }
        guard let phase = Phase(rawValue: values.text("phase") ?? "") else { throw .malformed(key: "phase") }
        guard let attempt = values.integer("attempt", in: 1...1_000_000) else { throw .malformed(key: "attempt") }
        self.init(
            mark: found, attempt: attempt, sequence: values.integer("sequence", in: 0...Int(Int32.max)) ?? 0,
            node: values.text("node") ?? "", job: values.text("job"), phase: phase, started: values.second("started"),
            reason: values.text("reason"), message: values.text("message"), isClosed: values.flag("closed"),
            containers: [])
        for index in 0..<Self.mostContainers {
            guard let container = try ContainerState(values, "c\(index).") else { return }
            containers.append(container)
        }
    }
}

extension PodStateFile.ContainerState {
    /// Nil where there is no container of that number.
    fileprivate init?(_ values: StateValues, _ prefix: String) throws(StateFileFault) {
        guard let name = values.text(prefix + "name") else { return nil }
        guard let state = State(rawValue: values.text(prefix + "state") ?? "") else {
            throw .malformed(key: prefix + "state")
        }
        let exitCode = values.integer(prefix + "exit", in: 0...255)
        guard exitCode != nil || state != .terminated else { throw .malformed(key: prefix + "exit") }
        var last: PodStateFile.LastRun?
        if let code = values.integer(prefix + "last.exit", in: 0...255) {
            last = PodStateFile.LastRun(
                reason: values.text(prefix + "last.reason"), message: values.text(prefix + "last.message"),
                started: values.second(prefix + "last.started"), finished: values.second(prefix + "last.finished"),
                exitCode: code, signal: values.integer(prefix + "last.signal", in: 1...64))
        }
        self.init(
            name: name, state: state, reason: values.text(prefix + "reason"), message: values.text(prefix + "message"),
            started: values.second(prefix + "started"), finished: values.second(prefix + "finished"),
            exitCode: exitCode, signal: values.integer(prefix + "signal", in: 1...64),
            restarts: values.integer(prefix + "restarts", in: 0...Int(Int32.max)) ?? 0,
            isUp: values.flag(prefix + "up"), isReady: values.flag(prefix + "ready"),
            image: values.text(prefix + "image"), last: last)
    }
}

/// The lines of a state file. What is not understood is as if it were not there.
private struct StateValues {
    /// A text that is longer was not written by a supervisor.
    private static let longestValue = 64 << 10
    private var values: [String: String] = [:]

    init(_ bytes: [UInt8]) {
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard let equals = line.firstIndex(of: UInt8(ascii: "=")), equals - line.startIndex <= 64,
                line.endIndex - equals <= Self.longestValue, let value = PercentText.decode(line[(equals + 1)...])
            else { continue }
            values[String(decoding: line[..<equals], as: UTF8.self)] = value
        }
    }

    func text(_ key: String) -> String? {
        guard let value = values[key], !value.isEmpty else { return nil }
        return value
    }

    func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        values[key].flatMap { Int($0) }.flatMap { range.contains($0) ? $0 : nil }
    }

    /// A second that RFC 3339 can tell.
    func second(_ key: String) -> Int64? { integer(key, in: 1...253_402_300_799).map(Int64.init) }

    func flag(_ key: String) -> Bool { values[key] == "1" }
}
