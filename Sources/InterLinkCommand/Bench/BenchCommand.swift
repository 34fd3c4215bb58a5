import Foundation
import InterLinkConformance
import LosslessJSON

/// `interlink-plugin bench URL [URL]`
struct BenchCommand: Command {
    static let name = "bench"
    static let summary = "put the load of a fleet of virtual nodes on a plugin"
    static let help = """
        usage: interlink-plugin bench URL [URL] [OPTIONS]

        Creates pods, asks for them round after round, reads and follows logs, pings, and deletes everything again, as the
        Virtual Kubelets and the API server of interLink do. Tells how long the calls took, what failed, whether what the
        plugin told is true and how late it was told, and what its process used. With two URLs both plugins are asked in
        turn, so that both see the same machine.

        URL is unix:///run/plugin.sock, or http://host:port. An interrupt (Ctrl-C) goes straight to the deletes.

          --pods N          pods, on each plugin (100)
          --nodes N         virtual nodes, each with its share of the pods (1)
          --rate R          creates a second, and deletes (10)
          --rounds N        rounds of each node after the last create (5)
          --duration TIME   instead of rounds: so long after the first create, like 10m
          --follow N        logs that are followed (0)
          --run-time TIME   how long pods run that end by themselves (10s)
          --pause TIME      between two rounds of a node (5s, as the Virtual Kubelet)
          --ping-pause TIME between two pings of a node (30s, as the Virtual Kubelet)
          --patience TIME   until the header of an answer (120s, as the API server)
          --image IMAGE     with a shell, date and sleep (docker.io/library/busybox:latest)
          --shell COMMAND   takes a script as its next argument (/bin/sh -c)
          --namespace NAME  of the pods (interlink-bench)
          --annotation K=V  on every pod; can be given several times
          --limit R=AMOUNT  of every container, as cpu=1 or memory=256Mi; can be given several times
          --target FILE     the same as JSON, as conformance takes it
          --token-file FILE the bearer token that the plugin asks for
          --json FILE       the report for programs; - is the standard output
          --html FILE       the report as one page with plots

        Exit status: 0 all is well; 1 something failed, was untrue or is left behind; 2 it could not be found out (no
        plugin answers, the arguments make no sense, it was interrupted).

        Try
          interlink-plugin bench /run/interlink/plugin.sock --pods 1000 --rate 50 --nodes 4 --html load.html
        """

    private let arguments: BenchArguments

    init(arguments: [String]) throws(UsageError) { self.arguments = try BenchArguments(arguments) }

    func run() async throws {
        let isTerminal = isatty(STDERR_FILENO) == 1
        let load = LoadRun(endpoints: arguments.endpoints, options: arguments.options)
        let task = Task { () async throws(LoadError) in
            try await load.run { if isTerminal { Self.show($0.line) } }
        }
        let interruption = Interruption {
            FileHandle.standardError.write(Data("\ninterrupted; deleting the pods, once more ends it at once\n".utf8))
            task.cancel()
        }
        defer { interruption.end() }
        let report: LoadReport
        do {
            report = try await task.value
        } catch {
            throw CommandError(problem: "\(error)", advice: "See interlink-plugin bench --help.", status: 2)
        }
        if isTerminal { Self.show("") }
        if arguments.json != "-" { print(report.summary, terminator: "") }
        if let json = arguments.json { try ReportFile.write(JSON.encode(report) + [0x0A], to: json) }
        if let html = arguments.html { try ReportFile.write(Array(report.html.utf8), to: html) }
        if report.wasInterrupted { throw CommandError(problem: "interrupted", status: 2) }
        if !report.isClean { throw CommandError(problem: "not all is well; the report tells what") }
    }

    private static func show(_ line: String) {
        FileHandle.standardError.write(Data("\r\u{1B}[K\(line.prefix(110))".utf8))
    }
}

extension LoadProgress {
    /// One line for a terminal.
    fileprivate var line: String {
        let plugins = plugins.map { plugin in
            "\(plugin.created) created, \(plugin.ended) ended, \(plugin.statuses) statuses"
                + (plugin.failures > 0 ? ", \(plugin.failures) failed" : "")
                + (plugin.untruths > 0 ? ", \(plugin.untruths) untrue" : "")
                + (phase == .deleting ? ", \(plugin.left) to delete" : "")
        }
        return "\(elapsed.components.seconds) s  " + plugins.joined(separator: "  |  ")
    }
}
