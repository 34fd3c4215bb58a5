/// The variables that override keys of the configuration.
///
/// A key asks for its variable when it is read, so `INTERLINK_SERVER_SOCKET_MODE` needs no guess whether it means
/// `server.socketMode` or `server.socket.mode`.
final class EnvironmentOverrides {
    private let variables: [String: String]
    private var askedBy: [String: ConfigurationPath] = [:]
    private(set) var problems: [ConfigurationProblem] = []

    init(_ environment: [String: String]) {
        variables = environment.filter { name, value in
            name.hasPrefix(Self.prefix) && !Self.isServiceLink(name, value)
        }
    }

    /// The value that overrides the key at `path`.
    func value(at path: ConfigurationPath) -> ConfigurationNode? {
        guard let name = path.variable else { return nil }
        let earlier = askedBy.updateValue(path, forKey: name)
        guard let text = variables[name] else { return nil }
        if let earlier, earlier != path {
            problems.append(
                ConfigurationProblem(
                    path.text, "the variable means this key and \(earlier.text)", advice: "set both in the file",
                    place: name))
        }
        return ConfigurationNode(kind: .scalar(.init(text: text, style: .verbatim)), place: .variable(name))
    }

    /// Whether a key below `path` may be overridden, so that a section that is not in the file is there all the same.
    func reaches(below path: ConfigurationPath) -> Bool {
        guard let name = path.variable else { return false }
        return variables.keys.contains { $0.hasPrefix(name + "_") }
    }

    /// The variables that no key has asked for.
    func unmatched(allowed: Set<String>) -> [ConfigurationProblem] {
        let names = variables.keys.filter { askedBy[$0] == nil && !allowed.contains($0) && !Self.isServiceName($0) }
        return names.sorted().map { name in
            let advice =
                NearMiss.of(name, among: askedBy.keys).map { "did you mean \($0)?" }
                ?? "remove it from the environment"
            return ConfigurationProblem(
                "", "the variable matches no key of the configuration", advice: advice, place: name)
        }
    }

    private static let prefix = "INTERLINK_"

    /// Kubernetes gives every container variables about every service of its namespace. A service named `interlink`
    /// must not set the key `port` to `tcp://10.0.0.1:80`.
    private static func isServiceLink(_ name: String, _ value: String) -> Bool {
        let isAddress = ["tcp://", "udp://", "sctp://"].contains { value.hasPrefix($0) }
        if isAddress, name.hasSuffix("_PORT") { return true }
        let words = name.split(separator: "_")
        guard let protocolIndex = words.lastIndex(where: { ["TCP", "UDP", "SCTP"].contains($0) }), protocolIndex >= 2,
            words[protocolIndex - 2] == "PORT", words[protocolIndex - 1].allSatisfy(\.isNumber)
        else { return false }
        let after = words[(protocolIndex + 1)...]
        return after.isEmpty || after == ["PROTO"] || after == ["PORT"] || after == ["ADDR"]
    }

    private static func isServiceName(_ name: String) -> Bool {
        name.hasSuffix("_SERVICE_HOST") || name.hasSuffix("_SERVICE_PORT") || name.contains("_SERVICE_PORT_")
    }
}
