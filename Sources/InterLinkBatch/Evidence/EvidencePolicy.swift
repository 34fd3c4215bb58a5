import InterLinkPluginKit

/// What a site decides about evidence that does not agree.
package struct EvidencePolicy: Equatable, Sendable {
    /// Whom to believe when the scheduler says that memory ran out, and every container says that it ended well.
    package enum OutOfMemory: String, Decodable, Equatable, Sendable, CaseIterable {
        /// The scheduler: the containers have failed.
        case failed
        /// The containers: a helper of theirs was killed, and they got over it.
        case containersDecide
    }

    /// How long a closing record may take to become visible after the scheduler has seen the job end.
    package var resultsWait: Duration
    package var outOfMemory = OutOfMemory.failed

    package init(resultsWait: Duration) { self.resultsWait = resultsWait }
}
