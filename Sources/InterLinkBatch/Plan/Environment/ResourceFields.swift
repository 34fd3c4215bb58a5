import KubernetesModel

/// What containers may see of their own requests and limits: `resourceFieldRef`.
struct ResourceFields {
    enum Answer: Equatable {
        case text(String)
        /// The container has no such limit, and the job has none either.
        case notKnown
        /// There is no such container or resource.
        case noField(String)
    }

    let spec: PodSpec
    /// What the job asks for: the limit of a container that has none, as the machine is in Kubernetes.
    let job: JobResources

    /// `reference` may leave the container out where it stands in one.
    func text(of reference: ResourceFieldSelector, in own: Container?) -> Answer {
        let name = reference.containerName ?? ""
        guard
            let container = name.isEmpty
                ? own : (spec.containers + (spec.initContainers ?? [])).first(where: { $0.name == name })
        else { return .noField("names no container of the pod") }
        let resources = container.resources
        let resource: String
        let amount: Quantity?
        if let rest = reference.resource.after("limits.") {
            resource = rest
            amount = resources?.limits?[rest] ?? ofJob(rest)
        } else if let rest = reference.resource.after("requests.") {
            resource = rest
            amount = resources?.requests?[rest] ?? resources?.limits?[rest] ?? .zero
        } else {
            return .noField("is neither limits. nor requests. of something")
        }
        guard Self.names.contains(resource) || resource.hasPrefix("hugepages-") else {
            return .noField("is not cpu, memory, ephemeral-storage or hugepages")
        }
        guard let amount else { return .notKnown }
        return .text("\(Self.quotient(amount, reference.divisor, inThousandths: resource == "cpu"))")
    }

    private static let names: Set<String> = ["cpu", "memory", "ephemeral-storage"]

    private func ofJob(_ resource: String) -> Quantity? {
        switch resource {
        case "cpu": job.cpus.map { Quantity(units: Int64(clamping: $0)) }
        case "memory": job.memory.map { Quantity(units: $0) }
        case "ephemeral-storage": job.disk.map { Quantity(units: $0) }
        default: nil
        }
    }

    /// Rounded up. A divisor that is absent or zero is 1.
    private static func quotient(_ amount: Quantity, _ divisor: Quantity?, inThousandths: Bool) -> Int64 {
        let divisor = divisor.flatMap { $0 > .zero ? $0 : nil } ?? Quantity(units: 1)
        let (whole, part) = inThousandths ? (amount.milliUnits, divisor.milliUnits) : (amount.units, divisor.units)
        return whole / part + (whole % part > 0 ? 1 : 0)
    }
}

extension String {
    /// What follows a beginning; nil when the text begins otherwise.
    fileprivate func after(_ beginning: String) -> String? {
        hasPrefix(beginning) ? String(dropFirst(beginning.count)) : nil
    }
}
