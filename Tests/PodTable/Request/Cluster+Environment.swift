import KubernetesModel

extension Cluster {
    /// A container with plain variables: `envFrom` first, references looked up, `$(NAME)` replaced.
    func resolved(_ container: Container) -> Container {
        var variables: [EnvVar] = []
        var known: [String: String] = [:]
        func set(_ name: String, _ value: String) {
            known[name] = value
            variables.removeAll { $0.name == name }
            variables.append(EnvVar(name: name, value: value.isEmpty ? nil : value))
        }
        for source in container.envFrom ?? [] {
            for (key, value) in values(of: source).sorted(by: { $0.key < $1.key }) {
                set((source.prefix ?? "") + key, value)
            }
        }
        for variable in container.env ?? [] {
            guard let source = variable.valueFrom else {
                set(variable.name, Self.expanded(variable.value ?? "", known))
                continue
            }
            if let value = value(of: source) { set(variable.name, value) }
        }
        var container = container
        container.env = variables
        container.envFrom = nil
        return container
    }

    private func values(of source: EnvFromSource) -> [String: String] {
        if let name = source.configMapRef?.name { return configMaps[name]?.data ?? [:] }
        guard let name = source.secretRef?.name else { return [:] }
        return (secrets[name]?.data ?? [:]).mapValues { String(decoding: $0.bytes, as: UTF8.self) }
    }

    private func value(of source: EnvVarSource) -> String? {
        if let reference = source.configMapKeyRef, let name = reference.name {
            return configMaps[name]?.data?[reference.key]
        }
        if let reference = source.secretKeyRef, let name = reference.name {
            return (secrets[name]?.data?[reference.key]).map { String(decoding: $0.bytes, as: UTF8.self) }
        }
        return source.fieldRef.flatMap { field($0.fieldPath) }
    }

    private static func expanded(_ text: String, _ known: [String: String]) -> String {
        var result = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            if rest.first == "$" {
                result += "$"
                rest = rest.dropFirst()
            } else if rest.first == "(", let end = rest.firstIndex(of: ")") {
                let name = String(rest[rest.index(after: rest.startIndex)..<end])
                result += known[name] ?? "$(\(name))"
                rest = rest[rest.index(after: end)...]
            } else {
                result += "$"
            }
        }
        return result + rest
    }
}
