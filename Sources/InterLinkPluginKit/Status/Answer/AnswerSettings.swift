/// How a site wants its pods to be told.
package struct AnswerSettings: Hashable, Sendable {
    /// What stands before `://` in the id of a container for which the backend gave none.
    package var scheme: String
    /// Containers that run and are not ready yet are told as waiting: a Virtual Kubelet takes all that runs for ready.
    package var holdsUntilReady: Bool

    package init(scheme: String = "interlink", holdsUntilReady: Bool = true) {
        self.scheme = scheme
        self.holdsUntilReady = holdsUntilReady
    }

    /// Longer texts are cut: a Virtual Kubelet stores them all. The limit of Kubernetes for one termination message.
    static let longestMessage = 4096
    static let longestWord = 256
}
