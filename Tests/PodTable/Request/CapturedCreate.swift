import Foundation
import InterLinkAPI
import KubernetesModel
import LosslessJSON
import TestSupport

/// The first create of a capture, with another UID and the images of the plugin under test.
enum CapturedCreate {
    static func named(_ name: String, uid: String, image: @Sendable (String) -> String) throws -> CreateRequest {
        let file = Checkout.root.appending(path: "Tests/Fixtures/captures/\(name).jsonl")
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            let record = try JSON.decode(JSONValue.self, from: Array(line.utf8))
            guard record["path"]?.string == "/create", let body = record["body"]?.string else { continue }
            var request = try WireBody.create(Array(body.utf8))
            request.pod.metadata.uid = uid
            func mapped(_ path: String?) -> String? {
                // In the captures images are files: /images/busybox.sif, and /images/py.sif with Python.
                guard let path, path.hasPrefix("/images/") else { return path }
                let name = String(path.dropFirst("/images/".count).prefix { $0 != "." })
                return image(name == "py" ? "debian" : name)
            }
            func mapped(_ container: Container) -> Container {
                var container = container
                container.image = mapped(container.image)
                return container
            }
            request.pod.spec.initContainers = request.pod.spec.initContainers.map { $0.map(mapped) }
            request.pod.spec.containers = request.pod.spec.containers.map(mapped)
            return request
        }
        throw CaseError("\(file.path) has no create")
    }
}
