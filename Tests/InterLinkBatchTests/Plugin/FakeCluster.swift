import Glibc
import InterLinkAPI
import InterLinkPluginKit
import InterLinkSystem
import KubernetesModel

@testable import InterLinkBatch

/// A queue system in memory, whose jobs do what a test says.
final class FakeCluster: Sendable {
    struct Job: Sendable {
        let job: BatchJob
        let id: String
        var state = BatchJobState.queued(reason: "Resources", message: "no node is free")
        var attempt: Int?
        var isListed = true
    }

    struct Stop: Equatable, Sendable {
        let id: String
        let grace: Duration
    }

    struct State: Sendable {
        var jobs: [Job] = []
        var stops: [Stop] = []
        var removed: [String] = []
        var submissions = 0
        /// What a submission answers instead of a job.
        var answer: Submission?
        var losesAnswers = false
        /// Whether the script was there, and runnable, when its job was submitted.
        var scriptWasThere = true
        var listener: AsyncThrowingStream<BatchSighting, any Error>.Continuation?
    }

    private let state = Lock(State())
    let sharesFilesystem: Bool
    /// The files of jobs, where no filesystem is shared.
    let files = FakeFiles()

    init(sharesFilesystem: Bool = true) { self.sharesFilesystem = sharesFilesystem }

    func with<Result: Sendable>(_ body: (inout State) -> Result) -> Result { state.withLock { body(&$0) } }

    var jobs: [Job] { with { $0.jobs } }
    var stops: [Stop] { with { $0.stops } }

    func set(_ newState: BatchJobState, attempt: Int? = nil, isListed: Bool = true) {
        with { state in
            for index in state.jobs.indices {
                state.jobs[index].state = newState
                state.jobs[index].attempt = attempt
                state.jobs[index].isListed = isListed
            }
        }
    }

    func push() {
        with { state in for job in state.jobs { _ = state.listener?.yield(job.sighting) } }
    }
}

extension FakeCluster.Job {
    var sighting: BatchSighting {
        BatchSighting(handle: JobHandle(id: id), mark: job.mark.description, state: state, attempt: attempt)
    }
}

/// Files by path, with nothing behind them.
final class FakeFiles: JobFiles {
    private let contents = Lock<[String: [UInt8]]>([:])

    func set(_ text: String, at path: String) { contents.withLock { $0[path] = Array(text.utf8) } }

    func read(_ path: String, from offset: Int64, count: Int) async throws -> [UInt8]? {
        contents.withLock { $0[path] }.map { Array($0.dropFirst(Int(offset)).prefix(count)) }
    }

    func size(of path: String) async throws -> Int64? { contents.withLock { $0[path] }.map { Int64($0.count) } }
}

struct FakeScheduler: BatchScheduler {
    struct Configuration: ConfigurationSection {
        var queue = "short"
    }

    static let kind = "fake"
    let cluster: FakeCluster

    struct LostAnswer: Error {}

    init(_ cluster: FakeCluster) { self.cluster = cluster }
    init(configuration: Configuration, services: PluginServices) { cluster = FakeCluster() }

    var sharesFilesystem: Bool { cluster.sharesFilesystem }
    var standingPlacements: [Placement] { [Placement(site: "fake")] }

    func prepare(_ resources: inout JobResources, for request: CreateRequest) throws {
        struct Refused: Error, CustomStringConvertible { let description = "there is no such queue" }
        if request.pod.metadata.annotations?["queue"] != nil { throw Refused() }
    }

    func submit(_ jobs: [BatchJob]) async throws -> [PodUID: Submission] {
        try cluster.with { state -> Result<[PodUID: Submission], LostAnswer> in
            state.submissions += 1
            var answers: [PodUID: Submission] = [:]
            for job in jobs {
                if access(job.scriptPath, X_OK) != 0 { state.scriptWasThere = false }
                if let answer = state.answer {
                    answers[job.pod.uid] = answer
                    continue
                }
                let id = "\(100 + state.jobs.count)"
                state.jobs.append(FakeCluster.Job(job: job, id: id))
                answers[job.pod.uid] = .started(JobHandle(id: id))
            }
            return state.losesAnswers ? .failure(LostAnswer()) : .success(answers)
        }.get()
    }

    func list(at placement: Placement) async throws -> [BatchSighting] {
        cluster.jobs.filter(\.isListed).map(\.sighting)
    }

    func explain(_ jobs: [TrackedJob]) async throws -> [PodUID: BatchSighting] {
        cluster.jobs.reduce(into: [:]) { $0[$1.job.pod.uid] = $1.sighting }
    }

    func stop(_ jobs: [TrackedJob], grace: Duration) async throws {
        cluster.with { state in
            for job in jobs { state.stops.append(FakeCluster.Stop(id: job.handle.id, grace: grace)) }
        }
    }

    func remove(_ job: TrackedJob) async throws { cluster.with { $0.removed.append(job.handle.id) } }

    func files(of job: TrackedJob) -> (any JobFiles)? { cluster.sharesFilesystem ? nil : cluster.files }

    var events: (any AsyncSequence<BatchSighting, any Error> & Sendable)? {
        AsyncThrowingStream { continuation in cluster.with { $0.listener = continuation } }
    }
}
