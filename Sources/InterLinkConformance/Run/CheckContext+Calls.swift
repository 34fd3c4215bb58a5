import InterLinkAPI
import InterLinkHTTPClient
import KubernetesModel
import LosslessJSON

/// What came back from a call: an answer of whatever code, or none.
struct CallOutcome: Sendable {
    let call: InterLinkCall
    let status: Int?
    let body: [UInt8]
    /// Why there was no answer.
    let silence: String?

    var isOK: Bool { status == 200 }
    var isSuccess: Bool { status.map { (200..<300).contains($0) } ?? false }
    var bodyText: String { String(decoding: body, as: UTF8.self) }

    /// `200 {"PodUID": …}`, or why there was no answer.
    var text: String {
        guard let status else { return "no answer: \(silence ?? "")" }
        return body.isEmpty ? "\(status) and an empty body" : "\(status) \(bodyText.shortened())"
    }
}

extension CheckContext {
    /// Makes a call with any body.
    func call(_ call: InterLinkCall, _ body: [UInt8], about pod: LivePod? = nil) async throws -> CallOutcome {
        let start = ContinuousClock.now
        let outcome: CallOutcome
        do throws(HTTPClientError) {
            let response = try await client.send(call, body: body)
            outcome = CallOutcome(call: call, status: response.status, body: response.body, silence: nil)
        } catch {
            try Task.checkCancellation()
            outcome = CallOutcome(call: call, status: nil, body: [], silence: error.detail)
        }
        keep(call, body, outcome.status, outcome.silence ?? outcome.bodyText, pod, start)
        return outcome
    }

    func keep(
        _ call: InterLinkCall, _ sent: [UInt8], _ status: Int?, _ received: String, _ pod: LivePod?,
        _ start: ContinuousClock.Instant
    ) {
        record.add(
            RecordedExchange(
                call: "\(call.method) \(call.path)", pod: pod?.name, at: (start - record.began).inSeconds,
                seconds: (ContinuousClock.now - start).inSeconds,
                sent: String(decoding: sent, as: UTF8.self).shortened(to: 4000), status: status,
                received: received.shortened(to: 4000)))
    }

    func ping() async throws -> CallOutcome { try await call(.ping, Array("[]".utf8)) }

    /// Sends a create, and takes note of the job's id, whatever else is wrong with the answer.
    @discardableResult
    func create(_ pod: LivePod) async throws -> CallOutcome {
        pod.sent()
        let outcome = try await call(.create, pod.body.bytes, about: pod)
        if outcome.isSuccess, let answer = try? GoReading.created(outcome.body), answer.podUID == pod.uid {
            pod.accepted(jobID: answer.podJID)
        }
        return outcome
    }

    /// Creates a pod on the way to something else.
    func start(_ plan: PodPlan) async throws -> LivePod {
        let pod = pod(plan)
        try await start(pod)
        return pod
    }

    func start(_ pod: LivePod) async throws {
        let outcome = try await create(pod)
        guard outcome.isSuccess else { throw block("the create of \(pod.name) was answered \(outcome.text)") }
    }

    @discardableResult
    func delete(_ pod: LivePod) async throws -> CallOutcome {
        let body = JSON.encode(pod.deleted(at: .now))
        pod.wasDeleted()
        return try await call(.delete, body, about: pod)
    }

    /// Asks how a pod is, as a Virtual Kubelet does, and lets it judge the answer.
    @discardableResult
    func look(at pod: LivePod) async throws -> PodSight {
        let outcome = try await call(.status, JSON.encode([pod.held]), about: pod)
        var answers: [PodStatusAnswer]?
        var text = outcome.text
        if outcome.isOK {
            do throws(JSONError) {
                let read = try GoReading.statuses(outcome.body)
                answers = read
                text = read.first.map(\.summary) ?? "an answer that leaves the pod out"
            } catch {
                text = "\(outcome.text), which cannot be read: \(error)"
            }
        }
        if answers == nil, pod.deletions == 0 {
            note(
                PodStory.Offence(
                    rule: .readable, got: text, expected: "200 and a list of statuses",
                    consequence: "a Virtual Kubelet keeps what it knew, and asks again, for ever"), pod)
        }
        let (sight, offences) = pod.take(answers, text: text)
        for offence in offences { note(offence, pod) }
        return sight
    }

    private func note(_ offence: PodStory.Offence, _ pod: LivePod) {
        rules.note(
            offence.rule, check: check, pod: pod.name,
            Finding(
                sent: "GET /status", got: offence.got, expected: offence.expected, consequence: offence.consequence))
    }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
