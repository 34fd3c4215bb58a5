import InterLinkPluginKit

/// The plugin that the conformance suite is tried on: on the real host, with local processes for containers.
///
/// It knows no images and no volumes, and is as small as a right plugin can be. Its pods outlive it.
@main struct ReferencePluginMain {
    static func main() async {
        await PluginMain.run(ReferencePlugin.self, name: "reference-plugin", version: "1.0.0")
    }
}
