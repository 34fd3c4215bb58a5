import InterLinkPluginKit
import InterLinkTesting

/// A whole plugin over a scripted backend, for tests that need a process.
@main struct TestPlugin {
    static func main() async {
        await PluginMain.run(
            ScriptedPlugin.self, name: "test-plugin", version: "1.2.3",
            options: [
                PluginOption("--greet", argument: "NAME", help: "greet somebody") { configuration, name in
                    "hello \(name), jobs run \(configuration.runTime)\n"
                }
            ])
    }
}
