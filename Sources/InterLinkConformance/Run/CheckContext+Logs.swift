import InterLinkAPI
import InterLinkHTTPClient
import InterLinkSystem
import KubernetesModel
import LosslessJSON

/// Which part of a log is wanted; zero and false mean what they mean to interLink: all.
struct LogWish: Sendable {
    var tail: Int64 = 0
    var bytes: Int64 = 0
    var timestamps = false
    var follow = false
    var previous = false
    var sinceSeconds: Int64 = 0
    var sinceTime = Timestamp.zero

    var options: LogOptions {
        LogOptions(
            bytes: bytes, follow: follow, previous: previous, sinceSeconds: sinceSeconds, sinceTime: sinceTime,
            tail: tail, timestamps: timestamps)
    }

    /// `GET /getLogs with Tail 3`
    var words: String {
        var parts: [String] = []
        if tail != 0 { parts.append("Tail \(tail)") }
        if bytes != 0 { parts.append("Bytes \(bytes)") }
        if timestamps { parts.append("Timestamps") }
        if follow { parts.append("Follow") }
        if previous { parts.append("Previous") }
        if sinceSeconds != 0 { parts.append("SinceSeconds \(sinceSeconds)") }
        if !sinceTime.isZero { parts.append("SinceTime \(sinceTime)") }
        return "GET /getLogs" + (parts.isEmpty ? "" : " with \(parts.joined(separator: ", "))")
    }
}

extension CheckContext {
    func log(of container: String, in pod: LivePod, _ wish: LogWish = LogWish()) async throws -> CallOutcome {
        try await call(.logs, JSON.encode(logRequest(container, pod, wish)), about: pod)
    }

    private func logRequest(_ container: String, _ pod: LivePod, _ wish: LogWish) -> LogRequest {
        LogRequest(
            podUID: pod.uid, containerName: container, namespace: pod.namespace, options: wish.options,
            podName: pod.name)
    }

    /// The log, once it holds a text; a plugin without it blocks the check.
    @discardableResult
    func reachLog(_ text: String, of container: String, in pod: LivePod) async throws -> String {
        let deadline = ContinuousClock.now + .seconds(allowances.start)
        while true {
            let outcome = try await log(of: container, in: pod)
            if outcome.isOK, outcome.bodyText.contains(text) { return outcome.bodyText }
            guard ContinuousClock.now < deadline else {
                throw block("the log of \(container) never held \(text.quoted): \(outcome.text)")
            }
            try await pause(max(allowances.poll, 0.5))
        }
    }

    /// The log becomes this text, in the time that a change may take.
    func expectLog(of container: String, in pod: LivePod, comesTo text: String, of sent: String) async throws {
        let deadline = ContinuousClock.now + .seconds(allowances.change)
        var outcome = try await log(of: container, in: pod)
        while !outcome.isOK || outcome.bodyText != text, ContinuousClock.now < deadline {
            try await pause(max(allowances.poll, 0.5))
            outcome = try await log(of: container, in: pod)
        }
        expect(
            outcome.isOK && outcome.bodyText == text, sent: sent,
            got: "\(outcome.text) (no other within \(allowances.change.formatted) s)", expected: "200 \(text.quoted)")
    }

    /// Follows a log until it is stopped.
    func follow(_ container: String, in pod: LivePod, _ wish: LogWish = LogWish(follow: true)) -> FollowedLog {
        let request = logRequest(container, pod, wish)
        var client = client
        client.deadlines.total = nil
        return FollowedLog(client: client, request: request) { [self] status, text, start in
            keep(.logs, JSON.encode(request), status, text, pod, start)
        }
    }
}

/// A log as it comes.
final class FollowedLog: Sendable {
    struct State: Sendable {
        var status: Int?
        var bytes: [UInt8] = []
        /// How it ended, if it has.
        var ending: String?

        var text: String { String(decoding: bytes, as: UTF8.self) }

        var words: String {
            let code = status.map { "\($0)" } ?? "no answer yet"
            return "\(code) \(text.shortened().quoted), \(ending ?? "and the answer goes on")"
        }
    }

    private let state = Lock(State())
    private let task: Lock<Task<Void, Never>?> = Lock(nil)

    init(
        client: InterLinkClient, request: LogRequest,
        keep: @escaping @Sendable (Int?, String, ContinuousClock.Instant) -> Void
    ) {
        let state = state
        let reading = Task {
            let start = ContinuousClock.now
            do throws(HTTPClientError) {
                let response = try await client.logs(request)
                state.withLock { $0.status = response.status }
                for try await piece in response.body { state.withLock { $0.bytes += piece } }
                state.withLock { $0.ending = "and the answer ended" }
            } catch {
                state.withLock { $0.ending = "and then: \(error.detail)" }
            }
            let last = state.withLock { $0 }
            keep(last.status, last.words, start)
        }
        task.withLock { $0 = reading }
    }

    var now: State { state.withLock { $0 } }

    func stop() { task.withLock { $0 }?.cancel() }

    /// Waits for something of it; false when it did not come in time.
    func wait(_ seconds: Double, until isReached: (State) -> Bool) async throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while !isReached(now) {
            if ContinuousClock.now >= deadline { return false }
            try await Task.sleep(for: .milliseconds(50))
        }
        return true
    }
}
