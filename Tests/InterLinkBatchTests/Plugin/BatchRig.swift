import InterLinkPluginKit
import InterLinkTesting
import Testing

@testable import InterLinkBatch

/// The host in memory, around a batch plugin, around a fake cluster.
final class BatchRig: Sendable {
    static let uid = "0b5e0000-0000-4000-8000-000000000001"

    let folder: TestFolder
    let cluster: FakeCluster
    let host: TestHost

    init(_ configuration: String = "", host settings: String = "", sharesFilesystem: Bool = true) async throws {
        let folder = try TestFolder()
        let cluster = FakeCluster(sharesFilesystem: sharesFilesystem)
        self.folder = folder
        self.cluster = cluster
        let yaml = configuration.isEmpty ? "workspace: { root: \(folder.at("jobs")) }" : configuration
        let parsed = try ConfigurationFile.parse(
            BatchConfiguration<FakeScheduler>.self, yaml: yaml.replacing("ROOT", with: folder.at("jobs"))
        ).value
        host = try await TestHost(configuration: settings) { services in
            try await BatchPlugin<FakeScheduler>(configuration: parsed, services: services) { FakeScheduler(cluster) }
        }
    }

    var workspace: String { "jobs/science-\(Self.uid)" }

    static func pod(_ extra: String = "", annotations: String = "{}") -> String {
        """
        {"metadata":{"name":"fit","namespace":"science","uid":"\(uid)","annotations":\(annotations)},
         "spec":{"restartPolicy":"Never","terminationGracePeriodSeconds":7,
           "containers":[{"name":"main","image":"busybox","command":["true"],
             "env":[{"name":"TOKEN","value":"s3cret"}]}]\(extra)}}
        """
    }

    func create(_ pod: String = pod()) async throws -> TestHost.Answer {
        async let answer = host.create(#"{"pod":\#(pod),"container":[]}"#)
        return try await answer
    }

    /// The state of the only container, as JSON.
    func status() async throws -> String { try await host.status("[\(Self.pod())]").text }

    /// Turns the clock on, a second at a time, until it is so.
    func eventually(
        _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
    ) async throws {
        for _ in 0..<2000 {
            if try await condition() { return }
            await host.clock.turn(by: .seconds(1))
        }
        Issue.record(what, sourceLocation: sourceLocation)
    }

    /// Waits until the status holds this text.
    func tells(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        try await eventually("the status tells \(text)", sourceLocation: sourceLocation) {
            try await status().contains(text)
        }
    }

    /// Writes what the script of the job would: the state, or the closing record.
    func report(_ state: String, exit: Int? = nil, attempt: Int = 1, isClosing: Bool = false) throws {
        let job = try #require(cluster.jobs.last)
        let text = """
            format=1
            mark=\(job.job.mark)
            attempt=\(attempt)
            sequence=\(Int.random(in: 1...1_000_000))
            node=n7
            job=\(job.id)
            phase=\(isClosing ? "ended" : "running")
            closed=\(isClosing ? 1 : 0)
            c0.name=main
            c0.state=\(state)
            c0.started=1800000001
            c0.up=1
            c0.ready=1
            c0.exit=\(exit.map { "\($0)" } ?? "")

            """
        let name = isClosing ? "closing" : "state"
        if cluster.sharesFilesystem {
            try folder.write(text, to: "\(workspace)/\(name).new")
            try folder.move("\(workspace)/\(name).new", to: "\(workspace)/\(name)")
        } else {
            cluster.files.set(text, at: name)
        }
    }
}
