import InterLinkAPI
import KubernetesModel
import LosslessJSON

extension PluginHost {
    /// `GET /status`: from memory, however slow the backend is. An empty list is a ping.
    func status(_ request: HTTPRequest) -> HTTPResponse {
        let pods: [PodReference]
        do throws(WireError) {
            pods = try WireBody.status(request.body)
        } catch {
            return RouteFailure(.badRequest, error.description).response
        }
        if pods.isEmpty { return ping() }
        var answers: [PodStatusAnswer] = []
        answers.reserveCapacity(pods.count)
        for (index, pod) in pods.enumerated() {
            guard let uid = PodUID(pod.uid) else {
                let problem = RequestNames.told("[\(index)].metadata.uid", pod.uid, NameSyntax.problem(withUID:))
                return RouteFailure(.badRequest, "status: \(problem ?? "no UID")").response
            }
            if let answer = statusAnswer(of: uid, asked: pod) { answers.append(answer) }
        }
        return .json(JSON.encode(answers))
    }

    private func ping() -> HTTPResponse {
        let report = PingReport(
            capacity.reading, troubles: observer.troubles, now: clock.now, failAfter: configuration.ping.failAfter)
        switch report {
        case .well(let answer): return .json(JSON.encode(answer))
        case .lost(let why): return RouteFailure(.serviceUnavailable, why).response
        }
    }

    private func statusAnswer(of uid: PodUID, asked: PodReference) -> PodStatusAnswer? {
        guard let view = lifecycle.view(of: uid, jobID: asked.jobID) else { return nil }
        if let evidence = view.evidence { telemetry.metrics.statusAges.observe(clock.now - evidence) }
        func statuses(_ role: ContainerDigest.Role) -> [ContainerStatus] {
            view.pod.containers.filter { $0.role == role }.map { container in
                view.statuses.first { $0.name == container.name }
                    ?? ContainerStatus(
                        image: container.image, imageID: "", name: container.name, ready: false, restartCount: 0,
                        state: ContainerState(
                            waiting: ContainerStateWaiting(message: view.waitingMessage, reason: "Waiting")))
            }
        }
        let inits = statuses(.initial)
        return PodStatusAnswer(
            uid: uid.text, containers: statuses(.regular), name: view.pod.name, namespace: view.pod.namespace,
            jid: view.jobID, initContainers: inits.isEmpty ? nil : inits)
    }
}
