import Glibc
import InterLinkPluginKit

/// The memory of a backend that outlives the process: one line an event, in a file that is only added to.
struct ScriptedJournal: Sendable {
    let path: String

    enum Line: Equatable {
        case submit(ScriptedJob)
        case stop(id: String, at: Moment)
        case remove(id: String)
        case forget(id: String)

        var text: String {
            switch self {
            case .submit(let job):
                [
                    "submit", job.id, job.mark, job.containers.joined(separator: ","),
                    "\(job.visibleFrom.nanoseconds)", "\(job.runsFrom.nanoseconds)", "\(job.endsAt.nanoseconds)",
                    "\(job.exitCode)",
                ].joined(separator: " ")
            case .stop(let id, let at): "stop \(id) \(at.nanoseconds)"
            case .remove(let id): "remove \(id)"
            case .forget(let id): "forget \(id)"
            }
        }

        init?(_ text: Substring) {
            let words = text.split(separator: " ").map(String.init)
            func moment(_ index: Int) -> Moment? {
                words.indices.contains(index) ? Int64(words[index]).map(Moment.init(nanoseconds:)) : nil
            }
            switch words.first {
            case "submit":
                guard words.count == 8, let visible = moment(4), let runs = moment(5), let ends = moment(6),
                    let code = Int32(words[7])
                else { return nil }
                self = .submit(
                    ScriptedJob(
                        id: words[1], mark: words[2], containers: words[3].split(separator: ",").map(String.init),
                        visibleFrom: visible, runsFrom: runs, endsAt: ends, exitCode: code))
            case "stop":
                guard words.count == 3, let at = moment(2) else { return nil }
                self = .stop(id: words[1], at: at)
            case "remove" where words.count == 2: self = .remove(id: words[1])
            case "forget" where words.count == 2: self = .forget(id: words[1])
            default: return nil
            }
        }
    }

    /// One write of a whole line: a killed process leaves it whole or not at all.
    func append(_ line: Line) {
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        defer { close(file) }
        let bytes = Array((line.text + "\n").utf8)
        _ = write(file, bytes, bytes.count)
    }

    func lines() -> [Line] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return [] }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = read(file, &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap(Line.init)
    }
}
