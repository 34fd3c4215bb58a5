/// A rule that holds for every answer about every pod of a run, whichever check asks.
enum StandingRule: String, Hashable, Sendable, CaseIterable {
    /// The answer kills the Virtual Kubelet.
    case survives
    /// The pod is shown to have succeeded, and has not.
    case noEarlySuccess
    /// What had ended goes on.
    case endIsKept
    /// The answer is about another pod.
    case podThatWasAsked
    /// A container is missing, too many, or out of order.
    case everyContainer
    /// A container has no state, or more than one.
    case oneState
    /// interLink cannot read the answer.
    case readable
    /// A running pod is told as waiting though nothing was started again.
    case noWayBack
    /// Pods that were deleted stay.
    case leavesNothing
}
