import KubernetesModel

/// Works out what of interLink's network runs on the node, where the site allows it.
struct NetworkPlanner {
    let configuration: NetworkConfiguration

    func network(of pod: Pod, address: String?, _ notes: inout PlanNotes) -> NetworkPlan {
        let annotations = pod.metadata.annotations ?? [:]
        var plan = NetworkPlan()
        plan.podAddress = address
        plan.tunnelCommands = script(
            annotations[Self.tunnel], configuration.tunnel, "tunnel", at: Self.tunnel, &notes)
        guard let text = annotations[Self.preExec] else { return plan }
        let parts = PreExecText(text)
        if parts.isBroken {
            notes.refuse(
                "metadata.annotations[\(Self.preExec)]", "has a mesh script without its end",
                "let the Virtual Kubelet write it again")
            return plan
        }
        plan.meshScript = script(parts.meshScript, configuration.mesh, "mesh", at: Self.preExec, &notes)
        plan.preExec = script(parts.userText, configuration.preExec, "preExec", at: Self.preExec, &notes)
        return plan
    }

    /// The address that interLink gave the pod.
    static func address(of pod: Pod, _ notes: inout PlanNotes) -> String? {
        guard let text = pod.metadata.annotations?[podAddress], !text.isEmpty else { return nil }
        guard NetworkAddress.isAddress(text) else {
            notes.refuse("metadata.annotations[\(podAddress)]", "is \(shown(text))", "write an IP address")
            return nil
        }
        return text
    }

    private static let tunnel = "interlink.eu/wstunnel-client-commands"
    private static let preExec = "slurm-job.vk.io/pre-exec"
    private static let podAddress = "interlink.eu/pod-ip"

    private func script(
        _ text: String?, _ isAllowed: Bool, _ key: String, at annotation: String, _ notes: inout PlanNotes
    ) -> String? {
        guard let text, !text.isEmpty else { return nil }
        let field = "metadata.annotations[\(annotation)]"
        if text.utf8.contains(0) {
            notes.refuse(field, "holds a NUL", "remove it")
            return nil
        }
        if isAllowed { return text }
        if configuration.ignoreForbidden {
            notes.remark(field, "is not run, because network.\(key) is off at this site")
        } else {
            notes.refuse(
                field, "is shell text for the node, and network.\(key) is off at this site",
                "remove it, or ask the site to allow it")
        }
        return nil
    }
}
