import InterLinkPluginKit

/// The first part of a script: everything that is the pod's, as assignments. Nothing of a pod stands anywhere else, and
/// nothing here is unquoted.
struct PodScriptData {
    let plan: PodPlan
    let workspace: String?
    let settings: PodScriptSettings

    var text: String {
        ([podLines, volumeLines, networkLines] + plan.containers.enumerated().map(containerLines) + [describeLines])
            .map { $0.joined(separator: "\n") }
            .joined(separator: "\n\n")
    }

    private var podLines: [String] {
        [
            heading("The pod"),
            set("POD_NAMESPACE", plan.pod.namespace),
            set("POD_NAME", plan.pod.name),
            set("POD_UID", plan.pod.uid.description),
            set("MARK", plan.mark.description),
            workspace.map { set("WORKSPACE", $0) } ?? "WORKSPACE=${INTERLINK_WORKSPACE:-$PWD}",
            set("RESTART_POLICY", plan.pod.restartPolicy.rawValue),
            set("GRACE", plan.pod.grace.components.seconds),
            set("DEADLINE", plan.activeDeadline, comment: "seconds from the start here; empty: none"),
            set("POD_HOSTNAME", plan.hostname),
            set("HOST_ALIASES", list: plan.hostAliases.map { ([$0.address] + $0.names).joined(separator: " ") }),
            set("COUNT", plan.containers.count),
            "",
            "# What the site has chosen.",
            set("BACKOFF_FIRST", settings.firstBackOff),
            set("BACKOFF_LIMIT", settings.longestBackOff),
            set("BACKOFF_RESET", settings.backOffReset),
            set("IMAGE_ATTEMPTS", settings.imageAttempts),
            set("SCRATCH_PERIOD", settings.scratchPeriod),
            set("PREAMBLE", settings.preamble),
        ]
    }

    private var volumeLines: [String] {
        [
            "# emptyDir volumes: path, medium, limit in bytes (0: none), in threes; then the folders that they need.",
            set(
                "SCRATCH",
                list: plan.scratch.flatMap { [$0.path, $0.inMemory ? "memory" : "disk", String($0.sizeLimit ?? 0)] }),
            set(
                "SCRATCH_FOLDERS", list: plan.scratch.flatMap { scratch in scratch.folders.map { inside($0, scratch) } }
            ),
            "# Paths of this machine: path, the folder that it must lie in, and what has to be there, in threes.",
            set("HOST_PATHS", list: plan.hostPaths.flatMap { [$0.path, $0.root, word(for: $0.requirement)] }),
        ]
    }

    private var networkLines: [String] {
        [
            "# What interLink's network needs; empty: nothing.",
            set("POD_ADDRESS", plan.network.podAddress ?? ""),
            set("TUNNEL_COMMANDS", plan.network.tunnelCommands ?? ""),
            set("MESH_SCRIPT", plan.network.meshScript ?? ""),
            set("PRE_EXEC", plan.network.preExec ?? ""),
            "# A script that interLink sent, to be run instead of the containers.",
            set("JOB_SCRIPT", plan.jobScript ?? ""),
        ]
    }

    private func containerLines(_ index: Int, _ container: ContainerPlan) -> [String] {
        var mounts = [String]()
        // A mount inside another one comes after it, whatever the order in the pod.
        let ordered = container.mounts.enumerated().sorted {
            let (left, right) = (depth($0.element.target), depth($1.element.target))
            return left == right ? $0.offset < $1.offset : left < right
        }
        for mount in ordered.map(\.element) {
            switch mount.source {
            case .workspace(let path): mounts += ["workspace", path]
            case .node(let path): mounts += ["node", path]
            }
            mounts += [mount.target, mount.readOnly ? "ro" : "rw"]
        }
        let body = [
            set("NAME", container.name),
            set("ROLE", word(for: container.role)),
            set("RESTART", container.restartPolicy.rawValue),
            set("IMAGE", container.image),
            set("PULL", word(for: container.pullPolicy)),
            set("COMMAND_GIVEN", container.command == nil ? "no" : "yes"),
            set("COMMAND", list: container.command ?? []),
            set("ARGUMENTS_GIVEN", container.arguments == nil ? "no" : "yes"),
            set("ARGUMENTS", list: container.arguments ?? []),
            set("WORKING_FOLDER", container.workingDirectory ?? ""),
            set("MOUNTS", list: mounts),
            set("STARTUP_PROBE", list: probe(container.startupProbe)),
            set("READINESS_PROBE", list: probe(container.readinessProbe)),
            set("LIVENESS_PROBE", list: probe(container.livenessProbe)),
            set("POST_START", list: container.postStart.map { action($0.action) } ?? []),
            set("PRE_STOP", list: container.preStop.map { action($0.action) } ?? []),
            set("MESSAGE_PATH", container.terminationMessagePath),
            set("MESSAGE_FROM_LOG", container.messageFallsBackToLog ? "yes" : "no"),
            set("STOP_SIGNAL", container.stopSignal),
            set("RUN_USER", container.user),
            set("RUN_GROUP", container.group),
            set("READ_ONLY_ROOT", container.readOnlyRoot ? "yes" : "no"),
            set("GPUS", container.gpus.map(word(for:)) ?? ""),
            set("ADDRESS_SPACE", container.addressSpace),
        ]
        return ["container_\(index)() {"] + body.map { "    " + $0 } + ["}"]
    }

