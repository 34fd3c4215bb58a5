import Glibc
import InterLinkAPI
import InterLinkPluginKit
import InterLinkTesting
import KubernetesModel

/// A host with its client, which dies at the failpoint that it is armed with.
struct HostProcess {
    enum Mode: String {
        /// Creates and deletes the pods of the round.
        case first
        /// The same, and is asked to end while some of them come and others have only just come.
        case leaving
        /// After a restart: asks for answered pods, and creates unanswered ones again.
        case asking
        /// After a restart: nobody names any pod.
        case nobody
    }

    let mode: Mode
    let clock: TurnableClock
    let diary: Diary
    let backend: ScriptedBackend
    let lifecycle: Lifecycle
    let engine: StatusEngine

    static func run(folder: String, mode: Mode) async throws {
        guard let failpoints = Failpoints(environment: getenv("INTERLINK_FAILPOINT").map { String(cString: $0) }) else {
            throw ProbeError(description: "no such failpoint")
        }
        let clock = TurnableClock(SystemTimeSource().now)
        let backend = ScriptedBackend(clock: clock, journal: folder + "/backend")
        let store = try await Store.open(at: folder + "/records")
        clock.passesThrough { _ = try? await store.perform { _ in } }
        let lifecycle = Lifecycle(
            plugin: ScriptedPlugin(backend), store: store, clock: clock, settings: settings, failpoints: failpoints)
        try await lifecycle.restore()
        let host = HostProcess(
            mode: mode, clock: clock, diary: Diary(path: folder + "/diary"), backend: backend, lifecycle: lifecycle,
            engine: StatusEngine(lifecycle: lifecycle))
        backend.order(.fail, for: .find)
        backend.order(.hang, for: .find)
        Task { await turn(clock) }
        Task { await lifecycle.run() }
        Task { await host.engine.run() }
        try await host.serve()
        if mode == .leaving { return await store.close() }
        host.diary.write(.rested, 0, "\(clock.now.nanoseconds)")
        for pod in TestPod.allCases {
            guard let uid = pod.uid, let tracked = lifecycle.table.pod(uid) else { continue }
            host.diary.write(.final, pod.rawValue, Self.exitCode(of: tracked.book.told).map(String.init) ?? "-")
        }
        await store.close()
    }

    /// Turns the clock of all that goes by time, host, backend and clients: never ahead of the machine's, and only when
    /// everybody has done what was to be done until then. So what is late because the machine is busy is not late here.
    private static func turn(_ clock: TurnableClock) async {
        let machine = SystemTimeSource()
        let step = Duration.milliseconds(10)
        while (try? await machine.sleep(until: clock.now + step)) != nil { await clock.turn(by: step) }
    }

    /// Everything a hundred times faster than in life.
    private static var settings: LifecycleSettings {
        var settings = LifecycleSettings()
        settings.createWait = .milliseconds(150)
        settings.settle = .milliseconds(150)
        settings.abandonedCall = .milliseconds(150)
        settings.claim = .milliseconds(500)
        settings.callDeadline = .milliseconds(300)
        settings.absence = .milliseconds(400)
        settings.stopMargin = .milliseconds(100)
        settings.firstRetry = .milliseconds(20)
        settings.lastRetry = .milliseconds(200)
        settings.listFloor = .milliseconds(25)
        settings.listCeiling = .milliseconds(100)
        settings.refreshFloor = .milliseconds(50)
        settings.patience = .milliseconds(100)
        settings.concurrentSubmits = 16
        return settings
    }

    private func serve() async throws {
        let earlier = diary.lines()
        await withTaskGroup(of: Void.self) { group in
            switch mode {
            case .first:
                for pod in TestPod.allCases { group.addTask { await live(pod) } }
            case .leaving:
                for pod in TestPod.allCases { group.addTask { await liveAroundTheEnd(pod) } }
                await leave()
                // Who is still there does the rest of its life in a hurry.
                group.cancelAll()
                return await group.waitForAll()
            case .asking:
                let deleting = diary.pods(.deleting)
                let known = diary.pods(.answered)
                for pod in TestPod.allCases where !deleting.contains(pod.rawValue) {
                    if pod == .late {
                        // It comes later than the settle time, which only a pod that is deleted may do.
                        group.addTask { await delete(pod) }
                    } else if known.contains(pod.rawValue) {
                        group.addTask { await watch(pod) }
                    } else if earlier.contains(where: { $0.number == pod.rawValue && $0.entry == .asked }) {
                        group.addTask {
                            await create(pod)
                            await watch(pod)
                        }
                    }
                }
            case .nobody: break
            }
            group.addTask { await settle() }
            await group.next()
            await group.waitForAll()
        }
    }

