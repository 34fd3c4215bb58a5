import InterLinkBatch
import InterLinkPluginKit
import LosslessJSON

extension LocalJob {
    /// As it is written: one object of JSON, all values texts.
    var bytes: [UInt8] {
        var values: [String: String] = [
            "id": "\(id)", "mark": mark.description, "workspace": workspace, "script": script,
            "cpus": "\(room.cpus)", "memory": "\(room.memory)", "gpus": "\(room.gpus)",
            "submitted": "\(submitted.nanoseconds)", "killAfter": "\(killAfter.components.seconds)",
            "boot": boot, "gpuNumbers": gpus.map { "\($0)" }.joined(separator: " "),
        ]
        values["timeLimit"] = timeLimit.map { "\($0.components.seconds)" }
        values["started"] = started.map { "\($0.nanoseconds)" }
        if let stopping {
            values["stopCause"] = stopping.cause.rawValue
            values["stopMessage"] = stopping.message
            values["killAt"] = "\(stopping.killAt.nanoseconds)"
        }
        switch phase {
        case .queued: values["phase"] = "queued"
        case .starting: values["phase"] = "starting"
        case .running(let process):
            values["phase"] = "running"
            values["pid"] = "\(process.pid)"
            values["pidStarted"] = "\(process.started)"
        case .ended(let end):
            values["phase"] = "ended"
            values["cause"] = end.cause.rawValue
            values["exitCode"] = end.exitCode.map { "\($0)" }
            values["signal"] = end.signal.map { "\($0)" }
            values["message"] = end.message
            values["ended"] = end.at.map { "\($0.nanoseconds)" }
        }
        return JSON.encode(JSONValue.object(values.mapValues { .string($0) })) + [UInt8(ascii: "\n")]
    }

    /// Nil for what was not written by this.
    init?(_ bytes: [UInt8]) {
        guard let object = (try? JSON.decode(JSONValue.self, from: bytes))?.object else { return nil }
        let values = object.compactMapValues(\.string)
        func number(_ key: String) -> Int64? { values[key].flatMap { Int64($0) } }
        func moment(_ key: String) -> Moment? { number(key).map { Moment(nanoseconds: $0) } }
        guard let id = number("id"), let mark = values["mark"].flatMap({ JobMark($0) }),
            let workspace = values["workspace"], let script = values["script"], let cpus = number("cpus"),
            let memory = number("memory"), let gpus = number("gpus"), let submitted = moment("submitted"),
            let killAfter = number("killAfter")
        else { return nil }
        self.init(
            id: Int(id), mark: mark, workspace: workspace, script: script,
            room: Room(jobs: 1, cpus: Int(cpus), memory: memory, gpus: Int(gpus)), submitted: submitted,
            timeLimit: number("timeLimit").map { .seconds($0) }, killAfter: .seconds(killAfter))
        boot = values["boot"] ?? ""
        started = moment("started")
        self.gpus = (values["gpuNumbers"] ?? "").split(separator: " ").compactMap { Int($0) }
        if let cause = values["stopCause"].flatMap(BatchJobEnd.Cause.init), let killAt = moment("killAt") {
            stopping = Stopping(cause: cause, message: values["stopMessage"] ?? "", killAt: killAt)
        }
        switch values["phase"] {
        case "queued": phase = .queued
        case "starting": phase = .starting
        case "running":
            guard let pid = number("pid"), let pidStarted = values["pidStarted"].flatMap({ UInt64($0) }) else {
                return nil
            }
            phase = .running(JobProcess(pid: Int32(clamping: pid), started: pidStarted, boot: boot))
        case "ended":
            guard let cause = values["cause"].flatMap(BatchJobEnd.Cause.init) else { return nil }
            phase = .ended(
                BatchJobEnd(
                    cause, exitCode: number("exitCode").map(Int.init), signal: number("signal").map(Int.init),
                    message: values["message"] ?? "", at: moment("ended")))
        default: return nil
        }
    }
}
