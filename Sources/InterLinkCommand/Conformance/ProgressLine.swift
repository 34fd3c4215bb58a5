import Foundation
import InterLinkConformance

/// One line on a terminal that tells how far a run is. Nothing where nobody looks.
final class ProgressLine: @unchecked Sendable {
    // Sendable holds because a run tells its progress one call at a time, and its end comes after that.
    private let isShown: Bool
    private var planned = 0
    private var ended = 0
    private var failed = 0
    private var running: [String] = []

    init(isShown: Bool) { self.isShown = isShown }

    func tell(_ progress: ConformanceProgress) {
        switch progress {
        case .planned(let checks): planned = checks
        case .began(let check): running.append(check.id)
        case .ended(let result):
            running.removeAll { $0 == result.id }
            ended += 1
            if result.verdict == .failed || result.verdict == .blocked { failed += 1 }
        case .cleaning(let pods): running = ["waiting until \(pods) pods are gone"]
        }
        let trouble = failed > 0 ? ", \(failed) not right" : ""
        show("\(ended) of \(planned)\(trouble): \(running.last ?? "")")
    }

    func end() { show("") }

    private func show(_ text: String) {
        guard isShown else { return }
        FileHandle.standardError.write(Data("\r\u{1b}[K\(text.prefix(110))".utf8))
    }
}
