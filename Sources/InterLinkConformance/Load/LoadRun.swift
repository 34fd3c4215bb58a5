import FoundationEssentials
import InterLinkAPI
public import InterLinkHTTPClient
import InterLinkSystem

/// The load of a fleet of virtual nodes on one plugin, or on two side by side.
///
/// Pods are created at a rate, asked for one by one, round after round, as the Virtual Kubelet and the API server of
/// interLink do; logs are read and followed, pings sent, and in the end every pod is deleted, also when the task is
/// cancelled meanwhile.
///
/// ```swift
/// let report = try await LoadRun(endpoints: [.unixSocket("/run/plugin.sock")], options: options).run()
/// print(report.summary)
/// ```
public struct LoadRun: Sendable {
    /// The plugins; calls on several are made in turn, so that all see the same machine.
    public let endpoints: [InterLinkEndpoint]
    /// What the load is made of.
    public let options: LoadOptions

    /// A load on these plugins.
    public init(endpoints: [InterLinkEndpoint], options: LoadOptions = LoadOptions()) {
        self.endpoints = endpoints
        self.options = options
    }

    /// Runs the load and deletes its pods. Cancelling the task shortens it to the deletes; the report then tells what was
    /// seen until then.
    ///
    /// - Parameter progress: Called about once a second.
    /// - Returns: What was seen.
    /// - Throws: ``LoadError`` when there was nothing to load; then nothing was created either.
    public func run(
        progress: @escaping @Sendable (LoadProgress) -> Void = { _ in }
    ) async throws(LoadError) -> LoadReport {
        if endpoints.isEmpty { throw .options("a load needs a plugin") }
        if let problem = options.problem { throw .options(problem) }
        DescriptorLimit.raise()
        let began = WallTime.now
        let clock = LoadClock()
        let targets = try makeTargets(clock)
        defer { for target in targets { target.close() } }
        for target in targets { try await target.reach() }

        let watches = targets.map { ProcessWatch($0.endpoint, clock: clock) }
        let watching = watches.map { watch in Task { await watch.run() } }
        let conductor = LoadConductor(options, targets, clock: clock)
        let telling = Task {
            while (try? await Task.sleep(for: .seconds(1))) != nil { progress(conductor.progress) }
        }
        // The work is not a child of the caller's task: its deletes must not be cancelled with it.
        let work = Task { await conductor.conduct() }
        await withTaskCancellationHandler {
            await work.value
        } onCancel: {
            conductor.stop()
        }
        for task in watching + [telling] { task.cancel() }
        for task in watching + [telling] { await task.value }
        return LoadReport(
            options: options, began: began.timestamp, took: clock.now, wasInterrupted: conductor.wasStopped,
            plugins: zip(targets, watches).map { LoadReport.Plugin($0, $1.record) })
    }

    private func makeTargets(_ clock: LoadClock) throws(LoadError) -> [LoadTarget] {
        let load = UUID().uuidString.lowercased().prefix(6)
        let requests = PodRequests(options: options, load: String(load))
        var targets: [LoadTarget] = []
        for endpoint in endpoints {
            // Each plugin has pods of its own: two that share a backend must not meet.
            let pods = (0..<options.pods).map { index in
                LoadPod(
                    index: index, uid: UUID().uuidString.lowercased(), load: "\(load)-\(targets.count)",
                    options: options)
            }
            do {
                targets.append(try LoadTarget(endpoint, pods, requests: requests, clock: clock))
            } catch {
                throw .system("\(error)")
            }
        }
        return targets
    }
}
