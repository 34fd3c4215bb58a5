import Glibc
import InterLinkSystem

/// The program: from its arguments to its exit code.
struct Program<Plugin: InterLinkPlugin> {
    typealias Combined = CombinedConfiguration<HostConfiguration, Plugin.Configuration>

    let name: String
    let version: String
    let options: [PluginOption<Plugin.Configuration>]
    let exporter: (@Sendable (TraceSettings) throws -> any SpanExporter)?

    func run(_ arguments: [String]) async -> ExitCode {
        do {
            switch try ProgramArguments(arguments, options: options.map(\.name)) {
            case .help: say(help)
            case .version: say("\(name) \(version)")
            case .check(let file):
                _ = try load(file)
                say("\(file): ok")
            case .print(let file): say(try load(file).effectiveText, end: "")
            case .option(let name, let argument, let file):
                let plugin = try load(file).value.plugin
                for option in options where option.name == name { say(try await option.run(plugin, argument), end: "") }
            case .serve(let file): try await serve(file)
            }
            return .success
        } catch {
            return complain(error)
        }
    }

    private func serve(_ file: String) async throws {
        // Before there are other threads: these change what belongs to the whole process.
        FreeMemory.keepLittle()
        let inherited = ServiceManager.sockets()
        DescriptorLimit.raise()
        let signals = TerminationSignals()
        let loaded = try load(file).value
        try await PluginProcess<Plugin>(
            name: name, version: version, host: loaded.host, plugin: loaded.plugin, environment: environment,
            exporter: exporter, inherited: inherited, signals: signals
        ).run()
    }

    private func load(_ file: String) throws(ConfigurationError) -> LoadedConfiguration<Combined> {
        let environment = environment
        let loaded = try ConfigurationFile.load(
            Combined.self, path: file, environment: environment, allowedVariables: ["INTERLINK_FAILPOINT"])
        // Variables about traces are read here, so that a check finds what is wrong with them, too.
        _ = try TraceSettings(environment: loaded.value.host.trace.completing(environment), serviceName: name)
        return loaded
    }

    private func complain(_ error: any Error) -> ExitCode {
        let code: ExitCode
        switch error {
        case is Interrupted: return .success
        case is ProgramArguments.Mistake: code = .wrongArguments
        case is ConfigurationError: code = .wrongConfiguration
        case StoreError.inUse: code = .inUse
        default: code = .cannotStart
        }
        for line in "\(error)".split(separator: "\n") { write("\(name): \(line)\n", to: STDERR_FILENO) }
        return code
    }

    private func say(_ text: String, end: String = "\n") { write(text + end, to: STDOUT_FILENO) }

    private func write(_ text: String, to descriptor: Int32) {
        // Whoever closed it does not want to be told.
        _ = writeAll(Array(text.utf8), to: descriptor)
    }

    private var environment: [String: String] {
        var result: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let parts = String(cString: entry).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { result[String(parts[0])] = String(parts[1]) }
            next += 1
        }
        return result
    }

    private var help: String {
        let own = options.map { ("\($0.name) \($0.argument)", $0.help) }
        let all =
            [
                ("--config FILE", "serve interLink as this file says"),
                ("--check-config", "say what is wrong with the file, and end"),
                ("--print-config", "print it with all defaults, secrets hidden, and end"),
            ] + own + [("--version", "print the version"), ("--help", "print this")]
        let width = all.map(\.0.count).max() ?? 0
        let lines = all.map { "  \($0.0)\(String(repeating: " ", count: width - $0.0.count))  \($0.1)" }
        return """
            \(name) \(version): a plugin for interLink

            usage: \(name) --config FILE [option]

            \(lines.joined(separator: "\n"))

            Every key of the file can be set by a variable too: listen.unix.path by INTERLINK_LISTEN_UNIX_PATH.
            """
    }
}

/// What the arguments ask for.
enum ProgramArguments: Equatable {
    case help
    case version
    case serve(String)
    case check(String)
    case print(String)
    case option(String, argument: String, String)

    struct Mistake: Error, CustomStringConvertible {
        let description: String
    }

    init(_ arguments: [String], options: [String]) throws(Mistake) {
        var file: String?
        var action: String?
        var value = ""
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
            let name = parts.first ?? ""
            func argumentOf() throws(Mistake) -> String {
                if parts.count == 2 { return parts[1] }
                guard let next = rest.popFirst() else {
                    throw Mistake(description: "\(name) needs an argument; see --help")
                }
                return next
            }
            switch name {
            case "--help", "-h":
                self = .help
                return
            case "--version":
                self = .version
                return
            case "--config", "-c": file = try argumentOf()
            case "--check-config", "--print-config": action = name
            case _ where options.contains(name): (action, value) = (name, try argumentOf())
            default: throw Mistake(description: "\(quoted(argument)) is not an option; see --help")
            }
        }
        guard let file else { throw Mistake(description: "name the configuration: --config FILE; see --help") }
        switch action {
        case nil: self = .serve(file)
        case "--check-config": self = .check(file)
        case "--print-config": self = .print(file)
        case let name?: self = .option(name, argument: value, file)
        }
    }
}
