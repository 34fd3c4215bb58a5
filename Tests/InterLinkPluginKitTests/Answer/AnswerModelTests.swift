import InterLinkAPI
import InterLinkConformance
import KubernetesModel
import LosslessJSON
import TestSupport
import Testing

@testable import InterLinkPluginKit

/// Long random lives of pods, told to a model of the Virtual Kubelet.
@Suite struct AnswerModelTests {
    @Test(arguments: 0..<8) func noLifeOfAPodHurtsTheVirtualKubelet(block: Int) throws {
        for number in 0..<60 {
            var life = RandomLife(seed: UInt64(block * 10_000 + number))
            try life.run()
        }
    }

    @Test(arguments: 0..<4) func noNonsenseOfABackendHurtsTheVirtualKubelet(block: Int) throws {
        for number in 0..<60 {
            var life = RandomLife(seed: UInt64(1_000_000 + block * 10_000 + number))
            try life.runNonsense()
        }
    }
}

/// A pod with random containers, a job that runs them as Kubernetes would, a backend that sees it badly, a host that is
/// restarted, and a Virtual Kubelet that misses answers and is restarted too.
struct RandomLife {
    private let seed: UInt64
    private var random: SeededGenerator
    private var pod: SamplePod
    private var kubelet: VirtualKubeletModel
    private var job: RandomJob
    private var told: [String: ContainerStatus] = [:]
    private var story: [String] = []
    /// A job that was started again as a whole is back at its beginning.
    private var attempts = 1

    init(seed: UInt64) {
        self.seed = seed
        random = SeededGenerator(seed: seed)
        var names: [String] = []
        for index in 0..<Int.random(in: 0...3, using: &random) {
            names.append((Int.random(in: 0..<3, using: &random) == 0 ? "sidecar:" : "init:") + "i\(index)")
        }
        names.append("c0")
        for index in 1..<Int.random(in: 1...4, using: &random) {
            names.append((Int.random(in: 0..<4, using: &random) == 0 ? "local:" : "") + "c\(index)")
        }
        let policy = [PodDigest.RestartPolicy.never, .onFailure, .always].randomElement(using: &random) ?? .never
        pod = SamplePod(names: names, restartPolicy: policy)
        kubelet = pod.model
        job = RandomJob(pod.digest)
    }

    mutating func run() throws {
        for _ in 0..<Int.random(in: 5...40, using: &random) {
            if chance(2) { job.step(&random) }
            if chance(3) { observe() }
            if chance(12) { restartHost() }
            if chance(2) { try poll() }
            if chance(20) { restartKubelet() }
        }
        // Sooner or later it ends, or gets lost, and the host learns of it.
        let isLost = chance(6)
        if isLost {
            pod.hear(.gone(Ending(reason: "NodeLost", message: "the node is gone")))
            story.append("lost")
        } else {
            while !job.hasEnded { job.step(&random) }
            pod.hear(.ended(job.statuses))
            story.append("ended")
        }
        for _ in 0..<5 { try poll(isReceived: true) }
        let truth = pod.tracked.book.told
        let hasFailed = truth.contains { status in
            let role = pod.digest.containers.first { $0.name == status.name }?.role
            return role != .sidecar && status.state?.terminated.map { $0.exitCode != 0 } ?? false
        }
        check(kubelet.isFinished, "it has ended, and its pod is \(kubelet.phase.rawValue)")
        check((kubelet.phase == .failed) == (hasFailed || job.sidecarFailed), "it ends \(kubelet.phase.rawValue)")
        if !isLost {
            check((kubelet.phase == .failed) == job.hasFailed, "the job knows better than \(kubelet.phase.rawValue)")
        }
    }

    /// States drawn at random, consistent with nothing.
    mutating func runNonsense() throws {
        for _ in 0..<30 {
            let statuses = pod.digest.containers.compactMap { chance(3) ? nil : nonsense($0.name) }
            attempts = Int.random(in: attempts...2, using: &random)
            pod.hear(chance(20) ? .gone(Ending(reason: "r", message: "m")) : .state(statuses, attempt: attempts))
            if chance(6) { restartHost() }
            if chance(8) { restartKubelet() }
            try poll()
        }
        pod.hear(.gone(Ending(reason: "r", message: "m")))
        for _ in 0..<5 { try poll(isReceived: true) }
        check(kubelet.isFinished, "all has ended, and its pod is \(kubelet.phase.rawValue)")
    }

