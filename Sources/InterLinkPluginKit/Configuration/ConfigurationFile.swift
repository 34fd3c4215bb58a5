import Glibc

/// A configuration as it was loaded.
public struct LoadedConfiguration<Value: Sendable>: Sendable {
    /// The configuration.
    public let value: Value
    /// All of it as YAML, defaults filled in and secrets hidden: what `--print-config` prints.
    public let effectiveText: String
}

/// Reads configurations: a YAML file, overridden by the environment.
///
/// ```swift
/// let loaded = try ConfigurationFile.load(
///     MyConfiguration.self, path: "/etc/interlink/plugin.yaml", environment: ProcessInfo.processInfo.environment)
/// ```
/// The variable of a key is `INTERLINK_` and its path in capitals: `server.socketMode` is `INTERLINK_SERVER_SOCKET_MODE`.
/// Lists and mappings are given as YAML: `INTERLINK_SERVER_HOSTS=[a, b]`. Items of lists have no variables.
///
/// Numbers, Booleans and texts are told apart by the type that is wanted, not by the looks of the value. Durations are
/// written `20s`, `5m`, `1h30m`; see ``ByteSize``, ``FileMode`` and ``SensitiveText`` for the other kinds of values.
/// Keys of the root that begin with `x-` are ignored, to hold YAML anchors.
public enum ConfigurationFile {
    /// Loads a configuration, or tells everything that is wrong with it.
    ///
    /// - Parameters:
    ///   - type: The type of the configuration; most comfortably a ``ConfigurationSection``.
    ///   - path: The path of the YAML file.
    ///   - environment: The environment variables; those that begin with `INTERLINK_` override keys.
    ///   - allowedVariables: Variables that begin with `INTERLINK_` and belong to somebody else.
    /// - Returns: The configuration, and its text with the defaults filled in.
    /// - Throws: Everything that is wrong, at once.
    public static func load<Value: Decodable & Sendable>(
        _ type: Value.Type, path: String, environment: [String: String], allowedVariables: Set<String> = []
    ) throws(ConfigurationError) -> LoadedConfiguration<Value> {
        let (bytes, isReadableByEverybody) = try contents(of: path)
        return try parse(
            type, yaml: bytes, name: path, isReadableByEverybody: isReadableByEverybody, environment: environment,
            allowedVariables: allowedVariables)
    }

    /// Reads a configuration from a text, as `load` does from a file; for tests.
    public static func parse<Value: Decodable & Sendable>(
        _ type: Value.Type, yaml: String, environment: [String: String] = [:]
    ) throws(ConfigurationError) -> LoadedConfiguration<Value> {
        try parse(
            type, yaml: Array(yaml.utf8), name: "configuration", isReadableByEverybody: false,
            environment: environment, allowedVariables: [])
    }

    static func parse<Value: Decodable & Sendable>(
        _ type: Value.Type, yaml: [UInt8], name: String, isReadableByEverybody: Bool, environment: [String: String],
        allowedVariables: Set<String>
    ) throws(ConfigurationError) -> LoadedConfiguration<Value> {
        let root: ConfigurationNode
        do throws(YAMLFault) {
            root =
                try YAMLDocument.parse(yaml, file: name)
                ?? ConfigurationNode(kind: .mapping([]), place: .line(1, file: name))
        } catch {
            throw ConfigurationError([
                ConfigurationProblem("", error.fault, advice: error.advice, place: "\(name):\(error.line)")
            ])
        }
        let overrides = EnvironmentOverrides(environment)
        let context = LoadContext(file: name, isReadableByEverybody: isReadableByEverybody, environment: overrides)
        let record = ReadRecord()
        let value: Value
        do {
            value = try context.read(type, root, at: ConfigurationPath(), record: record)
        } catch {
            throw ConfigurationError(error.problems + overrides.problems)
        }
        let problems =
            overrides.problems + overrides.unmatched(allowed: allowedVariables) + context.validationProblems()
        guard problems.isEmpty else { throw ConfigurationError(problems) }
        return LoadedConfiguration(value: value, effectiveText: (record.effective ?? .null).yaml)
    }

    private static func contents(
        of path: String
    ) throws(ConfigurationError) -> (bytes: [UInt8], isReadableByEverybody: Bool) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw unreadable(path, String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            throw unreadable(path, "not a file")
        }
        // One byte more than is allowed, so that the reader tells that there is too much.
        var bytes = [UInt8](repeating: 0, count: YAMLDocument.Limits().bytes + 1)
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes {
                read(descriptor, $0.baseAddress?.advanced(by: count), $0.count - count)
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw unreadable(path, String(cString: strerror(errno))) }
            if got == 0 { break }
            count += got
        }
        return (Array(bytes.prefix(count)), facts.st_mode & S_IROTH != 0)
    }

    private static func unreadable(_ path: String, _ why: String) -> ConfigurationError {
        ConfigurationError([
            ConfigurationProblem(
                "", "the configuration cannot be read: \(why)", advice: "check the path and its permissions",
                place: path)
        ])
    }
}
