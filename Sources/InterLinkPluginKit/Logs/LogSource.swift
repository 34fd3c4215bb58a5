/// What one container printed: where the bytes are, and what the backend knows about them.
///
/// A backend says only this much. Tail, limits, since, timestamps, previous and follow are the host's work, the same
/// for every backend:
///
/// ```swift
/// func logs(of container: ContainerReference, in job: TrackedJob) async throws -> LogSource {
///     let folder = "\(root)/\(job.uid)/logs"
///     return LogSource(
///         .file(path: "\(folder)/\(container.name).log"),
///         timeIndex: .file(path: "\(folder)/\(container.name).times"))
/// }
/// ```
public struct LogSource: Sendable {
    /// Bytes as they come.
    public typealias ByteStream = any AsyncSequence<[UInt8], any Error> & Sendable

    enum Content: Sendable {
        case output(Output)
        case answer(@Sendable (LogQuery) async throws -> ByteStream)
    }

    /// What a container printed, as it can be read.
    enum Output: Sendable {
        case stored(LogBytes)
        case stream(@Sendable (_ follow: Bool) async throws -> ByteStream)
    }

    let content: Content
    let timeIndex: LogBytes?
    let hasEnded: (@Sendable () async throws -> Bool)?
    let previous: (@Sendable () async throws -> LogSource?)?

    /// A log that can be read anywhere: a file, or ranges of bytes from elsewhere.
    ///
    /// - Parameters:
    ///   - bytes: The log. It need not exist before the container has started: until then it is empty.
    ///   - timeIndex: Lines `epoch offset`, neither ever decreasing, added at most once a second while the log grows:
    ///     at that second the log was so many bytes long. It makes since and timestamps true to a second. Without one,
    ///     a line counts as written when the log was last modified, which is the earliest time that is certain.
    ///   - hasEnded: Whether the container has ended, so that nothing more will come. Without it the host goes by the
    ///     states that it tracks. An error means that it is not known now.
    ///   - previous: The log of the run before this one, or `nil` where there was none.
    public init(
        _ bytes: LogBytes, timeIndex: LogBytes? = nil, hasEnded: (@Sendable () async throws -> Bool)? = nil,
        previous: (@Sendable () async throws -> LogSource?)? = nil
    ) {
        content = .output(.stored(bytes))
        self.timeIndex = timeIndex
        self.hasEnded = hasEnded
        self.previous = previous
    }

    /// A log that can only be read from its beginning.
    ///
    /// It costs more than ranges: everything that is not wanted is read too, and twice for a tail.
    ///
    /// - Parameters:
    ///   - stream: Gives the log from its first byte. With `follow` it goes on until the container has ended, without
    ///     it ends where the log ends now.
    ///   - timeIndex: As for a log that can be read anywhere; without one a line counts as written when it arrives.
    ///   - previous: The log of the run before this one, or `nil` where there was none.
    public init(
        stream: @escaping @Sendable (_ follow: Bool) async throws -> ByteStream, timeIndex: LogBytes? = nil,
        previous: (@Sendable () async throws -> LogSource?)? = nil
    ) {
        content = .output(.stream(stream))
        self.timeIndex = timeIndex
        hasEnded = nil
        self.previous = previous
    }

    /// A log whose backend knows every option itself, as a Kubernetes cluster does: what it answers is passed on as it
    /// is, `previous` and the limit of bytes included.
    public init(answering answer: @escaping @Sendable (LogQuery) async throws -> ByteStream) {
        content = .answer(answer)
        timeIndex = nil
        hasEnded = nil
        previous = nil
    }
}
