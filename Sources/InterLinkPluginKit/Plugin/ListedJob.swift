/// A job that the backend listed.
public struct ListedJob: Equatable, Sendable {
    /// The backend's id for it, and what the plugin wants to keep with that.
    public let handle: JobHandle
    /// The mark as it was found on the job, or any other name: what is no mark of ours is left alone.
    public let mark: String
    /// What the list says of its containers; nil when it says only that the job is there.
    public let observation: Observation?

    /// A job of a list.
    public init(handle: JobHandle, mark: String, observation: Observation? = nil) {
        self.handle = handle
        self.mark = mark
        self.observation = observation
    }
}
