import InterLinkPluginKit

extension BatchJobEnd {
    /// The end in the words of Kubernetes, for containers whose own end nobody has recorded.
    func ending(of job: String) -> Ending {
        let told = message.isEmpty ? "" : ": \(message)"
        return switch cause {
        case .success:
            Ending(
                reason: "ResultsMissing",
                message:
                    "\(job) ended well for the scheduler, but left no results: how its containers ended is not known"
                    + told)
        case .failure:
            Ending(reason: "Error", message: "\(job) ended\(howItEnded) without leaving results\(told)")
        case .cancelled: Ending(reason: "Cancelled", message: "\(job) was cancelled\(told)")
        case .timeLimit: Ending(reason: "DeadlineExceeded", message: "\(job) ran into its time limit\(told)")
        case .outOfMemory: Ending(reason: "OOMKilled", message: "\(job) used more memory than it was allowed to\(told)")
        case .nodeFailure: Ending(reason: "NodeLost", message: "the machine of \(job) failed\(told)")
        case .preempted: Ending(reason: "Preempted", message: "\(job) had to make room for another one\(told)")
        case .evicted: Ending(reason: "Evicted", message: "\(job) was evicted\(told)")
        case .launchFailure: Ending(reason: "StartError", message: "\(job) could not be started\(told)")
        }
    }

    private var howItEnded: String {
        if let signal { return " by signal \(signal)" }
        if let exitCode { return " with exit code \(exitCode)" }
        return ""
    }

    /// Whether the scheduler itself ended the job, so that it knows better than a container why that was killed.
    var isVerdict: Bool {
        switch cause {
        case .success, .failure, .launchFailure: false
        case .cancelled, .timeLimit, .outOfMemory, .nodeFailure, .preempted, .evicted: true
        }
    }
}
