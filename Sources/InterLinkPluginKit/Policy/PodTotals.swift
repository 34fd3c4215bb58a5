package import KubernetesModel

/// What a pod asks for as a whole.
///
/// As Kubernetes counts: containers together, sidecars beside them, each init container alone beside the sidecars
/// started before it; the larger of both, and the overhead. What the pod itself asks for takes the place of the sum.
package struct PodTotals: Equatable, Sendable {
    /// The amounts by the names of the resources.
    package var amounts: [String: Quantity]

    package init(_ amounts: [String: Quantity] = [:]) {
        self.amounts = amounts
    }

    package init(of spec: PodSpec) {
        var together = PodTotals()
        for container in spec.containers { together.add(Self.amounts(container.resources)) }
        var sidecars = PodTotals()
        var starting = PodTotals()
        for container in spec.initContainers ?? [] {
            var alone = sidecars
            alone.add(Self.amounts(container.resources))
            starting.raise(to: alone)
            if container.restartPolicy == "Always" { sidecars = alone }
        }
        together.add(sidecars.amounts)
        together.raise(to: starting)
        together.amounts.merge(Self.amounts(spec.resources)) { _, ofPod in ofPod }
        together.add(spec.overhead ?? [:])
        self = together
    }

    package subscript(resource: String) -> Quantity { amounts[resource] ?? .zero }

    /// The limit, or the request where there is none: the larger one, whatever a client sent.
    package static func amounts(_ resources: ResourceRequirements?) -> [String: Quantity] {
        (resources?.limits ?? [:]).merging(resources?.requests ?? [:]) { max($0, $1) }
    }

    mutating func add(_ others: [String: Quantity]) {
        amounts.merge(others, uniquingKeysWith: +)
    }

    private mutating func raise(to other: PodTotals) {
        amounts.merge(other.amounts) { max($0, $1) }
    }
}
