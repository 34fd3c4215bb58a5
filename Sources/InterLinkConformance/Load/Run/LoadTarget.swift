import InterLinkAPI
import InterLinkHTTPClient
import InterLinkSystem
import KubernetesModel

/// A plugin under load: the calls on it, and everything that is noted of them.
final class LoadTarget: Sendable {
    /// What is noted.
    struct Notes: Sendable {
        var calls: [LoadCall: CallTally] = [:]
        var truth = TruthTally()
        var staleness = StalenessTally()
        var leftBehind: [String] = []
    }

    let endpoint: InterLinkEndpoint
    let fleet: [FleetPod]
    let notes = Lock(Notes())
    /// Creates and deletes that may be under way at once. One that waits counts as waiting for the plugin.
    let gate = Gate(512)
    private let client: InterLinkClient
    private let http: HTTPClient
    private let requests: PodRequests
    private let clock: LoadClock

    init(
        _ endpoint: InterLinkEndpoint, _ pods: [LoadPod], requests: PodRequests, clock: LoadClock
    ) throws(HTTPClientError) {
        self.endpoint = endpoint
        self.requests = requests
        self.clock = clock
        fleet = pods.map { FleetPod($0, image: requests.options.target.image) }
        var configuration = requests.options.client
        configuration.idleConnections = 1024
        configuration.userAgent = "Go-http-client/1.1"
        http = try HTTPClient(configuration: configuration)
        var client = InterLinkClient(endpoint, client: http)
        client.deadlines.headers = requests.options.patience
        self.client = client
    }

    func close() { http.close() }

    /// Asks whether anybody is there at all, whatever is answered.
    func reach() async throws(LoadError) {
        do {
            _ = try await client.ping()
        } catch {
            throw .unreachable(endpoint, error.detail)
        }
    }

    // MARK: Calls

    /// Creates a pod that was due at that moment.
    func create(_ pod: FleetPod, due: Duration) async {
        let began = WallTime.now
        pod.begin(at: began)
        let request = requests.create(pod.pod, at: began)
        await measure(.create, since: due) { () async throws(HTTPClientError) in
            let reply = try await self.client.create(request)
            let heard = self.clock.now
            guard case .success(let answer) = reply.answer else { return reply.callResult(heard) }
            let isRight = answer.podUID == pod.pod.uid && !answer.podJID.isEmpty
            // As the Virtual Kubelet: an id under another UID is not kept.
            pod.answered(jobID: answer.podUID == pod.pod.uid ? answer.podJID : nil)
            if !isRight {
                self.note([
                    Untruth(
                        kind: .wrongCreateAnswer,
                        detail:
                            "\(pod.pod.name) (\(pod.pod.uid)): the answer names pod \(answer.podUID.debugDescription) "
                            + "and job \(answer.podJID.debugDescription)")
                ])
            }
            return .success(heard)
        }
    }

    func status(_ pod: FleetPod) async {
        guard let view = pod.view else { return }
        let body = requests.pod(pod.pod, created: view.created, jobID: view.jobID, held: view.held)
        let asked = WallTime.now
        await measure(.status, since: clock.now) { () async throws(HTTPClientError) in
            let reply = try await self.client.status(of: [body])
            let heard = self.clock.now
            guard case .success(let answers) = reply.answer else { return reply.callResult(heard) }
            let untruths = pod.hear(answers, asked: view, at: asked, heard: .now)
            self.notes.withLock { notes in
                notes.truth.judged += 1
                notes.truth.note(untruths)
            }
            return .success(heard)
        }
    }

    func ping() async {
        await measure(.ping, since: clock.now) { () async throws(HTTPClientError) in
            let reply = try await self.client.ping()
            return reply.callResult(self.clock.now)
        }
    }

