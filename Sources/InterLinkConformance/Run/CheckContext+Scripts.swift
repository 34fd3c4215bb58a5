import KubernetesModel

extension CheckContext {
    /// Runs a pod whose containers look around and exit with 0 if all is well. What they printed is told if the plugin
    /// has logs.
    @discardableResult
    func expectAllWell(
        _ plan: PodPlan, of sent: String, consequence: String? = nil
    ) async throws -> LivePod {
        let pod = try await start(plan)
        let sight = try await expect(.ended, pod, of: sent)
        for container in plan.containers where sight.exitCode(of: container.name) != 0 {
            var got = sight.text
            if let printed = try await printed(by: container.name, of: pod) { got += "; it printed: \(printed)" }
            expect(
                false, sent: sent, got: got, expected: "\(container.name) ends with 0: it found all as it should be",
                consequence: consequence)
        }
        return pod
    }

    /// What a container printed, if that is to be had.
    func printed(by container: String, of pod: LivePod) async throws -> String? {
        guard declares(.logs) else { return nil }
        let outcome = try await log(of: container, in: pod)
        return outcome.isOK ? outcome.bodyText.shortened() : nil
    }
}
