import InterLinkAPI
import InterLinkPluginKit
import InterLinkSystem
import KubernetesModel

/// Pods as folders below one root, each with a script that runs the containers and writes down how they are.
struct ReferencePlugin: InterLinkPlugin {
    struct Configuration: ConfigurationSection {
        /// Where the folders of the pods are made.
        var root = "/var/lib/interlink-reference"
    }

    private let jobs: JobFolders
    private let commands: CommandRunner

    init(configuration: Configuration, services: PluginServices) throws {
        jobs = JobFolders(root: configuration.root)
        commands = services.commands
    }

    var standingPlacements: [Placement] { [Placement(site: "local")] }

    func place(_ request: CreateRequest) -> Placement { Placement(site: "local") }

    func submit(_ pods: [PodSubmission]) async throws -> [PodUID: Submission] {
        var outcomes: [PodUID: Submission] = [:]
        for pod in pods {
            let mark = pod.mark.description
            try await jobs.make(mark, PodScript(pod.request.pod))
            try await start(jobs.path("run", in: mark))
            outcomes[pod.pod.uid] = .started(JobHandle(id: mark))
        }
        return outcomes
    }

    func list(at placement: Placement) async throws -> [ListedJob] {
        try await jobs.all().map { mark, observation in
            ListedJob(handle: JobHandle(id: mark), mark: mark, observation: observation)
        }
    }

    func find(_ marks: [JobMark], since: Moment?, at placement: Placement) async throws -> [ListedJob]? {
        let wanted = Set(marks.map(\.description))
        return try await list(at: placement).filter { wanted.contains($0.mark) }
    }

    func explain(_ tracked: [TrackedJob]) async throws -> [PodUID: Observation] {
        var found: [PodUID: Observation] = [:]
        for job in tracked { found[job.uid] = try await jobs.observation(of: job.handle.id) ?? .absent }
        return found
    }

    func refresh(_ tracked: [TrackedJob]) async throws -> [PodUID: Observation]? { try await explain(tracked) }

    func stop(_ tracked: [TrackedJob], grace: Duration) async throws {
        for job in tracked {
            try await start(jobs.path("stop", in: job.handle.id), "\(max(0, grace.components.seconds))")
        }
    }

    func remove(_ job: TrackedJob) async throws { try await jobs.remove(job.handle.id) }

    func logs(of container: ContainerReference, in job: TrackedJob) async throws -> LogSource {
        let log = jobs.path("log.\(container.name)", in: job.handle.id)
        let previous = jobs.path("previous.\(container.name)", in: job.handle.id)
        let times = jobs.path("times.\(container.name)", in: job.handle.id)
        return LogSource(
            .file(path: log), timeIndex: .file(path: times), previous: { LogSource(.file(path: previous)) })
    }

    func capacity() async throws -> Capacity? {
        Capacity(cpu: Quantity("16"), memory: Quantity("32Gi"), pods: 200)
    }

    /// Starts a script of ours in a session of its own, so that it goes on without this process.
    ///
    /// The runner ends the group of a program with it, so the line that is waited for says that the group was left.
    private func start(_ script: String, _ arguments: String...) async throws {
        let detached = #"""
            setsid -f /bin/sh -c 'echo left; exec /bin/sh "$0" "$@" >/dev/null 2>&1' "$0" "$@" </dev/null | read -r line
            """#
        let result = try await commands.run(Command("/bin/sh", ["-c", detached, script] + arguments))
        guard result.succeeded else { throw StartFailure(description: result.errorOutput.text) }
    }

    private struct StartFailure: Error, CustomStringConvertible {
        let description: String
    }
}
