import KubernetesModel

/// The rules that look at the pod alone.
struct PodRules: Sendable {
    let configuration: PolicyConfiguration

    /// Everything that is not admitted.
    func refusals(of pod: Pod) -> [PolicyRefusal] {
        images(pod.spec) + namespace(pod.metadata) + annotations(pod.metadata) + resources(pod.spec)
            + hostPaths(pod.spec) + privileged(pod.spec) + users(pod.spec) + groups(pod.spec)
    }

    private func images(_ spec: PodSpec) -> [PolicyRefusal] {
        let rule = configuration.images
        let ofContainers = spec.everyContainer.map { ("\($0.path).image", $0.container.image ?? "") }
        let ofVolumes = (spec.volumes ?? []).compactMap { volume in
            volume.image.map { ("spec.volumes[\(volume.name)].image.reference", $0.reference ?? "") }
        }
        return (ofContainers + ofVolumes).compactMap { field, reference in
            let image = ImageName(reference)
            return refusal(.images, field, "is \(image.description.debugDescription)", rule) { image.matches($0) }
        }
    }

    private func namespace(_ metadata: ObjectMeta) -> [PolicyRefusal] {
        let namespace = metadata.namespace ?? ""
        let refusal = refusal(
            .namespaces, "metadata.namespace", "is \(namespace.debugDescription)", configuration.namespaces
        ) { NamePattern($0).matches(namespace) }
        return refusal.map { [$0] } ?? []
    }

    private func annotations(_ metadata: ObjectMeta) -> [PolicyRefusal] {
        let rule = configuration.annotations
        return (metadata.annotations ?? [:]).keys.sorted().compactMap { name in
            guard let denied = rule.deny.first(where: { NamePattern($0).matches(name) }),
                !rule.allow.contains(where: { NamePattern($0).matches(name) })
            else { return nil }
            let exceptions = rule.allow.isEmpty ? "" : ", but \(rule.allow.joined(separator: ", "))"
            return PolicyRefusal(
                .annotations, "metadata.annotations[\(name)]", found: "is set",
                allowed: "no annotation like \(denied)\(exceptions)")
        }
    }

    private func resources(_ spec: PodSpec) -> [PolicyRefusal] {
        let rule = configuration.resources
        let totals = PodTotals(of: spec)
        let tooMuch = rule.maximum.sorted { $0.key < $1.key }.compactMap { name, maximum in
            totals[name] <= maximum
                ? nil
                : PolicyRefusal(
                    .resources, "the pod's sum of \(name)", found: "is \(totals[name])", allowed: "at most \(maximum)")
        }
        let ofPod = PodTotals.amounts(spec.resources)
        let missing = rule.required.sorted().filter { ofPod[$0] == nil }.flatMap { name in
            spec.everyContainer.compactMap { path, container in
                PodTotals.amounts(container.resources)[name] == nil
                    ? PolicyRefusal(
                        .resources, "\(path).resources.limits[\(name)]", found: "is not set", allowed: "any amount")
                    : nil
            }
        }
        return tooMuch + missing
    }

    private func hostPaths(_ spec: PodSpec) -> [PolicyRefusal] {
        guard let folders = configuration.hostPaths else { return [] }
        return (spec.volumes ?? []).compactMap { volume in
            guard let path = volume.hostPath?.path else { return nil }
            let isInside = !NameSyntax.climbs(path) && folders.contains { isFolder($0, of: path) }
            return isInside
                ? nil
                : PolicyRefusal(
                    .hostPaths, "spec.volumes[\(volume.name)].hostPath.path", found: "is \(path.debugDescription)",
                    allowed: folders.isEmpty ? "no hostPath" : "what lies in \(folders.joined(separator: ", "))")
        }
    }

    private func isFolder(_ folder: String, of path: String) -> Bool {
        let slash = UInt8(ascii: "/")
        let wanted = folder.utf8.split(separator: slash)
        return path.utf8.first == slash
            && path.utf8.split(separator: slash).starts(with: wanted) { $0.elementsEqual($1) }
    }

    private func privileged(_ spec: PodSpec) -> [PolicyRefusal] {
        guard !configuration.privileged else { return [] }
        return spec.everyContainer.compactMap { path, container in
            container.securityContext?.privileged == true
                ? PolicyRefusal(.privileged, "\(path).securityContext.privileged", found: "is true", allowed: "false")
                : nil
        }
    }

    private func users(_ spec: PodSpec) -> [PolicyRefusal] {
        let rule = configuration.users
        guard let ranges = rule.ranges else { return [] }
        return spec.everyContainer.compactMap { path, container in
            let user = container.securityContext?.runAsUser ?? spec.securityContext?.runAsUser
            return refusal(.users, "\(path).securityContext.runAsUser", user, rule, ranges)
        }
    }

    private func groups(_ spec: PodSpec) -> [PolicyRefusal] {
        let rule = configuration.groups
        guard let ranges = rule.ranges else { return [] }
        let ofContainers = spec.everyContainer.compactMap { path, container in
            let group = container.securityContext?.runAsGroup ?? spec.securityContext?.runAsGroup
            return refusal(.groups, "\(path).securityContext.runAsGroup", group, rule, ranges)
        }
        let others =
            (spec.securityContext?.supplementalGroups ?? []).map { ("supplementalGroups", $0) }
            + (spec.securityContext?.fsGroup.map { [("fsGroup", $0)] } ?? [])
        return ofContainers
            + others.compactMap { refusal(.groups, "spec.securityContext.\($0)", $1, rule, ranges) }
    }

    private func refusal(
        _ kind: PolicyRefusal.Rule, _ field: String, _ id: Int64?, _ rule: NumericIDRule, _ ranges: [ClosedRange<Int64>]
    ) -> PolicyRefusal? {
        guard let id else {
            return rule.required
                ? PolicyRefusal(kind, field, found: "is not set", allowed: (rule.allow ?? []).joined(separator: ", "))
                : nil
        }
        return ranges.contains { $0.contains(id) }
            ? nil
            : PolicyRefusal(
                kind, field, found: "is \(id)", allowed: (rule.allow ?? []).joined(separator: ", "))
    }

    private func refusal(
        _ kind: PolicyRefusal.Rule, _ field: String, _ found: String, _ rule: NameRule, matches: (String) -> Bool
    ) -> PolicyRefusal? {
        if let denied = rule.deny.first(where: matches) {
            return PolicyRefusal(kind, field, found: found, allowed: "nothing like \(denied)")
        }
        guard !rule.allow.isEmpty, !rule.allow.contains(where: matches) else { return nil }
        return PolicyRefusal(kind, field, found: found, allowed: rule.allow.joined(separator: ", "))
    }
}

extension PodSpec {
    /// Init containers, then containers, each with its place in the pod.
    var everyContainer: [(path: String, container: Container)] {
        (initContainers ?? []).map { ("spec.initContainers[\($0.name)]", $0) }
            + containers.map { ("spec.containers[\($0.name)]", $0) }
    }
}
