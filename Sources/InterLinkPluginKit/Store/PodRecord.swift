package import KubernetesModel

/// All that is kept of a pod over a restart.
package struct PodRecord: Equatable, Sendable {
    package let digest: PodDigest
    /// The `PodJID` that interLink is told: chosen by the host, the same for ever.
    package let jobID: String
    package let placement: Placement
    package let createdAt: Moment
    package var stage: SubmissionStage
    /// InterLink is known to hold our answer: it was delivered, or asked about.
    package var isClaimed: Bool
    package var states: StateRecord?
    package var deletion: DeletionRecord?

    package init(
        digest: PodDigest, jobID: String, placement: Placement, createdAt: Moment, stage: SubmissionStage = .intended,
        isClaimed: Bool = false, states: StateRecord? = nil, deletion: DeletionRecord? = nil
    ) {
        self.digest = digest
        self.jobID = jobID
        self.placement = placement
        self.createdAt = createdAt
        self.stage = stage
        self.isClaimed = isClaimed
        self.states = states
        self.deletion = deletion
    }

    package var uid: PodUID { digest.uid }
}

/// How far a pod's submission is known to have come.
package enum SubmissionStage: Hashable, Sendable {
    /// The backend may have been called, or not: after a restart only its list can tell.
    case intended
    /// The backend was not asked, or had no room: there is no job, and after a restart none has to be looked for.
    case waiting
    case started(JobHandle, at: Moment)
    /// The backend refused it for good.
    case rejected(why: String)

    package var handle: JobHandle? {
        if case .started(let handle, _) = self { handle } else { nil }
    }
}

/// The container states as they were last written down.
package struct StateRecord: Equatable, Sendable {
    package let attempt: Int
    /// When the pod was first seen to have ended, if it has.
    package let endedAt: Moment?
    package let containers: [ContainerStatus]

    package init(attempt: Int, endedAt: Moment?, containers: [ContainerStatus]) {
        self.attempt = attempt
        self.endedAt = endedAt
        self.containers = containers
    }
}

/// A delete that was answered and is not yet carried out.
package struct DeletionRecord: Hashable, Sendable {
    package let at: Moment
    package let grace: Duration

    package init(at: Moment, grace: Duration) {
        self.at = at
        self.grace = grace
    }
}

/// The memory of a pod that shall have no job any more: one that turns up late is stopped.
package struct Tombstone: Hashable, Sendable {
    package let uid: PodUID
    package let namespace: String
    package let name: String
    /// Nil when the delete came for a pod that was never seen.
    package let placement: Placement?
    package let at: Moment
    /// False when the host withdrew the pod by itself: a create may then still come, and begins anew.
    package let isDeleted: Bool

    package init(
        uid: PodUID, namespace: String, name: String, placement: Placement?, at: Moment, isDeleted: Bool
    ) {
        self.uid = uid
        self.namespace = namespace
        self.name = name
        self.placement = placement
        self.at = at
        self.isDeleted = isDeleted
    }
}
