public import InterLinkAPI
import KubernetesModel

extension LogQuery {
    /// What a request of interLink asks for, whose zeros mean "not set".
    public init(_ options: LogOptions) {
        self.init(
            tail: options.tailLines.map { Int(clamping: $0) },
            since: options.since.map { .time($0.secondsSinceEpoch) } ?? options.secondsBack.map { .secondsAgo($0) },
            limitBytes: options.byteLimit, timestamps: options.wantsTimestamps, follow: options.wantsFollow,
            previous: options.wantsPrevious)
    }
}
