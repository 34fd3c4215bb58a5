import InterLinkAPI

extension PluginHost {
    /// `POST /delete`: answered as soon as it is on the disk, for unknown pods too, and pursued from then on.
    func delete(_ body: [UInt8], _ scope: RequestScope) async throws(RouteFailure) -> HTTPResponse {
        let pod: PodReference
        do {
            pod = try WireBody.delete(body)
        } catch {
            throw RouteFailure(.badRequest, error.description)
        }
        if let problem = RequestNames.problem(uid: pod.uid, namespace: pod.namespace, name: pod.name) {
            throw RouteFailure(.badRequest, "delete: \(problem)")
        }
        scope.span.set("interlink.pod", pod.uid)
        do throws(StoreError) {
            try await lifecycle.delete(pod)
        } catch {
            throw RouteFailure(.serviceUnavailable, "the delete could not be recorded: \(error)", retryAfter: 10)
        }
        scope.logger.info("pod deleted", ["pod": pod.uid, "namespace": pod.namespace, "name": pod.name])
        return .text("pod \(pod.uid) is being removed")
    }
}
