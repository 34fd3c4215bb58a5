import InterLinkBatch
import InterLinkPluginKit
import LocalPlugin

/// `interlink-local`: pods on this very machine.
@main struct Main {
    static func main() async {
        await PluginMain.run(
            BatchPlugin<LocalScheduler>.self, name: "interlink-local", version: "0.1.0",
            options: [BatchPlugin<LocalScheduler>.scriptOption])
    }
}
