import InterLinkAPI
import InterLinkHTTPClient
import KubernetesModel

/// What interLink does with one pod after its create.
struct PodSession {
    let client: InterLinkClient
    let pod: Pod

    /// What is told of it; nil while it is not known.
    func status() async throws -> PodStatusAnswer? {
        try await client.status(of: [pod]).get().first { $0.uid == pod.metadata.uid }
    }

    func delete(grace: Int64?) async throws {
        var pod = pod
        pod.metadata.deletionGracePeriodSeconds = grace
        try await client.delete(pod).get()
    }

    func log(of container: String, _ options: LogOptions = LogOptions()) async throws -> [UInt8] {
        let response = try await client.logs(
            LogRequest(
                podUID: pod.metadata.uid ?? "", containerName: container, namespace: pod.metadata.namespace,
                options: options, podName: pod.metadata.name))
        let body = try await response.body.collect(upTo: 64 << 20)
        guard response.status == 200 else {
            let text = String(decoding: body, as: UTF8.self)
            throw CaseError("the log of \(container) was answered with \(response.status): \(text)")
        }
        return body
    }
}