    /// Reads the log of the main container: all of it when the container has ended, else its last lines.
    func readLog(_ pod: FleetPod) async {
        let hasEnded = pod.hasEnded
        var options = LogOptions()
        if !hasEnded { options.tail = 10 }
        let request = requests.logs(pod.pod, container: pod.pod.main, options: options)
        await measure(.logs, since: clock.now) { () async throws(HTTPClientError) in
            let answer = try await self.client.logs(request)
            guard answer.status == 200 else { return try await Self.refused(.logs, answer) }
            let bytes = try await answer.body.collect(upTo: Self.longestLog)
            let heard = self.clock.now
            let log = LogWitness(String(decoding: bytes, as: UTF8.self), of: pod.pod, container: pod.pod.main)
            self.notes.withLock { notes in
                notes.truth.note(log.untruths(hasEnded: hasEnded))
                if hasEnded { notes.truth.note(pod.compare(log, with: &notes.staleness)) }
            }
            return .success(heard)
        }
    }

    /// Follows the log of a container to its end.
    func follow(_ pod: FleetPod) async {
        var options = LogOptions()
        options.follow = true
        let request = requests.logs(pod.pod, container: pod.pod.main, options: options)
        var client = client
        client.deadlines.stall = Self.longestSilence
        let answer = Lock<HTTPClient.StreamedResponse?>(nil)
        await measure(.follow, since: clock.now) { [client] () async throws(HTTPClientError) in
            let begun = try await client.logs(request)
            let heard = self.clock.now
            guard begun.status == 200 else { return try await Self.refused(.logs, begun) }
            answer.withLock { $0 = begun }
            return .success(heard)
        }
        guard let begun = answer.withLock({ $0 }) else { return }
        var reader = FollowReader(pod)
        // What was printed before anybody followed is not late.
        let since = WallTime.now
        do throws(HTTPClientError) {
            for try await piece in begun.body {
                let lines = reader.read(piece)
                let heard = WallTime.now
                notes.withLock { notes in
                    for line in lines {
                        guard let time = line.time, time.seconds >= since.seconds else { continue }
                        notes.staleness.noteLine(time, seen: heard)
                    }
                }
            }
            if !Task.isCancelled { note(reader.end(error: nil)) }
        } catch {
            if error.cause != .cancelled { note(reader.end(error: error)) }
        }
    }

    /// Deletes a pod that was due at that moment.
    func delete(_ pod: FleetPod, due: Duration) async {
        guard let view = pod.view else { return }
        let body = requests.delete(pod.pod, created: view.created, jobID: view.jobID, held: view.held)
        await measure(.delete, since: due) { () async throws(HTTPClientError) in
            let reply = try await self.client.delete(body)
            if case .success = reply.answer { pod.noteDeleted() }
            return reply.callResult(self.clock.now)
        }
    }

    private static let longestLog = 4 << 20
    private static let longestSilence = Duration.seconds(60)

    // MARK: Notes

    func note(_ untruths: [Untruth]) { notes.withLock { $0.truth.note(untruths) } }

    /// Makes a call, and notes how long it took or why it failed. What was cancelled is not noted: the load was ended.
    private func measure(
        _ call: LoadCall, since start: Duration,
        _ body: () async throws(HTTPClientError) -> Result<Duration, CallError>
    ) async {
        let result: Result<Duration, CallError>
        do throws(HTTPClientError) {
            result = try await body()
        } catch {
            guard error.cause != .cancelled else { return }
            result = .failure(CallError(error))
        }
        let now = clock.now
        notes.withLock { notes in
            switch result {
            case .success(let heard): notes.calls[call, default: CallTally()].note(heard - start, at: heard)
            case .failure(let error): notes.calls[call, default: CallTally()].note(error, at: now)
            }
        }
    }

    private static func refused(
        _ call: InterLinkCall, _ answer: HTTPClient.StreamedResponse
    ) async throws(HTTPClientError) -> Result<Duration, CallError> {
        let text = String(decoding: try await answer.body.collect(upTo: 1 << 20).prefix(1000), as: UTF8.self)
        return .failure(CallError(.refused(call, status: answer.status, text: text)))
    }
}

extension InterLinkReply {
    /// The moment, or why interLink makes nothing of the answer.
    fileprivate func callResult(_ heard: Duration) -> Result<Duration, CallError> {
        switch answer {
        case .success: .success(heard)
        case .failure(let error): .failure(CallError(error))
        }
    }
}
