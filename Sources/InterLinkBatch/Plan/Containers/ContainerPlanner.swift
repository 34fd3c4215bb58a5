import InterLinkPluginKit
import KubernetesModel

/// Works out one container. Its mounts come later, when the volumes are known.
struct ContainerPlanner {
    let settings: PlanSettings
    let podPolicy: PodDigest.RestartPolicy
    let images: ImagePlanner
    let security: SecurityPlanner
    let environment: EnvironmentPlanner
    /// The kind of GPUs that the job has though no container asks for them.
    let flavorGPUs: GPUKind?

    func plan(
        _ container: Container, role: ContainerDigest.Role, at path: String, _ notes: inout PlanNotes
    ) -> ContainerPlan {
        if let problem = NameSyntax.problem(withLabel: container.name) {
            notes.refuse("\(path).name", "is \(shown(container.name)): \(problem)", "change the name")
        }
        var plan = ContainerPlan(
            name: container.name, role: role, image: images.image(container.image, at: "\(path).image", &notes))
        plan.pullPolicy = ImagePlanner.pullRule(container.imagePullPolicy, container.image)
        plan.restartPolicy = restartPolicy(of: container, role, at: path, &notes)
        plan.environment = environment.variables(of: container, at: path, &notes)
        plan.command = words(container.command, plan.environment, at: "\(path).command", &notes)
        plan.arguments = words(container.args, plan.environment, at: "\(path).args", &notes)
        plan.workingDirectory = workingDirectory(of: container, at: path, &notes)
        addProbes(of: container, to: &plan, at: path, &notes)
        addEnding(of: container, to: &plan, at: path, &notes)
        security.apply(container.securityContext, at: path, to: &plan, &notes)
        let amounts = PodTotals.amounts(container.resources)
        plan.gpus = settings.resources.gpuKind(amounts) ?? flavorGPUs
        if settings.resources.limitAddressSpace, let memory = container.resources?.limits?["memory"], memory > .zero {
            plan.addressSpace = Int(memory.units)
        }
        checkRest(of: container, at: path, &notes)
        return plan
    }

    private func restartPolicy(
        of container: Container, _ role: ContainerDigest.Role, at path: String, _ notes: inout PlanNotes
    ) -> PodDigest.RestartPolicy {
        if let rules = container.restartPolicyRules, !rules.isEmpty {
            notes.lack(.restartRules, "\(path).restartPolicyRules", "is set")
        }
        guard let own = container.restartPolicy, !own.isEmpty else {
            // An init container that has succeeded is never started again.
            return role == .initial && podPolicy == .always ? .onFailure : podPolicy
        }
        guard let policy = PodDigest.RestartPolicy(rawValue: own) else {
            notes.refuse("\(path).restartPolicy", "is \(shown(own))", "write Always, OnFailure or Never")
            return podPolicy
        }
        return policy
    }

    private func words(
        _ words: [String]?, _ variables: [EnvironmentVariable], at field: String, _ notes: inout PlanNotes
    ) -> [String]? {
        guard let words, !words.isEmpty else { return nil }
        let values = Dictionary(variables.map { ($0.name, $0.value) }) { _, last in last }
        return words.enumerated().map { index, word in
            let expanded = VariableExpansion.expand(word) { values[$0] }
            if let problem = EnvironmentPlanner.problem(expanded) {
                notes.refuse("\(field)[\(index)]", problem, "put it into a volume")
            }
            return expanded
        }
    }

    private func workingDirectory(of container: Container, at path: String, _ notes: inout PlanNotes) -> String? {
        guard let text = container.workingDir, !text.isEmpty else { return nil }
        do throws(CheckedPath.Fault) {
            return try CheckedPath.absolute(text)
        } catch {
            notes.refuse("\(path).workingDir", "is \(shown(text))", "it \(error.why)")
            return nil
        }
    }

    private func addProbes(
        of container: Container, to plan: inout ContainerPlan, at path: String, _ notes: inout PlanNotes
    ) {
        let probes = ProbePlanner(container: container, environment: plan.environment)
        if plan.role == .initial {
            let lifecycle = container.lifecycle
            let isChecked = [container.startupProbe, container.readinessProbe, container.livenessProbe]
                .contains { $0 != nil }
            if isChecked || lifecycle?.postStart != nil || lifecycle?.preStop != nil {
                notes.refuse(path, "has probes or hooks, which init containers have not", "remove them")
            }
            return
        }
        plan.startupProbe = probes.probe(container.startupProbe, at: "\(path).startupProbe", &notes)
        plan.readinessProbe = probes.probe(container.readinessProbe, at: "\(path).readinessProbe", &notes)
        plan.livenessProbe = probes.probe(container.livenessProbe, at: "\(path).livenessProbe", &notes)
        plan.postStart = probes.hook(container.lifecycle?.postStart, at: "\(path).lifecycle.postStart", &notes)
        plan.preStop = probes.hook(container.lifecycle?.preStop, at: "\(path).lifecycle.preStop", &notes)
        for (probe, name) in [(plan.startupProbe, "startupProbe"), (plan.livenessProbe, "livenessProbe")] {
            if let probe, probe.successThreshold != 1 {
                notes.refuse("\(path).\(name).successThreshold", "is \(probe.successThreshold)", "write 1")
            }
        }
        if plan.readinessProbe?.grace != nil {
            notes.refuse(
                "\(path).readinessProbe.terminationGracePeriodSeconds", "is set, and this probe ends nothing",
                "remove it")
        }
    }

    private func addEnding(
        of container: Container, to plan: inout ContainerPlan, at path: String, _ notes: inout PlanNotes
    ) {
        if let text = container.terminationMessagePath, !text.isEmpty {
            do throws(CheckedPath.Fault) {
                let checked = try CheckedPath.absolute(text)
                if checked == "/" { throw CheckedPath.Fault(why: "must be the path of a file") }
                plan.terminationMessagePath = checked
            } catch {
                notes.refuse("\(path).terminationMessagePath", "is \(shown(text))", "it \(error.why)")
            }
        }
        switch container.terminationMessagePolicy {
        case nil, .file, "": break
        case .fallbackToLogsOnError: plan.messageFallsBackToLog = true
        default:
            notes.refuse(
                "\(path).terminationMessagePolicy", "is \(shown(container.terminationMessagePolicy?.rawValue ?? ""))",
                "write File or FallbackToLogsOnError")
        }
        if let signal = container.lifecycle?.stopSignal?.rawValue, !signal.isEmpty {
            if let name = StopSignalName.name(signal) {
                plan.stopSignal = name
            } else {
                notes.refuse("\(path).lifecycle.stopSignal", "is \(shown(signal))", "write a signal like SIGUSR1")
            }
        }
    }

    private func checkRest(of container: Container, at path: String, _ notes: inout PlanNotes) {
        if container.stdin == true { notes.remark("\(path).stdin", "has no effect: nobody can attach; it is empty") }
        if container.tty == true { notes.remark("\(path).tty", "has no effect: nobody can attach") }
        if let devices = container.volumeDevices, !devices.isEmpty {
            notes.lack(.devices, "\(path).volumeDevices", "is set")
        }
        if let claims = container.resources?.claims, !claims.isEmpty {
            notes.lack(.resourceClaims, "\(path).resources.claims", "is set")
        }
        for (index, port) in (container.ports ?? []).enumerated() {
            guard let hostPort = port.hostPort, hostPort != 0, hostPort != port.containerPort else { continue }
            notes.remark(
                "\(path).ports[\(index)].hostPort",
                "is \(hostPort), and the port is \(port.containerPort): containers share the network of their node")
        }
    }
}
