import InterLinkAPI
import KubernetesModel
import Testing

@testable import InterLinkConformance

/// One pod with two containers is told of again and again; what cannot be true must be noticed, and nothing else.
@Suite struct PodWitnessTests {
    private var witness: PodWitness
    private let pod: LoadPod

    init() {
        // Number 3 ends with a code of its own, and has a second container.
        pod = LoadPod(index: 4 * 4 + 3, uid: "u", load: "abc", options: Self.options)
        witness = PodWitness(pod, image: "busybox")
    }

    private static var options: LoadOptions {
        var options = LoadOptions()
        options.nodes = 4
        return options
    }

    private enum Told {
        case waiting, running
        case ended(Int32)
        case nothing
    }

    private func status(_ name: String, _ told: Told, restarts: Int32 = 0) -> ContainerStatus {
        var state = ContainerState()
        switch told {
        case .waiting: state.waiting = ContainerStateWaiting(reason: "Queued")
        case .running: state.running = ContainerStateRunning(startedAt: Timestamp(secondsSinceEpoch: 1000))
        case .ended(let code):
            state.terminated = ContainerStateTerminated(
                exitCode: code, finishedAt: Timestamp(secondsSinceEpoch: 1001),
                startedAt: Timestamp(secondsSinceEpoch: 1000))
        case .nothing: break
        }
        return ContainerStatus(image: "", imageID: "", name: name, ready: false, restartCount: restarts, state: state)
    }

    private func answer(_ main: Told, _ helper: Told = .ended(0)) -> PodStatusAnswer {
        PodStatusAnswer(
            uid: pod.uid, containers: [status(pod.containers[0], main), status(pod.containers[1], helper)],
            name: pod.name, namespace: "interlink-bench")
    }

    private mutating func hear(_ answers: [PodStatusAnswer], isExpected: Bool = true) -> [Untruth.Kind] {
        let times = PodWitness.Times(
            created: WallTime(seconds: 999), asked: WallTime(seconds: 1001), heard: WallTime(seconds: 1002))
        return witness.hear(answers, isExpected: isExpected, times).map(\.kind)
    }

    private var code: Int32 { pod.exitCode(of: pod.main) ?? -1 }

    @Test mutating func anOrdinaryLifeIsTrue() {
        #expect(pod.containers.count == 2)
        #expect(hear([], isExpected: false) == [])
        #expect(hear([answer(.waiting, .waiting)]) == [])
        #expect(hear([answer(.running, .running)]) == [])
        #expect(hear([answer(.running)]) == [])
        #expect(!witness.isFinal)
        #expect(hear([answer(.ended(code))]) == [])
        #expect(witness.isFinal)
        #expect(witness.endSeen == WallTime(seconds: 1002))
        #expect(witness.held.allSatisfy { $0.state?.terminated != nil })
    }

    @Test mutating func anUnknownPodIsForgottenOnlyOnceItWasTaken() {
        #expect(hear([], isExpected: false) == [])
        #expect(hear([]) == [.forgotten])
    }

    @Test mutating func anotherPodsStatusIsNoticed() {
        var other = answer(.running)
        other.uid = "v"
        #expect(hear([other]) == [.otherPod])
        #expect(witness.runSeen == nil, "it says nothing of this pod")
        #expect(hear([answer(.running), other]) == [.unaskedPods])
    }

    @Test mutating func listsOfContainersAreLookedAt() {
        var wrong = answer(.running)
        wrong.containers.reverse()
        #expect(hear([wrong]) == [.wrongContainers])
        wrong.containers.removeLast()
        #expect(hear([wrong]) == [.wrongContainers])
        wrong.containers = []
        #expect(hear([wrong]) == [.noContainers])
    }

    @Test mutating func aContainerHasAState() {
        #expect(hear([answer(.nothing)]) == [.noState])
    }

    @Test mutating func anEndStays() {
        #expect(hear([answer(.ended(code))]) == [])
        #expect(hear([answer(.running)]) == [.takenBack])
        #expect(hear([answer(.ended(code + 1))]) == [.takenBack])
        #expect(hear([answer(.ended(code))]) == [])
    }

    @Test mutating func aRunningContainerWaitsOnlyAfterARestart() {
        #expect(hear([answer(.running)]) == [])
        #expect(hear([answer(.waiting)]) == [.backToWaiting])
        var restarted = answer(.waiting)
        restarted.containers[0].restartCount = 1
        #expect(hear([restarted]) == [])
    }

    @Test mutating func codesAreKnownBeforehand() {
        #expect(hear([answer(.ended(code + 1))]) == [.wrongExitCode])
    }

    @Test func aPodThatStaysDoesNotEnd() throws {
        let pod = try #require(
            (0..<20).lazy.map { LoadPod(index: $0, uid: "u", load: "abc", options: Self.options) }
                .first { $0.role == .stays && $0.containers.count == 1 })
        var witness = PodWitness(pod, image: "busybox")
        let told = PodStatusAnswer(
            uid: "u", containers: [status(pod.main, .ended(0))], name: pod.name, namespace: "interlink-bench")
        let times = PodWitness.Times(
            created: WallTime(seconds: 999), asked: WallTime(seconds: 1001), heard: WallTime(seconds: 1002))
        #expect(witness.hear([told], isExpected: true, times).map(\.kind) == [.wrongEnd])
    }

    @Test(arguments: [
        (500, 1001), (1000, 5000), (1001, 1000),
    ])
    mutating func timesArePossible(start: Int64, finish: Int64) {
        var told = answer(.ended(code))
        told.containers[0].state?.terminated?.startedAt = Timestamp(secondsSinceEpoch: start)
        told.containers[0].state?.terminated?.finishedAt = Timestamp(secondsSinceEpoch: finish)
        #expect(hear([told]) == [.impossibleTime])
    }

    @Test func logsAreComparedWithWhatWasPrinted() {
        let mine = "interlink-load u start 1000.5\ninterlink-load u end 1001.5\n"
        func kinds(_ text: String, hasEnded: Bool = true) -> [Untruth.Kind] {
            LogWitness(text, of: pod, container: pod.main).untruths(hasEnded: hasEnded).map(\.kind)
        }
        #expect(kinds(mine) == [])
        #expect(kinds("", hasEnded: false) == [])
        #expect(kinds("") == [.logIncomplete])
        #expect(kinds("interlink-load u start 1000.5\n") == [.logIncomplete])
        #expect(kinds(mine + mine) == [.ranTwice])
        #expect(kinds(mine + "interlink-load v end 1001.5\n") == [.otherLog])
        #expect(kinds("noise\n2026-11-20T08:36:23Z " + mine) == [])
    }

    @Test func anEndIsNotToldBeforeItComes() {
        let log = LogWitness("interlink-load u end 1010.000000000\n", of: pod, container: pod.main)
        #expect(log.earlyEnd(seen: WallTime(seconds: 1001))?.kind == .toldTooEarly)
        #expect(log.earlyEnd(seen: WallTime(seconds: 1010)) == nil)
        #expect(log.earlyEnd(seen: nil) == nil)
    }

    @Test func followedLogsEndWithTheirContainer() {
        let fleet = FleetPod(pod, image: "busybox")
        var reader = FollowReader(fleet)
        #expect(reader.read(Array("interlink-load u start 1000.5\ninterlink-l".utf8)).map(\.event) == [.start])
        #expect(reader.end(error: nil).map(\.kind) == [.followEndedEarly])
        #expect(reader.read(Array("oad u end 1001.5\n".utf8)).map(\.event) == [.end])
        #expect(reader.end(error: nil) == [])
    }
}
