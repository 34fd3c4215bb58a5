import InterLinkAPI
import InterLinkPluginKit
import KubernetesModel
import LosslessJSON
import Testing

@testable import InterLinkBatch

/// Pods from files, as `--script` takes them.
@Suite struct ManifestTests {
    private func request(_ text: String) throws -> ManifestRequest {
        try ManifestRequest(Array(text.utf8), file: "pod.yaml")
    }

    @Test(
        "a pod with its ConfigMaps and Secrets, in YAML, as a list, in JSON",
        arguments: [
            """
            kind: Pod
            metadata: { name: p }
            spec: { containers: [{ name: c, image: i, env: [{ name: A, value: "07" }] }] }
            ---
            # nothing
            ---
            kind: ConfigMap
            metadata: { name: m }
            data: { a: "yes" }
            ---
            kind: Secret
            metadata: { name: s }
            data: { a: YQ== }
            """,
            """
            kind: List
            items:
            - { kind: Secret, metadata: { name: s }, data: { a: YQ== } }
            - { kind: ConfigMap, metadata: { name: m }, data: { a: "yes" } }
            - kind: Pod
              metadata: { name: p }
              spec: { containers: [{ name: c, image: i, env: [{ name: A, value: "07" }] }] }
            """,
            #"{"kind":"List","items":[{"kind":"ConfigMap","metadata":{"name":"m"},"data":{"a":"yes"}},{"kind":"Secret","metadata":{"name":"s"},"data":{"a":"YQ=="}},{"kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i","env":[{"name":"A","value":"07"}]}]}}]}"#,
        ])
    func manifests(text: String) throws {
        let request = try request(text).request
        #expect(request.pod.metadata.name == "p")
        #expect(request.pod.metadata.namespace == "default")
        #expect(request.pod.spec.containers.first?.env?.first?.value == "07")
        let sent = try #require(request.containers?.first)
        #expect(sent.name == "c")
        #expect(sent.configMaps?.first?.data == ["a": "yes"])
        #expect(sent.secrets?.first?.data?["a"]?.bytes == Array("a".utf8))
    }

    @Test(
        "what cannot be read is said, with the file",
        arguments: [
            ("kind: Pod\n  x: [", "pod.yaml:"), ("", "0 pods"), ("kind: Deployment\n", "Deployment"),
            ("a: 1\n", "without a kind"),
            ("kind: Pod\nspec: 3\n", "Pod"),
        ])
    func mistakes(text: String, part: String) throws {
        do {
            _ = try request(text)
            Issue.record("it was read")
        } catch {
            #expect("\(error)".contains(part))
            #expect("\(error)".contains("pod.yaml"))
        }
    }
}
