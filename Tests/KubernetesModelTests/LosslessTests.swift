import KubernetesModel
import LosslessJSON
import Testing

/// Whatever the schema allows, and more, comes back as it was.
@Suite struct LosslessTests {
    private func check<Value: JSONObject & Equatable>(_: Value.Type, _ name: String, rounds: Int) throws {
        var objects = try RandomObjects(seed: name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
        for _ in 0..<rounds {
            let text = objects.object(name)
            let original: JSONValue = try JSON.decode(from: Array(text.utf8))
            let value: Value = try JSON.decode(from: Array(text.utf8))
            let bytes = JSON.encode(value)
            #expect(try JSON.decode(JSONValue.self, from: bytes) == original, "\(text)")
            #expect(try JSON.decode(Value.self, from: bytes) == value, "\(text)")
        }
    }

    @Test func randomPodsComeBack() throws { try check(Pod.self, "Pod", rounds: 1500) }
    @Test func randomPodListsComeBack() throws { try check(PodList.self, "PodList", rounds: 100) }
    @Test func randomConfigMapsComeBack() throws { try check(ConfigMap.self, "ConfigMap", rounds: 300) }
    @Test func randomSecretsComeBack() throws { try check(Secret.self, "Secret", rounds: 300) }
    @Test func randomNodesComeBack() throws { try check(ClusterNode.self, "Node", rounds: 300) }
    @Test func randomNamespacesComeBack() throws { try check(ClusterNamespace.self, "Namespace", rounds: 300) }
    @Test func randomQuotasComeBack() throws { try check(ResourceQuota.self, "ResourceQuota", rounds: 300) }
    @Test func randomStatusesComeBack() throws { try check(APIStatus.self, "Status", rounds: 300) }
    @Test func randomDeleteOptionsComeBack() throws { try check(DeleteOptions.self, "DeleteOptions", rounds: 300) }
    @Test func randomWatchEventsComeBack() throws { try check(WatchEvent.self, "WatchEvent", rounds: 300) }
}
