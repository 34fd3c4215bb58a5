package import KubernetesModel

/// What a status answer is made from.
package struct PodView: Sendable {
    package let pod: PodDigest
    package let jobID: String
    /// The containers that are known, in the order of the pod. One that is not here has not been seen yet.
    package let statuses: [ContainerStatus]
    /// For containers that are not known: what the pod waits for.
    package let waitingMessage: String
    /// When the newest evidence was taken; nil before the first since the start of the host.
    package let evidence: Moment?
    package let handle: JobHandle?
    /// The pod is being ended; nobody should ask for it any more.
    package let isEnding: Bool
    /// What was told of it before.
    package let marks: ReportMarks

    package init(_ tracked: TrackedPod) {
        pod = tracked.digest
        jobID = tracked.jobID
        statuses = tracked.book.told
        waitingMessage = tracked.trouble ?? tracked.phase.waitingMessage
        evidence = tracked.book.evidence
        handle = tracked.phase.handle
        isEnding = tracked.deletion != nil
        marks = tracked.marks
    }
}
