/// The backend's name for a job, and what else the plugin wants to find again with it.
public struct JobHandle: Hashable, Sendable, CustomStringConvertible {
    /// The id that the backend gave: `4711`, a URL, a path. It is compared as text.
    public let id: String
    /// Anything more, in the plugin's own words; the host keeps it and gives it back.
    public let detail: String

    /// A handle from the backend's id.
    public init(id: String, detail: String = "") {
        self.id = id
        self.detail = detail
    }

    /// The id.
    public var description: String { id }
}
