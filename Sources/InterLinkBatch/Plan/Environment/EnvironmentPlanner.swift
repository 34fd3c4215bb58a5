import KubernetesModel

/// The environment of a container: each name once, the last one counts.
struct EnvironmentPlanner {
    let fields: PodFields
    let resources: ResourceFields
    let sent: SentObjects
    /// Whether `$(NAME)` in values is still to be replaced.
    let expandsValues: Bool

    func variables(of container: Container, at path: String, _ notes: inout PlanNotes) -> [EnvironmentVariable] {
        var variables = VariableList()
        for (index, source) in (container.envFrom ?? []).enumerated() {
            add(source, at: "\(path).envFrom[\(index)]", to: &variables, &notes)
        }
        for (index, variable) in (container.env ?? []).enumerated() {
            let field = "\(path).env[\(index)]"
            if let problem = NameSyntax.problem(withEnvironmentVariable: variable.name) {
                notes.refuse("\(field).name", "is \(shown(variable.name)): \(problem)", "change the name")
                continue
            }
            guard let value = value(of: variable, in: container, variables, at: field, &notes) else { continue }
            if let problem = Self.problem(variable.name, value) {
                notes.refuse(field, "(\(variable.name)) \(problem)", "make it shorter, or put it into a volume")
                continue
            }
            variables.set(variable.name, value)
        }
        if let address = fields.address, variables["POD_IP"] == nil { variables.set("POD_IP", address) }
        return variables.inOrder
    }

    /// What Linux does not pass to a program, neither as a variable nor as an argument.
    static func problem(_ texts: String...) -> String? {
        if texts.contains(where: { $0.utf8.contains(0) }) { return "holds a NUL" }
        let length = texts.reduce(texts.count) { $0 + $1.utf8.count }
        return length > 131_072 ? "is longer than 131071 bytes, more than Linux passes to a program" : nil
    }

    private func value(
        of variable: EnvVar, in container: Container, _ variables: VariableList, at field: String,
        _ notes: inout PlanNotes
    ) -> String? {
        if let value = variable.value, !value.isEmpty {
            return expandsValues ? VariableExpansion.expand(value) { variables[$0] } : value
        }
        guard let source = variable.valueFrom else { return "" }
        let place = "\(field).valueFrom"
        if let reference = source.configMapKeyRef {
            return object(
                sent.contents(ofConfigMap: reference.name), "ConfigMap", reference.name, reference.key,
                reference.optional, at: "\(place).configMapKeyRef", &notes)
        }
        if let reference = source.secretKeyRef {
            return object(
                sent.contents(ofSecret: reference.name), "Secret", reference.name, reference.key, reference.optional,
                at: "\(place).secretKeyRef", &notes)
        }
        if let reference = source.fieldRef {
            return text(ofField: reference.fieldPath, at: "\(place).fieldRef.fieldPath", &notes)
        }
        if let reference = source.resourceFieldRef {
            return amount(reference, in: container, at: "\(place).resourceFieldRef", &notes)
        }
        notes.refuse(place, "is of a kind that is not supported", "give the value itself")
        return nil
    }

    private func object(
        _ contents: ObjectContents?, _ kind: String, _ name: String?, _ key: String, _ optional: Bool?,
        at field: String, _ notes: inout PlanNotes
    ) -> String? {
        if let text = contents?.text(of: key) { return text }
        if optional == true { return nil }
        let what = "\(kind) \(shown(name ?? "")), key \(shown(key))"
        if contents?.bytes(of: key) != nil {
            notes.refuse(field, "names \(what), which is no text", "mount it as a file")
        } else {
            notes.refuse(
                field, "names \(what), which interLink has not sent",
                "create it before the pod, or mark it as optional")
        }
        return nil
    }

    private func text(ofField path: String, at field: String, _ notes: inout PlanNotes) -> String? {
        switch fields.text(of: path) {
        case .text(let text): return text
        case .notKnown:
            notes.refuse(field, "is \(shown(path)), which is not known before the job runs", "remove the variable")
        case .noField:
            notes.refuse(
                field, "is \(shown(path)), which is no field that pods may see",
                "use metadata.name, metadata.namespace, metadata.uid, metadata.labels['x'], "
                    + "metadata.annotations['x'], spec.nodeName, spec.serviceAccountName or status.podIP")
        }
        return nil
    }

    private func amount(
        _ reference: ResourceFieldSelector, in container: Container, at field: String, _ notes: inout PlanNotes
    ) -> String? {
        switch resources.text(of: reference, in: container) {
        case .text(let text): return text
        case .notKnown:
            notes.remark(field, "is \(shown(reference.resource)), which has no value here; the variable is not set")
        case .noField(let why):
            notes.refuse(field, "(\(shown(reference.resource))) \(why)", "use limits.cpu, requests.memory or the like")
        }
        return nil
    }

    private func add(
        _ source: EnvFromSource, at field: String, to variables: inout VariableList, _ notes: inout PlanNotes
    ) {
        let (contents, name, optional): (ObjectContents?, String?, Bool?) =
            if let reference = source.configMapRef {
                (sent.contents(ofConfigMap: reference.name), reference.name, reference.optional)
            } else {
                (sent.contents(ofSecret: source.secretRef?.name), source.secretRef?.name, source.secretRef?.optional)
            }
        guard let contents else {
            if optional != true {
                notes.refuse(
                    field, "names \(shown(name ?? "")), which interLink has not sent",
                    "create it before the pod, or mark it as optional")
            }
            return
        }
        for key in contents.keys {
            let name = (source.prefix ?? "") + key
            guard NameSyntax.problem(withEnvironmentVariable: name) == nil, let value = contents.text(of: key),
                Self.problem(name, value) == nil
            else {
                notes.remark(field, "has the key \(shown(key)), which cannot be a variable; it is left out")
                continue
            }
            variables.set(name, value)
        }
    }
}

/// Variables by name, in the order in which the names first came.
private struct VariableList {
    private var names: [String] = []
    private var values: [String: String] = [:]

    subscript(name: String) -> String? { values[name] }

    mutating func set(_ name: String, _ value: String) {
        if values.updateValue(value, forKey: name) == nil { names.append(name) }
    }

    var inOrder: [EnvironmentVariable] { names.map { EnvironmentVariable($0, values[$0] ?? "") } }
}
