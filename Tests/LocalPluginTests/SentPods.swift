import InterLinkAPI
import InterLinkHTTPClient
import KubernetesModel
import LosslessJSON
import Testing

extension LocalProgram {
    /// Creates a pod that is given with all that interLink sends beside it; the answer's status and text.
    @discardableResult
    func send(_ request: CreateRequest) async throws -> (status: Int, text: String) {
        let reply = try await plugin.create(request)
        return (reply.status, String(decoding: reply.response.body, as: UTF8.self))
    }

    /// The containers of a pod, init containers first; empty when nothing is known of it.
    func containers(of pod: Pod) async throws -> [ContainerStatus] {
        let answer = try await plugin.status(of: [pod]).get()
        return answer.first.map { ($0.initContainers ?? []) + $0.containers } ?? []
    }

    /// Waits until all containers of a pod have ended.
    func ended(_ pod: Pod) async throws -> [ContainerStateTerminated] {
        var ends: [ContainerStateTerminated] = []
        try await eventually("all containers of \(pod.metadata.name ?? "") end") {
            let containers = try await containers(of: pod)
            ends = containers.compactMap { $0.state?.terminated }
            return !containers.isEmpty && ends.count == containers.count
        }
        return ends
    }

    /// What a container has printed.
    func output(of container: String, in pod: Pod) async throws -> [UInt8] {
        let response = try await plugin.logs(
            LogRequest(
                podUID: pod.metadata.uid ?? "", containerName: container, namespace: pod.metadata.namespace ?? "",
                podName: pod.metadata.name ?? ""))
        var bytes: [UInt8] = []
        for try await chunk in response.body { bytes += chunk }
        return bytes
    }

    /// Deletes a pod, and waits until its folder is gone.
    func remove(_ pod: Pod) async throws {
        #expect(try await plugin.delete(pod).status == 200)
        let folder = "jobs/\(pod.metadata.namespace ?? "")-\(pod.metadata.uid ?? "")"
        try await eventually("\(folder) is removed") { !exists(folder) }
    }
}
