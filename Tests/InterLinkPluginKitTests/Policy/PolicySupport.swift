import InterLinkAPI
import KubernetesModel
import LosslessJSON

@testable import InterLinkPluginKit

/// A request for a pod in the namespace `cms-prod` with one container `main`, and whatever else is given as JSON.
func policyRequest(
    spec: String = "", metadata: String = "", main: String = "", containers: String = "", beside: String = ""
) throws -> CreateRequest {
    let text = """
        {"pod": {"metadata": {"name": "p", "namespace": "cms-prod", "uid": "u-1"\(metadata)},
         "spec": {"nodeName": "vk-cms",
          "containers": [{"name": "main", "image": "python:3.12"\(main)}\(containers)]\(spec)}},
         "container": [{"name": "main"}]\(beside)}
        """
    return try JSON.decode(from: Array(text.utf8))
}

extension PolicyConfiguration {
    static func with(_ change: (inout PolicyConfiguration) -> Void) -> PolicyConfiguration {
        var configuration = PolicyConfiguration()
        change(&configuration)
        return configuration
    }
}
