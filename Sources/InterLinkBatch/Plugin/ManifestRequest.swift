package import InterLinkAPI
import InterLinkPluginKit
import KubernetesModel
import LosslessJSON

/// A pod from a file, as interLink would send it: with its ConfigMaps and Secrets, and what an API server fills in.
package struct ManifestRequest: Sendable {
    /// What is wrong with the file.
    package struct Mistake: Error, Hashable, CustomStringConvertible {
        package let description: String
    }

    package let request: CreateRequest

    package init(_ bytes: [UInt8], file: String) throws {
        var pods: [Pod] = []
        var maps: [ConfigMap] = []
        var secrets: [Secret] = []
        var others: [String] = []
        for document in try YAMLManifests.documents(bytes, file: file).flatMap(Self.items) {
            let text = JSON.encode(document)
            let kind = document["kind"]?.string
            do throws(JSONError) {
                switch kind {
                case "Pod": pods.append(try JSON.decode(Pod.self, from: text))
                case "ConfigMap": maps.append(try JSON.decode(ConfigMap.self, from: text))
                case "Secret": secrets.append(try JSON.decode(Secret.self, from: text))
                default: others.append(kind ?? "something without a kind")
                }
            } catch {
                throw Mistake(description: "\(file): \(kind ?? ""): \(error)")
            }
        }
        guard others.isEmpty else {
            throw Mistake(
                description:
                    "\(file): it holds \(others.joined(separator: ", ")); only Pods, ConfigMaps and Secrets are read")
        }
        guard pods.count == 1, var pod = pods.first else {
            throw Mistake(description: "\(file): it holds \(pods.count) pods, and one is needed")
        }
        Self.complete(&pod)
        let names = (pod.spec.initContainers ?? []).map(\.name) + pod.spec.containers.map(\.name)
        request = CreateRequest(
            pod: pod, containers: names.map { ContainerVolumes(name: $0, configMaps: maps, secrets: secrets) })
    }

    /// A list is written out.
    private static func items(of document: JSONValue) -> [JSONValue] {
        document["kind"]?.string == "List" ? document["items"]?.array ?? [] : [document]
    }

    /// What the API server would have set.
    private static func complete(_ pod: inout Pod) {
        if pod.metadata.namespace == nil { pod.metadata.namespace = "default" }
        if pod.metadata.name == nil { pod.metadata.name = (pod.metadata.generateName ?? "pod-") + "preview" }
        if pod.metadata.uid == nil { pod.metadata.uid = "00000000-0000-4000-8000-000000000000" }
    }
}
