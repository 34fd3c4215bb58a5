import InterLinkHTTPClient

/// Reads a followed log piece by piece, and judges how it ended.
struct FollowReader {
    private let pod: FleetPod
    private var rest: [UInt8] = []
    private var starts = 0
    private var hasEnd = false
    private var other: String?

    init(_ pod: FleetPod) { self.pod = pod }

    /// The lines that are complete now.
    mutating func read(_ piece: [UInt8]) -> [PrintedLine] {
        rest += piece
        guard let last = rest.lastIndex(of: 0x0A) else { return [] }
        let lines = PrintedLine.all(in: String(decoding: rest[...last], as: UTF8.self))
        rest.removeSubrange(...last)
        for line in lines {
            if line.uid != pod.pod.uid { other = line.uid }
            if line.event == .start { starts += 1 }
            if line.event == .end { hasEnd = true }
        }
        return lines
    }

    /// What is wrong with the whole, now that the answer has ended or nothing came for long.
    func end(error: HTTPClientError?) -> [Untruth] {
        let name = "\(pod.pod.name)/\(pod.pod.main)"
        if let other { return [Untruth(kind: .otherLog, detail: "\(name): the followed log has a line of \(other)")] }
        if starts > 1 { return [Untruth(kind: .ranTwice, detail: "\(name): \(starts) starts in the followed log")] }
        switch error?.cause {
        case nil:
            guard !hasEnd else { return [] }
            return [Untruth(kind: .followEndedEarly, detail: "\(name): the answer ended before the container did")]
        case .timedOut where hasEnd:
            return [
                Untruth(
                    kind: .followDidNotEnd,
                    detail: "\(name): nothing came after the container's last line, no end either")
            ]
        case .some:
            let why = error.map { "\($0)" } ?? ""
            return [Untruth(kind: .followEndedEarly, detail: "\(name): the answer broke off: \(why)")]
        }
    }
}
