import KubernetesModel

/// Works out the probes and hooks of a container: ports are numbers, what was left out is as in Kubernetes.
struct ProbePlanner {
    let container: Container
    /// What probes see of the container's variables.
    let environment: [EnvironmentVariable]

    func probe(_ probe: Probe?, at field: String, _ notes: inout PlanNotes) -> ProbePlan? {
        guard let probe, let action = action(of: probe, at: field, &notes) else { return nil }
        var plan = ProbePlan(action)
        plan.initialDelay = number(probe.initialDelaySeconds, 0, least: 0, "\(field).initialDelaySeconds", &notes)
        plan.period = number(probe.periodSeconds, 10, "\(field).periodSeconds", &notes)
        plan.timeout = number(probe.timeoutSeconds, 1, "\(field).timeoutSeconds", &notes)
        plan.successThreshold = number(probe.successThreshold, 1, "\(field).successThreshold", &notes)
        plan.failureThreshold = number(probe.failureThreshold, 3, "\(field).failureThreshold", &notes)
        if let grace = probe.terminationGracePeriodSeconds {
            if grace < 1 {
                notes.refuse("\(field).terminationGracePeriodSeconds", "is \(grace)", "write at least 1")
            }
            plan.grace = Int(clamping: grace)
        }
        return plan
    }

    func hook(_ hook: LifecycleHandler?, at field: String, _ notes: inout PlanNotes) -> HookPlan? {
        guard let hook else { return nil }
        if let exec = hook.exec {
            return command(exec, isExpanded: false, at: "\(field).exec.command", &notes).map { HookPlan(.exec($0)) }
        }
        if let get = hook.httpGet { return http(get, at: "\(field).httpGet", &notes).map { HookPlan($0) } }
        if let sleep = hook.sleep {
            if sleep.seconds < 0 { notes.refuse("\(field).sleep.seconds", "is below zero", "write 0 or more") }
            return HookPlan(.sleep(seconds: Int(clamping: sleep.seconds)))
        }
        notes.refuse(field, "is none that Kubernetes runs", "use exec, httpGet or sleep")
        return nil
    }

    private func action(of probe: Probe, at field: String, _ notes: inout PlanNotes) -> ProbeAction? {
        if let exec = probe.exec {
            return command(exec, isExpanded: true, at: "\(field).exec.command", &notes).map { .exec($0) }
        }
        if let get = probe.httpGet { return http(get, at: "\(field).httpGet", &notes) }
        if let socket = probe.tcpSocket {
            guard let port = port(socket.port, at: "\(field).tcpSocket.port", &notes),
                let host = host(socket.host, at: "\(field).tcpSocket.host", &notes)
            else { return nil }
            return .tcp(host: host, port: port)
        }
        if probe.grpc != nil {
            notes.lack(.grpcProbes, "\(field).grpc", "is a probe by gRPC")
        } else {
            notes.refuse(field, "has no action", "add exec, httpGet or tcpSocket")
        }
        return nil
    }

    private func command(
        _ exec: ExecAction, isExpanded: Bool, at field: String, _ notes: inout PlanNotes
    ) -> [String]? {
        guard let words = exec.command, !words.isEmpty else {
            notes.refuse(field, "is empty", "name a program of the container")
            return nil
        }
        let command = isExpanded ? words.map { VariableExpansion.expand($0, environment.value) } : words
        if let problem = command.lazy.compactMap({ EnvironmentPlanner.problem($0) }).first {
            notes.refuse(field, problem, "run a script of the container")
            return nil
        }
        return command
    }

    private func http(_ get: HTTPGetAction, at field: String, _ notes: inout PlanNotes) -> ProbeAction? {
        switch get.scheme {
        case nil, .http, "": break
        case .https:
            notes.lack(.httpsProbes, "\(field).scheme", "is HTTPS")
            return nil
        default:
            notes.refuse("\(field).scheme", "is \(shown(get.scheme?.rawValue ?? ""))", "write HTTP")
            return nil
        }
        guard let port = port(get.port, at: "\(field).port", &notes),
            let host = host(get.host, at: "\(field).host", &notes)
        else { return nil }
        let path = get.path ?? ""
        let fullPath = path.utf8.first == UInt8(ascii: "/") ? path : "/\(path)"
        guard fullPath.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            notes.refuse("\(field).path", "is \(shown(path))", "write it without control characters")
            return nil
        }
        var headers: [EnvironmentVariable] = []
        for (index, header) in (get.httpHeaders ?? []).enumerated() {
            guard Self.isHeader(header) else {
                notes.refuse(
                    "\(field).httpHeaders[\(index)]", "is no header", "use a name of letters and a plain value")
                continue
            }
            headers.append(EnvironmentVariable(header.name, header.value))
        }
        return .http(host: host, port: port, path: fullPath, headers: headers)
    }

    private static func isHeader(_ header: HTTPHeader) -> Bool {
        let isName = header.name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
        }
        return isName && !header.name.isEmpty
            && header.value.utf8.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == UInt8(ascii: "\t") }
    }

    /// The pod has no address of its own: its containers listen on the node.
    private func host(_ host: String?, at field: String, _ notes: inout PlanNotes) -> String? {
        guard let host, !host.isEmpty else { return "localhost" }
        guard NetworkAddress.isHost(host) else {
            notes.refuse(field, "is \(shown(host))", "write a name or an address, or leave it out")
            return nil
        }
        return host
    }

    /// A number, the name of one of the container's ports, or a number as text.
    private func port(_ port: IntOrString, at field: String, _ notes: inout PlanNotes) -> Int? {
        let number: Int32?
        switch port {
        case .int(let value): number = value
        case .string(let name):
            number = (container.ports ?? []).first { $0.name == name }?.containerPort ?? Int32(name)
        }
        guard let number, (1...65_535).contains(number) else {
            notes.refuse(
                field, "is \(shown(port.description)), which is no port of the container",
                "write a number from 1 to 65535, or the name of one of its ports")
            return nil
        }
        return Int(number)
    }

    private func number(
        _ value: Int32?, _ standard: Int, least: Int32 = 1, _ field: String, _ notes: inout PlanNotes
    ) -> Int {
        // Zero is what clients send that know of no default.
        guard let value, value != 0 else { return standard }
        if value < least { notes.refuse(field, "is \(value)", "write at least \(least)") }
        return Int(value)
    }
}

extension [EnvironmentVariable] {
    /// The value of a variable, for replacing references.
    func value(_ name: String) -> String? { first { $0.name == name }?.value }
}
