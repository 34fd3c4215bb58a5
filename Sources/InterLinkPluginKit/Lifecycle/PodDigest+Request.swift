package import InterLinkAPI
package import KubernetesModel

extension PodDigest {
    /// What is kept of a create request.
    package init(_ request: CreateRequest) throws(CreateError) { try self.init(request.pod) }

    /// What is kept of a pod.
    package init(_ pod: Pod) throws(CreateError) {
        guard let text = pod.metadata.uid, let uid = PodUID(text) else {
            throw .invalid("metadata.uid is missing or is not a UID")
        }
        guard let namespace = pod.metadata.namespace, !namespace.isEmpty else {
            throw .invalid("metadata.namespace is missing")
        }
        guard let name = pod.metadata.name, !name.isEmpty else { throw .invalid("metadata.name is missing") }
        let spec = pod.spec
        guard !spec.containers.isEmpty else { throw .invalid("spec.containers is empty") }
        let policy = spec.restartPolicy.map(\.rawValue) ?? RestartPolicy.always.rawValue
        guard let policy = RestartPolicy(rawValue: policy) else {
            throw .invalid("spec.restartPolicy is \(policy), which is not Always, OnFailure or Never")
        }
        var containers: [ContainerDigest] = []
        for container in spec.initContainers ?? [] {
            let role: ContainerDigest.Role = container.restartPolicy == "Always" ? .sidecar : .initial
            containers.append(ContainerDigest(container, role: role))
        }
        for container in spec.containers { containers.append(ContainerDigest(container, role: .regular)) }
        guard Set(containers.map(\.name)).count == containers.count else {
            throw .invalid("two containers have the same name")
        }
        self.init(
            uid: uid, namespace: namespace, name: name, node: spec.nodeName ?? "", restartPolicy: policy,
            grace: .seconds(max(0, spec.terminationGracePeriodSeconds ?? 30)), containers: containers)
    }

    /// How another create for the same UID differs from this one; nil when it asks for the same.
    ///
    /// A repeated create is never the same text: status, environment and annotations may have changed. What it runs
    /// may not.
    package func difference(from other: PodDigest) -> String? {
        if containers.map(\.name) != other.containers.map(\.name) { return "its containers are others" }
        for (mine, theirs) in zip(containers, other.containers) where mine != theirs {
            return "container \(mine.name) has another image, command or role"
        }
        if restartPolicy != other.restartPolicy { return "its restartPolicy is another" }
        if namespace != other.namespace || name != other.name { return "it has another name" }
        return nil
    }
}

extension ContainerDigest {
    init(_ container: Container, role: Role) {
        var hash = FNV1a()
        hash.add(container.image ?? "")
        hash.add(container.workingDir ?? "")
        hash.add(container.command ?? [])
        hash.add(container.args ?? [])
        self.init(name: container.name, image: container.image ?? "", role: role, fingerprint: hash.value)
    }
}

/// A hash that is the same in every process and version, as a stored one has to be.
private struct FNV1a {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ texts: [String]) {
        add("\(texts.count)")
        for text in texts { add(text) }
    }

    mutating func add(_ text: String) {
        for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
        // No byte of UTF-8: ends of texts cannot be mistaken for letters.
        value = (value ^ 0xFF) &* 0x100_0000_01B3
    }
}