    /// Every second pod is created when the host takes its leave already.
    private func liveAroundTheEnd(_ pod: TestPod) async {
        if pod.rawValue % 2 == 0 { try? await clock.sleep(for: .milliseconds(60)) }
        await live(pod)
    }

    private func leave() async {
        try? await clock.sleep(for: .milliseconds(50))
        await lifecycle.drain(within: .milliseconds(200))
        try? await clock.sleep(for: .milliseconds(50))
        await lifecycle.leave()
    }

    /// The life of a pod as its client sees it.
    private func live(_ pod: TestPod) async {
        guard let uid = pod.uid else { return }
        if let fault = pod.fault { backend.order(fault, for: .submit, of: uid) }
        if pod == .stopFails {
            backend.order(.loseAnswer, for: .stop, of: uid)
            backend.order(.fail, for: .remove, of: uid)
        }
        if pod == .deletedBeforeCreate {
            await delete(pod)
            await create(pod)
            return
        }
        async let created: Void = create(pod)
        if let deletion = pod.deletion {
            try? await clock.sleep(for: deletion)
            await delete(pod)
        }
        await created
        await watch(pod)
    }

    private func create(_ pod: TestPod) async {
        guard let uid = pod.uid, let request = try? pod.request() else { return }
        diary.write(.asked, pod.rawValue)
        do {
            _ = try await lifecycle.create(request)
            diary.write(.answered, pod.rawValue)
            await lifecycle.answered(uid, delivered: true)
            diary.write(.claimed, pod.rawValue)
        } catch {
            diary.write(.refused, pod.rawValue)
        }
    }

    private func delete(_ pod: TestPod) async {
        guard let uid = pod.uid else { return }
        var reference = PodReference()
        reference.uid = uid.text
        reference.namespace = "n"
        reference.name = "p\(pod.rawValue)"
        reference.deletionGracePeriodSeconds = 0
        diary.write(.deleting, pod.rawValue)
        do {
            try await lifecycle.delete(reference)
            diary.write(.deleted, pod.rawValue)
        } catch {
            return
        }
    }

    /// Polls like a Virtual Kubelet, for a second or until the pod has ended.
    private func watch(_ pod: TestPod) async {
        guard let uid = pod.uid, !diary.pods(.deleting).contains(pod.rawValue) else { return }
        let jobID = diary.pods(.answered).contains(pod.rawValue) ? lifecycle.table.pod(uid)?.jobID : nil
        for _ in 0..<20 {
            if let view = lifecycle.view(of: uid, jobID: jobID), let code = Self.exitCode(of: view.statuses) {
                diary.write(.told, pod.rawValue, "\(code)")
                return
            }
            try? await clock.sleep(for: .milliseconds(50))
        }
    }

    /// Waits until nothing is open any more: late jobs have come, claims have been made or missed, deletes are done.
    private func settle() async {
        let start = clock.now
        var calm = 0
        while calm < 5 && clock.now - start < .seconds(20) {
            try? await clock.sleep(for: .milliseconds(50))
            let areSeen = lifecycle.table.all.allSatisfy { isSeen($0) }
            let isLate = clock.now - start > .milliseconds(mode == .first ? 1000 : 900)
            let isQuiet = await lifecycle.isQuiet
            calm = isLate && areSeen && isQuiet ? calm + 1 : 0
        }
        if calm < 5 { diary.write(.restless, 0) }
    }

    /// The host knows how the job is.
    private func isSeen(_ pod: TrackedPod) -> Bool {
        guard let handle = pod.phase.handle, !pod.hasEnded else { return true }
        let job = backend.jobs.first { $0.id == handle.id }
        return pod.book.evidence != nil && job?.isLive(at: clock.now) == true
    }

    private static func exitCode(of statuses: [ContainerStatus]) -> Int32? {
        statuses.first?.state?.terminated?.exitCode
    }
}

struct ProbeError: Error, CustomStringConvertible {
    let description: String
}
