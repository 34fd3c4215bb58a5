import InterLinkAPI
import KubernetesModel
import LosslessJSON

extension PluginHost {
    /// `POST /create`. To interLink every code but 200 fails the pod for good, so what can be waited for is.
    func create(_ body: [UInt8], _ scope: RequestScope) async throws(RouteFailure) -> HTTPResponse {
        let request: CreateRequest
        do {
            request = try WireBody.create(body)
        } catch {
            throw RouteFailure(.badRequest, error.description)
        }
        if let problem = RequestNames.problem(with: request) { throw RouteFailure(.badRequest, "create: \(problem)") }
        guard let uid = request.pod.metadata.uid.flatMap(PodUID.init) else {
            throw RouteFailure(.badRequest, "create: pod.metadata.uid is missing")
        }
        scope.span.set("interlink.pod", uid.text)
        let isKnown = lifecycle.table.pod(uid) != nil
        if !isKnown && lifecycle.table.count >= configuration.limits.pods {
            throw RouteFailure(
                .serviceUnavailable, "the plugin has \(configuration.limits.pods) pods already", retryAfter: 30)
        }
        let admitted = try await admit(request, uid, isKnown: isKnown, scope)
        // Another create for the same pod may have come further, so the table tells, not this outcome.
        defer { if lifecycle.table.pod(uid)?.hasEnded ?? true { ledger.release(uid) } }
        let answer: CreateAnswer
        do throws(CreateError) {
            answer = try await lifecycle.create(admitted)
        } catch {
            throw RouteFailure(error)
        }
        scope.logger.info(
            "pod created",
            [
                "pod": uid.text, "namespace": request.pod.metadata.namespace, "name": request.pod.metadata.name,
                "job": lifecycle.table.pod(uid)?.phase.handle?.id,
            ])
        var response = HTTPResponse.json(JSON.encode(answer))
        response.sent = { [lifecycle] in await lifecycle.answered(uid, delivered: $0) }
        return response
    }

    /// The request as the policy lets it pass. A pod that is tracked already was admitted, whatever the policy is now.
    private func admit(
        _ request: CreateRequest, _ uid: PodUID, isKnown: Bool, _ scope: RequestScope
    ) async throws(RouteFailure) -> CreateRequest {
        do {
            let admitted = try await ledger.admit(request)
            if let warning = admitted.warning { scope.logger.warning("the policy was not asked", ["why": warning]) }
            return admitted.request.owned(by: admitted.identity)
        } catch  where isKnown {
            return request
        } catch let refusal as PolicyRefusals {
            throw RouteFailure(.unprocessableContent, refusal.description)
        } catch {
            throw RouteFailure(.serviceUnavailable, "the pod was not started: \(error)", retryAfter: 10)
        }
    }
}

extension RouteFailure {
    init(_ error: CreateError) {
        switch error {
        case .invalid: self.init(.badRequest, error.description)
        case .conflict, .deleted, .withdrawn: self.init(.conflict, error.description)
        case .rejected: self.init(.unprocessableContent, error.description)
        case .notRecorded: self.init(.serviceUnavailable, error.description, retryAfter: 10)
        }
    }
}
