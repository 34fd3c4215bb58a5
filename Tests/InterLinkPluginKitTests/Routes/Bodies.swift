import InterLinkPluginKit
import InterLinkTesting
import LosslessJSON
import Testing

/// Bodies as interLink sends them.
enum Body {
    static let uid = "1b4e28ba-2fa1-41d2-883f-0016d3cca427"

    static func uid(_ number: Int) -> String { "1b4e28ba-2fa1-41d2-883f-\(100_000_000_000 + number)" }

    static func create(
        _ uid: String = uid, name: String = "pod", namespace: String = "space", image: String = "busybox",
        metadata: String = "", spec: String = "", container: String = "[]"
    ) -> String {
        """
        {"pod": {"metadata": {"uid": \(text(uid)), "name": \(text(name)), "namespace": \(text(namespace))\(metadata)},
        "spec": {"restartPolicy": "Never", "nodeName": "vk"\(spec),
        "containers": [{"name": "main", "image": \(text(image)), "resources": {"limits": {"cpu": "2"}}},
        {"name": "side", "image": "busybox", "resources": {}}]}}, "container": \(container)}
        """
    }

    static func status(_ uid: String = uid, jobID: String? = nil) -> String {
        let annotations = jobID.map { #", "annotations": {"JobID": "\#($0)"}"# } ?? ""
        return """
            [{"metadata": {"uid": \(text(uid)), "name": "pod", "namespace": "space"\(annotations)},
            "spec": {"containers": [{"name": "main"}, {"name": "side"}]}}]
            """
    }

    static func delete(_ uid: String = uid, name: String = "pod", namespace: String = "space") -> String {
        #"{"metadata": {"uid": \#(text(uid)), "name": \#(text(name)), "namespace": \#(text(namespace))}}"#
    }

    static func logs(_ uid: String = uid, container: String = "main", options: String = "{}") -> String {
        #"{"Namespace":"space","PodUID":\#(text(uid)),"PodName":"pod","ContainerName":\#(text(container)),"Opts":\#(options)}"#
    }

    /// A JSON string of any text.
    static func text(_ text: String) -> String { String(decoding: JSON.encode(text), as: UTF8.self) }

    /// Names that would do harm as a path, an argument, a line of a script or in memory.
    static let hostileNames = [
        "../../etc/passwd", "a/b", "a\u{0}b", "a\nb", "-rf", "$(reboot)", "a b", "ÄÖ", "A", "",
        String(repeating: "a", count: 1 << 20),
    ]
}

/// A host over a scripted backend.
struct ScriptedHost: Sendable {
    let backend: ScriptedBackend
    let host: TestHost

    init(_ configuration: String = "") async throws {
        let clock = TurnableClock()
        let backend = ScriptedBackend(clock: clock)
        self.backend = backend
        host = try await TestHost(configuration: configuration, clock: clock) { _ in ScriptedPlugin(backend) }
    }

    static func run(_ configuration: String = "", _ body: (ScriptedHost) async throws -> Void) async throws {
        let scripted = try await ScriptedHost(configuration)
        do {
            try await body(scripted)
        } catch {
            await scripted.host.end()
            throw error
        }
        await scripted.host.end()
    }

    func jobs() async throws -> String { try await host.send("GET", "/jobs").text }

    func turn(until condition: () async throws -> Bool) async throws {
        for _ in 0..<2000 {
            if try await condition() { return }
            await host.clock.turn(by: .seconds(5))
        }
        Issue.record("it never came about")
    }
}
