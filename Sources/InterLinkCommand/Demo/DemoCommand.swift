import Foundation
import InterLinkHTTPClient

/// `interlink-plugin demo URL`
struct DemoCommand: Command {
    static let name = "demo"
    static let summary = "send three pods through a plugin, as interLink would, and watch them"
    static let help = """
        usage: interlink-plugin demo URL [OPTIONS]

        Creates three pods at the plugin, as the interLink API server does: one with an init container and two containers
        that share a folder and a ConfigMap; one that fails; and one that is deleted while it runs. Shows their states while
        they change, prints their logs, deletes them all, and ends. URL is a socket (/run/plugin.sock,
        unix:///run/plugin.sock) or http://host:port.

          --image IMAGE     with a POSIX shell and the small tools (default: busybox)
          --limit SECONDS   how long it may take in all (default: 50); more where jobs wait for a place

        Colours and redrawing on a terminal only, and not where NO_COLOR is set; plain lines elsewhere.

        Exit status: 0 all went as it should, 1 something did not, 2 the arguments make no sense.

        Try
          interlink-plugin demo /run/interlink/plugin.sock --image /images/busybox.sif --limit 600
        """

    private let endpoint: InterLinkEndpoint
    private var image = "busybox"
    private var limit = 50.0

    init(arguments: [String]) throws(UsageError) {
        var reader = ArgumentReader(arguments)
        var place: InterLinkEndpoint?
        while let word = reader.next() {
            switch word {
            case "--image": image = try reader.value(of: word)
            case "--limit": limit = try reader.seconds(of: word)
            default:
                guard !word.hasPrefix("-"), place == nil, let endpoint = InterLinkEndpoint(word) else {
                    throw UsageError(
                        problem: "demo does not understand \(word.debugDescription)",
                        advice: "Try interlink-plugin demo /run/interlink/plugin.sock")
                }
                place = endpoint
            }
        }
        guard let place else {
            throw UsageError(
                problem: "demo needs to know where the plugin listens",
                advice: "Try interlink-plugin demo /run/interlink/plugin.sock")
        }
        endpoint = place
    }

    func run() async throws {
        let client = InterLinkClient(endpoint, client: try HTTPClient())
        let play = DemoPlay(
            plugin: client, cast: DemoCast.pods(image: image), screen: DemoScreen.standardOutput,
            limit: .seconds(limit))
        let task = Task { try await play.run() }
        let interruption = Interruption { task.cancel() }
        defer { interruption.end() }
        do {
            try await task.value
        } catch is CancellationError {
            throw CommandError(problem: "interrupted; the pods were deleted")
        }
    }
}
