import InterLinkAPI
import KubernetesModel
import LosslessJSON
import Testing

@testable import PodTable

/// Pods of the table are sent with the habits of the real Virtual Kubelet.
@Suite struct SentPodTests {
    private func sent(_ container: String, volumes: String = "[]") throws -> SentPod {
        let pod = """
            {"metadata": {"name": "p", "namespace": "n", "labels": {"b": "2", "a": "1"}}, "spec": {"volumes": \(volumes), \
            "containers": [\(container)]}}
            """
        let map = #"{"metadata": {"name": "m"}, "data": {"k": "v", "empty": ""}}"#
        let secret = #"{"metadata": {"name": "s"}, "data": {"old": "b2xk"}, "stringData": {"new": "x'y"}}"#
        return SentPod(
            pod: try JSON.decode(from: Array(pod.utf8)), configMaps: [try JSON.decode(from: Array(map.utf8))],
            secrets: [try JSON.decode(from: Array(secret.utf8))])
    }

    @Test func variablesAreResolvedAndEmptyOnesHaveNoValue() throws {
        let request = try sent(
            """
            {"name": "c", "envFrom": [{"prefix": "S_", "secretRef": {"name": "s"}}, {"configMapRef": {"name": "m"}}], "env": [\
            {"name": "k", "value": "own"}, {"name": "A", "value": "<$(k)> $$(k) $(none)"}, \
            {"name": "N", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}, \
            {"name": "X", "valueFrom": {"secretKeyRef": {"name": "s", "key": "absent", "optional": true}}}]}
            """
        ).request
        let container = try #require(request.pod.spec.containers.first)
        let variables = Dictionary((container.env ?? []).map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        #expect(
            variables == [
                "S_old": "old", "S_new": "x'y", "empty": String?.none, "k": "own", "A": "<own> $(k) $(none)", "N": "p",
            ])
        #expect(container.envFrom == nil)
    }

    @Test func objectsTravelBesideTheContainersThatMountThem() throws {
        let request = try sent(
            """
            {"name": "c", "volumeMounts": [{"name": "m", "mountPath": "/a"}, {"name": "m", "mountPath": "/b"}, \
            {"name": "s", "mountPath": "/c"}, {"name": "d", "mountPath": "/d"}]}
            """,
            volumes: """
                [{"name": "m", "configMap": {"name": "m"}}, {"name": "s", "secret": {"secretName": "s"}}, \
                {"name": "d", "downwardAPI": {"items": [{"path": "labels", "fieldRef": {"fieldPath": "metadata.labels"}}]}}]
                """
        ).request
        let volumes = try #require(request.containers?.first)
        #expect(volumes.configMaps?.map(\.metadata.name) == ["m", "m"])
        #expect(volumes.secrets?.first?.data?["new"]?.bytes == Array("x'y".utf8))
        #expect(volumes.projectedVolumeMaps?.first?.metadata.name == "d")
        #expect(volumes.projectedVolumeMaps?.first?.data == ["labels": "a=\"1\"\nb=\"2\"\n"])
        #expect(request.pod.spec.volumes?.last?.projected?.sources?.count == 1)
        #expect(request.pod.spec.volumes?.last?.downwardAPI == nil)
    }

    @Test func placeholdersAreFilled() throws {
        let placeholders = Placeholders(uid: "u-1", name: "n", hostFolder: "/h", ports: ["web": 4711])
        let value = try JSON.decode(
            JSONValue.self,
            from: Array(
                #"{"a": "@{uid} @{host}/x", "p": "@{portNumber web}", "t": "@{port web}", "r": "@{repeat 3 x y}."}"#
                    .utf8))
        #expect(Placeholders.portNames(in: value) == ["web"])
        #expect(
            try placeholders.filled(value)
                == .object([
                    "a": .string("u-1 /h/x"), "p": .number("4711"), "t": .string("4711"), "r": .string("x yx yx y."),
                ]))
        #expect(throws: CaseError.self) { try placeholders.filled("@{nothing}") }
    }
}
