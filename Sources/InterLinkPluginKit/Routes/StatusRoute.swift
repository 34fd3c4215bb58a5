import InterLinkAPI
import KubernetesModel
import LosslessJSON

/// `GET /status`: from memory, however slow the backend is. An empty list is a ping.
extension PluginHost {
    /// The answer when every pod of the request is tracked; nil when more has to be looked at.
    func statusFromMemory(_ request: HTTPRequest) -> HTTPResponse? {
        let pods: [PodReference]
        do throws(RouteFailure) {
            pods = try statusRequest(request)
        } catch {
            return error.response
        }
        if pods.isEmpty { return ping() }
        var known: [(asked: PodReference, known: KnownPod)] = []
        known.reserveCapacity(pods.count)
        let now = clock.now
        for pod in pods {
            guard let uid = PodUID(pod.uid), let view = lifecycle.view(of: uid, jobID: pod.jobID) else { return nil }
            if let evidence = view.evidence { telemetry.metrics.statusAges.observe(now - evidence) }
            known.append((pod, .tracked(view)))
        }
        return .json(
            StatusAnswer.body(for: known, settings: answers) { uid, marks in
                lifecycle.table.update(uid) { $0.marks = marks }
            })
    }

    /// The answer for any pods, tracked or not.
    func status(_ request: HTTPRequest) async throws(RouteFailure) -> HTTPResponse {
        let pods = try statusRequest(request)
        if pods.isEmpty { return ping() }
        if pods.contains(where: isStray) { await takeOver(in: request.body) }
        return .json(responder.body(for: pods))
    }

    private func isStray(_ pod: PodReference) -> Bool {
        guard let uid = PodUID(pod.uid), let jobID = pod.jobID else { return false }
        return lifecycle.standing(of: uid, jobID: jobID) == .stray
    }

    /// Only here is the whole pod needed, which tells of its containers what the host would have kept of the create.
    private func takeOver(in body: [UInt8]) async {
        guard let pods = try? JSON.decode([Pod].self, from: body) else { return }
        for pod in pods { await lifecycle.takeOver(pod) }
    }

    private func statusRequest(_ request: HTTPRequest) throws(RouteFailure) -> [PodReference] {
        let pods: [PodReference]
        do {
            pods = try WireBody.status(request.body)
        } catch {
            throw RouteFailure(.badRequest, error.description)
        }
        for (index, pod) in pods.enumerated() {
            if let problem = RequestNames.told("[\(index)].metadata.uid", pod.uid, NameSyntax.problem(withUID:)) {
                throw RouteFailure(.badRequest, "status: \(problem)")
            }
        }
        return pods
    }

    private func ping() -> HTTPResponse {
        let report = PingReport(
            capacity.reading, troubles: observer.troubles, now: clock.now, failAfter: configuration.ping.failAfter)
        switch report {
        case .well(let answer): return .json(JSON.encode(answer))
        case .lost(let why): return RouteFailure(.serviceUnavailable, why).response
        }
    }
}
