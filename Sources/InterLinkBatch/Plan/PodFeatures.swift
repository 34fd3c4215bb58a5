import KubernetesModel

/// What a pod asks for as a whole, beyond its containers, volumes and resources.
struct PodFeatures {
    let pod: Pod

    /// Looks at what cannot be given, or is given in another form.
    func check(_ notes: inout PlanNotes) {
        let spec = pod.spec
        if let system = spec.os?.name, system != "linux" {
            notes.refuse("spec.os.name", "is \(shown(system))", "this site runs linux")
        }
        if spec.hostPID == true { notes.lack(.namespaces, "spec.hostPID", "is true") }
        if spec.hostIPC == true { notes.lack(.namespaces, "spec.hostIPC", "is true") }
        if spec.shareProcessNamespace == true {
            notes.lack(.namespaces, "spec.shareProcessNamespace", "is true; each container sees its own processes only")
        }
        if let claims = spec.resourceClaims, !claims.isEmpty {
            notes.lack(.resourceClaims, "spec.resourceClaims", "is set")
        }
        if let secrets = spec.imagePullSecrets, !secrets.isEmpty {
            notes.remark(
                "spec.imagePullSecrets", "is not sent by interLink: images are pulled with the site's credentials")
        }
        if spec.dnsConfig != nil { notes.remark("spec.dnsConfig", "has no effect: names are resolved as on the node") }
        if let runtime = spec.runtimeClassName, !runtime.isEmpty {
            notes.remark("spec.runtimeClassName", "has no effect: the site has one runtime")
        }
        if spec.setHostnameAsFQDN == true {
            notes.remark("spec.setHostnameAsFQDN", "has no effect: the domain of the cluster is not known here")
        }
        for name in Self.annotationsOfOthers where pod.metadata.annotations?[name] != nil {
            notes.remark("metadata.annotations[\(name)]", "has no effect here")
        }
    }

    /// What containers see as their host's name: at most 63 letters, as Linux and Kubernetes have it.
    func hostname(_ notes: inout PlanNotes) -> String {
        let spec = pod.spec
        let asked = [("spec.hostnameOverride", spec.hostnameOverride), ("spec.hostname", spec.hostname)]
        for (field, name) in asked {
            guard let name, !name.isEmpty else { continue }
            if let problem = NameSyntax.problem(withSubdomain: name) {
                notes.refuse(field, "is \(shown(name)): \(problem)", "change the name")
                return ""
            }
            if name.utf8.count <= 64 { return name }
            notes.refuse(field, "is longer than 64 characters", "make it shorter")
            return ""
        }
        let name = pod.metadata.name ?? ""
        if let problem = NameSyntax.problem(withSubdomain: name) {
            notes.refuse("metadata.name", "is \(shown(name)): \(problem)", "change the name")
            return ""
        }
        var bytes = name.utf8.prefix(63)
        while let last = bytes.last, last == UInt8(ascii: "-") || last == UInt8(ascii: ".") { bytes.removeLast() }
        return String(Substring(bytes))
    }

    /// Lines for `/etc/hosts`.
    func hostAliases(_ notes: inout PlanNotes) -> [HostAliasPlan] {
        (pod.spec.hostAliases ?? []).enumerated().compactMap { index, alias in
            let field = "spec.hostAliases[\(index)]"
            guard NetworkAddress.isAddress(alias.ip) else {
                notes.refuse("\(field).ip", "is \(shown(alias.ip))", "write an IP address")
                return nil
            }
            let names = alias.hostnames ?? []
            for (position, name) in names.enumerated() {
                guard let problem = NameSyntax.problem(withSubdomain: name) else { continue }
                notes.refuse("\(field).hostnames[\(position)]", "is \(shown(name)): \(problem)", "change the name")
            }
            return HostAliasPlan(address: alias.ip, names: names)
        }
    }

    /// Seconds from the start on the node.
    func activeDeadline(_ notes: inout PlanNotes) -> Int? {
        guard let seconds = pod.spec.activeDeadlineSeconds else { return nil }
        if seconds < 1 { notes.refuse("spec.activeDeadlineSeconds", "is \(seconds)", "write at least 1") }
        return Int(clamping: seconds)
    }

    /// Annotations of other plugins that put raw arguments into a command.
    private static let annotationsOfOthers = [
        "slurm-job.vk.io/enroot-mounts", "slurm-job.vk.io/enroot-options", "slurm-job.vk.io/mpi-flags",
        "slurm-job.vk.io/singularity-commands", "slurm-job.vk.io/singularity-mounts",
        "slurm-job.vk.io/singularity-options",
    ]
}
