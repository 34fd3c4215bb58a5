/// One of the calls that interLink makes on a plugin.
public enum InterLinkCall: String, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// Run this pod.
    case create
    /// How are these pods?
    case status
    /// Stop this pod and forget it.
    case delete
    /// What has this container written?
    case logs
    /// Are you well, and how much room is there?
    case ping

    /// How the call is made. Bodies on `GET` are meant so.
    public var method: HTTPClient.Method {
        switch self {
        case .create, .delete: .post
        case .status, .logs, .ping: .get
        }
    }

    /// Where the call goes. A ping is a status that asks for no pod.
    public var path: String {
        switch self {
        case .create: "/create"
        case .status, .ping: "/status"
        case .delete: "/delete"
        case .logs: "/getLogs"
        }
    }

    /// The name.
    public var description: String { rawValue }

    /// A session id as the Virtual Kubelet and the API server make them: for logs only, and not unique.
    func makeSession() -> String {
        let number = Int.random(in: 0..<100_000)
        return switch self {
        case .create: "CreatePod#\(number)"
        case .status: "GetStatus#\(number)"
        case .delete: "DeletePod#\(number)"
        case .logs: "GetLogs#\(number)"
        case .ping: "Request-\(number)"
        }
    }
}
