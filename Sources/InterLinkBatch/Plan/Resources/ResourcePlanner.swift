import InterLinkPluginKit
import KubernetesModel

/// Works out what the job of a pod asks its scheduler for.
struct ResourcePlanner {
    let configuration: ResourcesConfiguration

    /// What the job asks for, and the kind of GPUs that a flavor adds to a pod that asks for none.
    func resources(
        of pod: Pod, grace: Duration, _ notes: inout PlanNotes
    ) -> (job: JobResources, flavorGPUs: GPUKind?) {
        let asked = PodTotals(of: pod.spec).amounts
        checkNames(asked, &notes)
        checkMaximum(asked, &notes)
        let flavor = FlavorChoice(configuration: configuration)
            .flavor(of: pod, gpus: configuration.gpus(asked), &notes)
        var amounts = asked.filter { $0.value > .zero }
        amounts.merge(flavor?.defaults ?? [:]) { own, _ in own }
        amounts.merge(configuration.defaults) { own, _ in own }
        if configuration.gpus(asked) > .zero {
            // Two kinds of GPUs would be a job for no machine.
            for name in configuration.gpuNames { amounts[name] = asked[name] }
        }
        for (name, least) in configuration.minimum.sorted(by: { $0.key < $1.key }) {
            let own = amounts[name] ?? .zero
            guard own < least else { continue }
            if asked[name] != nil { notes.remark("the pod's sum of \(name)", "is \(own); the job gets \(least)") }
            amounts[name] = least
        }
        var job = JobResources()
        job.cpus = amounts["cpu"].map { cpus($0, isAsked: asked["cpu"] != nil, &notes) }
        job.memory = amounts["memory"]?.units
        job.disk = amounts["ephemeral-storage"]?.units
        let gpus = configuration.gpus(amounts).units
        job.gpus = gpus > 0 ? Int(clamping: gpus) : nil
        job.flavor = flavor?.name
        job.options = flavor?.options ?? []
        job.timeLimit = timeLimit(of: pod.spec, grace: grace, flavor, &notes)
        let nodes = count("interlink.eu/job-nodes", of: pod, atMost: configuration.nodes, &notes)
        job.nodes = nodes ?? 1
        job.tasks = count("interlink.eu/job-tasks", of: pod, atMost: configuration.tasks, &notes) ?? job.nodes
        if job.tasks < job.nodes {
            notes.refuse(
                "metadata.annotations[interlink.eu/job-tasks]", "is \(job.tasks), less than the \(job.nodes) nodes",
                "ask for at least one task on each")
        }
        return (job, configuration.gpus(asked) > .zero ? nil : configuration.gpuKind(amounts))
    }

    private func checkNames(_ asked: [String: Quantity], _ notes: inout PlanNotes) {
        let known = Set(["cpu", "memory", "ephemeral-storage"] + configuration.gpuNames)
        for (name, amount) in asked.sorted(by: { $0.key < $1.key }) {
            if amount < .zero {
                notes.refuse("the pod's sum of \(name)", "is \(amount)", "write no amount below zero")
            } else if !known.contains(name), amount > .zero {
                if configuration.ignored.contains(where: { NamePattern($0).matches(name) }) {
                    notes.remark("the pod's \(name)", "is not asked of the scheduler")
                } else {
                    notes.refuse(
                        "the pod's \(name)", "is a resource that this site does not have",
                        "remove it, or ask the site to ignore it (resources.ignored: [\(name)])")
                }
            }
        }
    }

    private func checkMaximum(_ asked: [String: Quantity], _ notes: inout PlanNotes) {
        for (name, most) in configuration.maximum.sorted(by: { $0.key < $1.key }) {
            guard let amount = asked[name], amount > most else { continue }
            notes.refuse("the pod's sum of \(name)", "is \(amount)", "ask for at most \(most)")
        }
    }

    private func cpus(_ amount: Quantity, isAsked: Bool, _ notes: inout PlanNotes) -> Int {
        let whole = Int(clamping: max(1, amount.units))
        if isAsked, Quantity(units: Int64(whole)) != amount {
            notes.remark("the pod's sum of cpu", "is \(amount); the job gets \(whole) whole processors")
        }
        return whole
    }

    /// From the start of the job: a pod's deadline, what its end may take, and a margin.
    private func timeLimit(
        of spec: PodSpec, grace: Duration, _ flavor: FlavorConfiguration?, _ notes: inout PlanNotes
    ) -> Duration? {
        let longest = configuration.longestTime
        guard let deadline = spec.activeDeadlineSeconds, deadline > 0 else {
            guard let limit = flavor?.timeLimit ?? configuration.timeLimit else { return longest }
            return longest.map { min($0, limit) } ?? limit
        }
        let wanted = .seconds(min(deadline, Self.longestDeadline)) + grace + configuration.timeMargin
        guard let longest, wanted > longest else { return wanted }
        notes.remark("spec.activeDeadlineSeconds", "is \(deadline); the site's limit of \(longest) ends the job before")
        return longest
    }

    /// Kubernetes allows no longer one; so times can be added.
    private static let longestDeadline = Int64(Int32.max)

    private func count(_ annotation: String, of pod: Pod, atMost most: Int, _ notes: inout PlanNotes) -> Int? {
        guard let text = pod.metadata.annotations?[annotation] else { return nil }
        guard let count = Int(text), count >= 1, count <= most else {
            notes.refuse(
                "metadata.annotations[\(annotation)]", "is \(shown(text))", "write a number from 1 to \(most)")
            return nil
        }
        return count
    }
}