    /// `describe INDEX` sets the variables of a container.
    private var describeLines: [String] {
        [
            "# describe INDEX: sets the variables above for that container. Lists of mounts hold kind, source, target and",
            "# mode, in fours; probes hold delay, period, timeout, successes, failures, grace, and then what they do.",
            "describe() {", "    case $1 in",
        ] + plan.containers.indices.map { "    \($0)) container_\($0) ;;" } + [
            "    *) return 1 ;;", "    esac", "}",
        ]
    }

    private func probe(_ probe: ProbePlan?) -> [String] {
        guard let probe else { return [] }
        let numbers = [
            probe.initialDelay, probe.period, probe.timeout, probe.successThreshold, probe.failureThreshold,
        ]
        return numbers.map { String($0) } + [probe.grace.map { String($0) } ?? ""] + action(probe.action)
    }

    private func action(_ action: ProbeAction) -> [String] {
        switch action {
        case .exec(let command): ["exec"] + command
        case .http(let host, let port, let path, let headers):
            ["http", host, String(port), HTTPText.path(path)]
                + headers.flatMap { [HTTPText.line($0.name), HTTPText.line($0.value)] }
        case .tcp(let host, let port): ["tcp", host, String(port)]
        case .sleep(let seconds): ["sleep", String(seconds)]
        }
    }

    private func depth(_ path: String) -> Int { path.split(separator: "/").count }

    private func inside(_ folder: String, _ scratch: ScratchPlan) -> String { "\(scratch.path)/\(folder)" }
}

/// Text of the pod that becomes part of an HTTP request: no line of it can become two.
private enum HTTPText {
    static func line(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    }

    static func path(_ text: String) -> String {
        var path = ""
        for byte in (text.hasPrefix("/") ? text : "/" + text).utf8 {
            if byte > 0x20, byte < 0x7F {
                path.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                path += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return path
    }
}

private func heading(_ title: String) -> String {
    "# ── \(title) " + String(repeating: "─", count: max(0, 110 - title.count))
}

private func set(_ name: String, _ value: String) -> String { "\(name)=\(ShellQuote.word(value))" }

private func set(_ name: String, list: [String]) -> String { "\(name)=\(ShellQuote.array(list))" }

private func set(_ name: String, _ number: some BinaryInteger) -> String { "\(name)=\(number)" }

private func set(_ name: String, _ number: Int?, comment: String? = nil) -> String {
    "\(name)=\(number.map { String($0) } ?? "''")" + (comment.map { "  # \($0)" } ?? "")
}

private func word(for role: ContainerDigest.Role) -> String {
    switch role {
    case .initial: "init"
    case .sidecar: "sidecar"
    case .regular: "regular"
    }
}

private func word(for rule: ImagePullRule) -> String {
    switch rule {
    case .always: "always"
    case .ifNotPresent: "missing"
    case .never: "never"
    }
}

private func word(for kind: GPUKind) -> String {
    switch kind {
    case .nvidia: "nvidia"
    case .amd: "amd"
    }
}

private func word(for requirement: HostPathPlan.Requirement) -> String {
    switch requirement {
    case .anything: "anything"
    case .folder: "folder"
    case .folderOrNew: "folder-or-new"
    case .file: "file"
    case .fileOrNew: "file-or-new"
    case .socket: "socket"
    case .characterDevice: "character-device"
    case .blockDevice: "block-device"
    }
}
