import KubernetesModel

/// Which flavor a pod gets: the one that it names, one for its GPUs, or the site's default.
struct FlavorChoice {
    let configuration: ResourcesConfiguration

    func flavor(of pod: Pod, gpus: Quantity, _ notes: inout PlanNotes) -> FlavorConfiguration? {
        let flavors = configuration.flavors
        if let name = pod.metadata.annotations?[configuration.flavorAnnotation], !name.isEmpty {
            if let flavor = flavors.first(where: { $0.name == name }) { return flavor }
            let names = flavors.map(\.name).joined(separator: ", ")
            notes.refuse(
                "metadata.annotations[\(configuration.flavorAnnotation)]", "is \(shown(name)), which is no flavor here",
                names.isEmpty ? "remove it; the site has no flavors" : "use one of \(names)")
            return nil
        }
        if gpus > .zero {
            let fitting = flavors.filter(\.forGPUs)
            let exact = fitting.first { configuration.gpus($0.defaults) == gpus }
            if let flavor = exact ?? fitting.first { return flavor }
        }
        return configuration.defaultFlavor.flatMap { name in flavors.first { $0.name == name } }
    }
}

extension ResourcesConfiguration {
    /// All names of GPUs.
    var gpuNames: [String] { nvidiaGPUs + amdGPUs }

    /// How many GPUs there are among amounts.
    func gpus(_ amounts: [String: Quantity]) -> Quantity {
        gpuNames.reduce(.zero) { $0 + (amounts[$1] ?? .zero) }
    }

    /// The kind of GPUs among amounts.
    func gpuKind(_ amounts: [String: Quantity]) -> GPUKind? {
        if nvidiaGPUs.contains(where: { (amounts[$0] ?? .zero) > .zero }) { return .nvidia }
        return amdGPUs.contains { (amounts[$0] ?? .zero) > .zero } ? .amd : nil
    }
}
