public import LosslessJSON

/// A request body that could not be understood, told so that its sender can mend it.
public struct WireError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The call, like `create`.
    public let call: String
    /// What was wrong, and where.
    public let cause: JSONError
    /// What the call takes, where the shape of the body was wrong as a whole.
    public let hint: String?

    /// One or two sentences for the sender.
    public var description: String {
        "\(call): \(cause)" + (hint.map { "; \($0)" } ?? "")
    }
}

/// Reads the bodies of interLink's calls, with errors that tell what each call takes.
///
/// ```swift
/// let request = try WireBody.create(body)
/// request.pod.spec.containers.count
/// ```
public enum WireBody {
    /// The body of `POST /create`.
    public static func create(_ body: [UInt8]) throws(WireError) -> CreateRequest {
        try read("create", takes: #"a create takes one object {"pod": …, "container": […]}, not a list"#) {
            () throws(JSONError) in try JSON.decode(from: body)
        }
    }

    /// The body of `GET /status`: pods to tell about; none for a ping.
    public static func status(_ body: [UInt8]) throws(WireError) -> [PodReference] {
        try read("status", takes: "a status takes a list of pods, an empty one for a ping") {
            () throws(JSONError) in try PodReference.scan(body)
        }
    }

    /// The body of `POST /delete`.
    public static func delete(_ body: [UInt8]) throws(WireError) -> PodReference {
        try read("delete", takes: "a delete takes one pod, not a list") {
            () throws(JSONError) in try PodReference(scanning: body)
        }
    }

    /// The body of `GET /getLogs`.
    public static func logs(_ body: [UInt8]) throws(WireError) -> LogRequest {
        try read("getLogs", takes: #"a log request takes one object {"PodUID": …, "ContainerName": …, "Opts": {…}}"#) {
            () throws(JSONError) in try JSON.decode(from: body)
        }
    }

    private static func read<Result>(
        _ call: String, takes hint: String, _ body: () throws(JSONError) -> Result
    ) throws(WireError) -> Result {
        do {
            return try body()
        } catch {
            throw WireError(call: call, cause: error, hint: error.path.isEmpty ? hint : nil)
        }
    }
}
