import Foundation
import InterLinkConformance
import InterLinkHTTPClient
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
          --image IMAGE     an image with a shell, date and sleep (busybox)
          --shell WORDS     how that shell is started with a script ("/bin/sh -c")
          --namespace NAME  the namespace of the pods (interlink-bench)
          --token-file FILE the bearer token that the plugin asks for
          --json FILE       write the report as JSON; - for the standard output
          --html FILE       write the report as one page with plots

        Exit status: 0 all is well; 1 something failed, was untrue or is left behind; 2 the arguments make no sense.
        """

    private let run: LoadRun
    private let json: String?
    private let html: String?

    init(arguments: [String]) throws(UsageError) {
        var reader = ArgumentReader(arguments, of: Self.name)
        var options = LoadOptions()
        var endpoints: [InterLinkEndpoint] = []
        var json: String?
        var html: String?
        while let argument = try reader.next() {
            switch argument {
            case .option("--pods"): options.pods = try reader.count()
            case .option("--nodes"): options.nodes = try reader.count()
            case .option("--rate"): options.rate = try reader.decimal()
            case .option("--rounds"): options.length = .rounds(try reader.count())
            case .option("--duration"): options.length = .duration(try reader.time())
            case .option("--follow"): options.followed = try reader.count()
            case .option("--run-time"): options.runTime = try reader.time()
            case .option("--pause"): options.pause = try reader.time()
            case .option("--ping-pause"): options.pingPause = try reader.time()
            case .option("--patience"): options.patience = try reader.time()
            case .option("--image"): options.target.image = try reader.value()
            case .option("--shell"): options.target.shell = try reader.value().split(separator: " ").map(String.init)
            case .option("--namespace"): options.target.namespace = try reader.value()
            case .option("--token-file"): options.client.credentials = .bearer(file: try reader.value())
            case .option("--json"): json = try reader.value()
            case .option("--html"): html = try reader.value()
            case .option: throw reader.unknownOption()
            case .word(let word):
                guard let endpoint = InterLinkEndpoint(word) else {
                    throw UsageError(
                        problem: "\(word.debugDescription) is no place of a plugin",
                        advice: "Write unix:///run/plugin.sock or http://host:port.")
                }
                endpoints.append(endpoint)
            }
        }
        guard 1...2 ~= endpoints.count else {
            throw UsageError(
                problem: "bench takes one plugin or two, but got \(endpoints.count)",
                advice: "Try interlink-plugin bench unix:///run/plugin.sock; see interlink-plugin bench --help.")
        }
        run = LoadRun(endpoints: endpoints, options: options)
        self.json = json
        self.html = html
    }

    func run() async throws {
        let isTerminal = isatty(STDERR_FILENO) == 1
        let report = try await Interruption.cancelling {
            try await run.run { if isTerminal { FileHandle.standardError.write(Data("\r\u{1B}[K\($0.line)".utf8)) } }
        }
        if isTerminal { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
        if json != "-" { print(report.summary, terminator: "") }
        if let json { try ReportFile.write(JSON.encode(report) + [0x0A], to: json) }
        if let html { try ReportFile.write(Array(report.html.utf8), to: html) }
        if !report.isClean { throw CommandError(problem: "not all is well", advice: "See above.") }
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