    private mutating func nonsense(_ name: String) -> ContainerStatus {
        let seen = [Seen.waiting, .running, .ended, .failed, .nothing, .nothing].randomElement(using: &random)
        var status = (seen ?? .nothing).status(name, restarts: Int32.random(in: -1...3, using: &random))
        if chance(3) { status.ready = false }
        if chance(3) { status.started = false }
        if chance(5) { status.state?.running = ContainerStateRunning() }
        if chance(9) { status.state?.terminated = ContainerStateTerminated(exitCode: .min) }
        if chance(4) { status.lastState = ContainerState(terminated: ContainerStateTerminated(exitCode: 1)) }
        return status
    }

    /// One chance in so many.
    private mutating func chance(_ many: Int) -> Bool { Int.random(in: 0..<many, using: &random) == 0 }

    private mutating func observe() {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: pod.hear(.unknown(why: "the backend is away"))
        case 1: pod.hear(.absent)
        case 2: pod.hear(.state(job.statuses.filter { _ in chance(2) }))
        case 3: pod.hear(.state(job.statuses.reversed()))
        default: pod.hear(.state(job.statuses))
        }
    }

    private mutating func restartHost() {
        story.append("host restarted")
        let book = StatusBook(
            restoring: StateRecord(
                attempt: pod.tracked.book.attempt, endedAt: pod.tracked.book.endedAt, containers: pod.tracked.book.told)
        )
        let record = PodRecord(
            digest: pod.digest, jobID: pod.tracked.jobID, placement: pod.tracked.placement,
            createdAt: pod.tracked.createdAt, stage: .started(JobHandle(id: "123"), at: Moment(seconds: 0)),
            isClaimed: true)
        pod.tracked = TrackedPod(
            restoring: record, book: book, isDeleted: false, at: Moment(seconds: pod.second),
            settings: LifecycleSettings())
    }

    private mutating func restartKubelet() {
        guard !kubelet.isFinished else { return }
        story.append("Virtual Kubelet restarted")
        kubelet.restart()
        told = [:]
    }

    private mutating func poll(isReceived: Bool = false) throws {
        guard !kubelet.isFinished else { return }
        let body = try pod.answer(to: kubelet.question)
        guard isReceived || !chance(8) else { return }
        let answer = try SamplePod.single(body)
        story.append(answer.short)
        checkNames(answer)
        let wasRunning = kubelet.phase == .running
        do throws(VirtualKubeletModel.Crash) {
            let taken = try kubelet.receive(body)
            check(taken == .merged, "\(taken)")
        } catch {
            check(false, "the Virtual Kubelet crashes: \(error)")
        }
        check(!wasRunning || kubelet.phase != .pending, "it was running, and is pending again")
        checkKept(answer)
        if kubelet.phase == .succeeded {
            check((kubelet.inits + answer.containers).allSatisfy { $0.state?.terminated?.exitCode == 0 }, "no success")
        }
        if chance(2) { kubelet.store() }
    }

    private func checkNames(_ answer: PodStatusAnswer) {
        let expected = pod.digest.containers
        check(answer.initContainers.map { !$0.isEmpty } ?? true, "an empty list of inits")
        check(
            (answer.initContainers ?? []).map(\.name) == expected.filter { $0.role == .initial }.map(\.name),
            "inits are not those of the pod")
        let regular = expected.filter { $0.role == .regular }.map(\.name)
        let names = answer.containers.map(\.name)
        check(Array(names.prefix(regular.count)) == regular, "containers are not those of the pod")
        let local = kubelet.spec.containers.map(\.name).filter { !regular.contains($0) }
        check(names.count == regular.count || Array(names.dropFirst(regular.count)) == local, "a name of no container")
    }

    /// What was told to have ended stays so; what ran does not wait again unless it was restarted.
    private mutating func checkKept(_ answer: PodStatusAnswer) {
        for status in (answer.initContainers ?? []) + answer.containers {
            let state = status.state
            let count = [state?.terminated != nil, state?.running != nil, state?.waiting != nil].count { $0 }
            check(count == 1, "\(status.name) has \(count) states")
            if let before = told[status.name] {
                if let end = before.state?.terminated {
                    check(state?.terminated?.exitCode == end.exitCode, "the end of \(status.name) is taken back")
                }
                let waitsAgain = before.state?.running != nil && state?.waiting != nil
                let isRestarted = status.restartCount > before.restartCount || status.lastState?.terminated != nil
                check(!waitsAgain || isRestarted || attempts > 1, "\(status.name) ran and waits again")
            }
            told[status.name] = status
        }
    }

    private func check(_ holds: Bool, _ what: String) {
        guard !holds else { return }
        let names = pod.digest.containers.map { "\($0.role):\($0.name)" }.joined(separator: " ")
        Issue.record("\(what) [seed \(seed); \(names)]\n\(story.joined(separator: "\n"))")
    }
}

