import Glibc
import InterLinkSystem

/// The program around a plugin.
///
/// ```swift
/// import InterLinkPluginKit
///
/// @main struct Main {
///     static func main() async { await PluginMain.run(QueuePlugin.self, name: "queue-plugin", version: "1.2.0") }
/// }
/// ```
/// It reads the configuration, serves interLink until it is asked to end, and knows the options that `--help` lists.
/// SIGTERM and SIGINT end it in order: waiting creates are answered, what is in flight is finished, jobs go on running.
/// A second signal ends it at once.
///
/// | exit code | meaning |
/// |---|---|
/// | 0 | ended in order, or did what was asked |
/// | 64 | the arguments are wrong |
/// | 69 | it could not start: socket, records, plugin |
/// | 75 | another process holds the records; starting again later may help |
/// | 78 | the configuration is wrong |
public enum PluginMain {
    /// Runs the program to its end.
    ///
    /// - Parameters:
    ///   - plugin: The plugin.
    ///   - name: The name of the program, for messages and traces.
    ///   - version: The version of the plugin, for `--version` and metrics.
    ///   - options: More options of the command line.
    ///   - exporter: Makes what sends traces to an `https` collector (`HTTPSpanExporter` of `InterLinkTraceExport`);
    ///     plain `http` needs none.
    public static func run<Plugin: InterLinkPlugin>(
        _ plugin: Plugin.Type, name: String, version: String, options: [PluginOption<Plugin.Configuration>] = [],
        exporter: (@Sendable (TraceSettings) throws -> any SpanExporter)? = nil
    ) async -> Never {
        // Clients that leave and files that may not grow are errors to deal with, not reasons to die.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        umask(0o077)
        let program = Program<Plugin>(name: name, version: version, options: options, exporter: exporter)
        let code = await program.run(Array(CommandLine.arguments.dropFirst()))
        exit(code.rawValue)
    }
}

/// An option of a plugin's own command line, which needs its configuration: prints something, and ends.
public struct PluginOption<Configuration: Sendable>: Sendable {
    /// As it is written: `--script`.
    public let name: String
    /// What follows it: `POD.yaml`.
    public let argument: String
    /// One line for `--help`.
    public let help: String
    /// Gives the text to print.
    public let run: @Sendable (Configuration, String) async throws -> String

    /// An option from its parts.
    public init(
        _ name: String, argument: String, help: String,
        run: @escaping @Sendable (_ configuration: Configuration, _ argument: String) async throws -> String
    ) {
        self.name = name
        self.argument = argument
        self.help = help
        self.run = run
    }
}

/// How the program ends.
enum ExitCode: Int32 {
    case success = 0
    case failure = 1
    case wrongArguments = 64
    case cannotStart = 69
    case inUse = 75
    case wrongConfiguration = 78
}
