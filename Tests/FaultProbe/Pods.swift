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
    /// Is over before anybody can list it, with code 3.
    case brief
    /// The same, and the answer to its submission is lost.
    case briefLost
    /// The same, and it is deleted meanwhile.
    case briefDeleted

    static let endCode = 3

    /// How long its job runs, if it ends by itself.
    var runMilliseconds: Int? {
        switch self {
        case .short: 250
        case .brief, .briefLost, .briefDeleted: 1
        case .plain, .answerLost, .spooled, .deletedWhileRunning, .deletedDuringCreate, .deletedBeforeCreate,
            .deletedInQueue, .late, .failed, .stopFails, .doubled:
            nil
        }
    }

    var uid: PodUID? { PodUID("00000000-0000-4000-8000-\(100_000_000_000 + rawValue)") }

    var fault: ScriptedFault? {
        switch self {
        case .plain, .deletedWhileRunning, .short, .deletedBeforeCreate, .stopFails, .brief: nil
        case .answerLost, .briefLost, .briefDeleted: .loseAnswer
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
        case .plain, .answerLost, .spooled, .short, .failed, .doubled, .brief, .briefLost: nil
        case .deletedWhileRunning, .stopFails: .milliseconds(300)
        case .deletedDuringCreate, .deletedInQueue, .late, .briefDeleted: .milliseconds(20)
        case .deletedBeforeCreate: .zero
        }
    }

    /// At a site of its own, so that the troubles of one do not become those of its neighbours in a batch.
    func request() throws -> CreateRequest {
        let ending =
            runMilliseconds.map { #", "run-milliseconds": "\#($0)", "exit-code": "\#(Self.endCode)""# } ?? ""
        let body = """
            {"pod": {"metadata": {"uid": "\(uid?.text ?? "")", "name": "p\(rawValue)", "namespace": "n",
                "annotations": {"site": "s\(rawValue)"\(ending)}},
                "spec": {"restartPolicy": "Never", "terminationGracePeriodSeconds": 0,
                    "containers": [{"name": "main", "image": "busybox", "resources": {}}]}}, "container": []}
            """
        return try JSON.decode(CreateRequest.self, from: Array(body.utf8))
    }
}