/// A job that runs the containers of a pod one step at a time.
struct RandomJob {
    private let containers: [ContainerDigest]
    private let policy: PodDigest.RestartPolicy
    private(set) var statuses: [ContainerStatus]
    private(set) var hasEnded = false
    private(set) var sidecarFailed = false

    init(_ pod: PodDigest) {
        containers = pod.containers
        policy = pod.restartPolicy
        statuses = pod.containers.map { Seen.waiting.status($0.name) }
    }

    /// As Kubernetes would judge it; sidecars count only if nothing could start because of them.
    var hasFailed: Bool {
        sidecarFailed
            || zip(containers, statuses).contains { container, status in
                container.role != .sidecar && status.state?.terminated.map { $0.exitCode != 0 } ?? false
            }
    }

    mutating func step(_ random: inout SeededGenerator) {
        guard !hasEnded else { return }
        for index in containers.indices where containers[index].role != .regular {
            let status = statuses[index]
            if containers[index].role == .sidecar {
                if status.state?.waiting == nil { continue }
                if Int.random(in: 0..<12, using: &random) == 0 {
                    statuses[index] = Seen.failed.status(status.name)
                    (sidecarFailed, hasEnded) = (true, true)
                } else {
                    statuses[index] = Seen.running.status(status.name)
                }
                return
            }
            if isOver(index) && status.state?.terminated?.exitCode == 0 { continue }
            advance(index, &random)
            if isOver(index) && statuses[index].state?.terminated?.exitCode != 0 { hasEnded = true }
            return
        }
        for index in containers.indices where containers[index].role == .regular { advance(index, &random) }
        let regular = containers.indices.filter { containers[$0].role == .regular }
        hasEnded = regular.allSatisfy { isOver($0) }
    }

    /// It has ended, and is not started again: after the third time a job gives up.
    private func isOver(_ index: Int) -> Bool {
        guard let end = statuses[index].state?.terminated else { return false }
        return !containers[index].mayRestart(after: end.exitCode, under: policy) || statuses[index].restartCount == 3
    }

    private mutating func advance(_ index: Int, _ random: inout SeededGenerator) {
        let status = statuses[index]
        if isOver(index) || Int.random(in: 0..<2, using: &random) == 0 { return }
        if status.state?.terminated != nil {
            let again = Int.random(in: 0..<2, using: &random) == 0 ? Seen.waiting : .running
            statuses[index] = again.status(status.name, restarts: status.restartCount + 1, last: .failed)
            return
        }
        if status.state?.waiting != nil {
            statuses[index] = Seen.running.status(
                status.name, restarts: status.restartCount, last: status.restartCount > 0 ? .failed : nil)
            statuses[index].ready = Int.random(in: 0..<3, using: &random) == 0
            return
        }
        switch Int.random(in: 0..<6, using: &random) {
        case 0, 1: statuses[index] = Seen.ended.status(status.name, restarts: status.restartCount)
        case 2: statuses[index] = Seen.failed.status(status.name, restarts: status.restartCount)
        default: statuses[index].ready.toggle()
        }
    }
}
