import InterLinkAPI
import InterLinkPluginKit
import InterLinkTesting
import LosslessJSON

/// The pods of a round, each with its own trouble.
enum TestPod: Int, CaseIterable {
    case plain = 1
    case answerLost
    /// Too busy until after the soft limit.
    case spooled
    case deletedWhileRunning
    /// Accepted a little after the error, and deleted meanwhile.
    case deletedDuringCreate
    /// Ends by itself with code 3.
    case short
    case deletedBeforeCreate
    case deletedInQueue
    /// Accepted long after it was given up and forgotten.
    case late
    /// Its submission fails, and has done nothing.
    case failed
    case stopFails
    /// Accepted later than the settle time promises, after which there is a second job: that one is stopped.
    case doubled

    static let shortCode = 3

    var uid: PodUID? { PodUID("00000000-0000-4000-8000-\(100_000_000_000 + rawValue)") }

    var fault: ScriptedFault? {
        switch self {
        case .plain, .deletedWhileRunning, .short, .deletedBeforeCreate, .stopFails: nil
        case .answerLost: .loseAnswer
        case .spooled: .busy(.milliseconds(250))
        case .deletedDuringCreate: .acceptLater(.milliseconds(60))
        case .deletedInQueue: .busy(.milliseconds(400))
        case .late, .doubled: .acceptLater(.milliseconds(700))
        case .failed: .fail
        }
    }

    /// When the client deletes it, counted from its create.
    var deletion: Duration? {
        switch self {
        case .plain, .answerLost, .spooled, .short, .failed, .doubled: nil
        case .deletedWhileRunning, .stopFails: .milliseconds(300)
        case .deletedDuringCreate, .deletedInQueue, .late: .milliseconds(20)
        case .deletedBeforeCreate: .zero
        }
    }

    /// At a site of its own, so that the troubles of one do not become those of its neighbours in a batch.
    func request() throws -> CreateRequest {
        let short = self == .short ? #", "run-milliseconds": "250", "exit-code": "\#(Self.shortCode)""# : ""
        let body = """
            {"pod": {"metadata": {"uid": "\(uid?.text ?? "")", "name": "p\(rawValue)", "namespace": "n",
                "annotations": {"site": "s\(rawValue)"\(short)}},
                "spec": {"restartPolicy": "Never", "terminationGracePeriodSeconds": 0,
                    "containers": [{"name": "main", "image": "busybox", "resources": {}}]}}, "container": []}
            """
        return try JSON.decode(CreateRequest.self, from: Array(body.utf8))
    }
}
