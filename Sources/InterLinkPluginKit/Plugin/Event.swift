/// News of a job that the backend pushed.
public struct Event: Equatable, Sendable {
    /// The backend's id of the job.
    public let id: String
    /// The mark as it was found on the job.
    public let mark: String
    /// What happened.
    public let observation: Observation
    /// When it was so; nil: when the host hears of it.
    public let at: Moment?

    /// News from its parts.
    public init(id: String, mark: String, observation: Observation, at: Moment? = nil) {
        self.id = id
        self.mark = mark
        self.observation = observation
        self.at = at
    }
}
