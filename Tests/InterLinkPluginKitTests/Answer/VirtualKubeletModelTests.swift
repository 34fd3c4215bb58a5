import InterLinkAPI
import KubernetesModel
import LosslessJSON
import Testing

@testable import InterLinkPluginKit

/// The model dies of what the program dies of. Without this, no test that uses it could fail.
@Suite struct VirtualKubeletModelTests {
    private func answer(_ pod: SamplePod, inits: [ContainerStatus]? = nil, _ containers: [ContainerStatus]) -> [UInt8] {
        JSON.encode([
            PodStatusAnswer(
                uid: pod.digest.uid.text, containers: containers, name: "pod", namespace: "space", initContainers: inits
            )
        ])
    }

    private func crash(_ model: VirtualKubeletModel, _ answers: [UInt8]...) -> String? {
        var model = model
        do throws(VirtualKubeletModel.Crash) {
            for answer in answers { _ = try model.receive(answer) }
            return nil
        } catch {
            return error.description
        }
    }

    @Test func t1_anEmptyListOfContainersIsSuccess() throws {
        let pod = SamplePod("a")
        var model = pod.model
        _ = try model.receive(answer(pod, []))
        #expect(model.phase == .succeeded)
    }

    @Test func t2_anEmptyListWithAFailedInitKillsIt() {
        let pod = SamplePod("init:i", "a")
        #expect(crash(pod.model, answer(pod, inits: [Seen.failed.status("i")], [])) != nil)
    }

    @Test func t3_aPartOfTheContainersWithAFailureKillsIt() {
        let pod = SamplePod("a", "b")
        #expect(crash(pod.model, answer(pod, [Seen.failed.status("b")])) != nil)
        #expect(crash(pod.model, answer(pod, [Seen.ended.status("b")])) == nil)
    }

    @Test func t4_anUnknownNameThatHasEndedKillsIt() {
        let pod = SamplePod("a")
        #expect(crash(pod.model, answer(pod, [Seen.ended.status("x")])) != nil)
    }

    @Test func t5_aLaterInitThatEndsBeforeTheFirstIsKnownKillsIt() {
        let pod = SamplePod("init:i", "init:j", "a")
        let inits = [Seen.running.status("i"), Seen.ended.status("j")]
        let containers = [Seen.waiting.status("a")]
        #expect(crash(pod.model, answer(pod, inits: inits, containers)) != nil)
        let waiting = [Seen.waiting.status("i"), Seen.waiting.status("j")]
        #expect(
            crash(pod.model, answer(pod, inits: waiting, containers), answer(pod, inits: inits, containers)) == nil)
    }

    @Test func t8_aFailureBesideALocalContainerKillsIt() {
        let pod = SamplePod("a", "local:b")
        #expect(crash(pod.model, answer(pod, [Seen.failed.status("a")])) != nil)
    }

    @Test func c10_aFirstReportOfEndedInitsGivesTheFirstTheCodeOfTheSecond() throws {
        let pod = SamplePod("init:i", "init:j", "a")
        var model = pod.model
        let inits = [Seen.ended.status("i"), Seen.failed.status("j")]
        _ = try model.receive(answer(pod, inits: inits, [Seen.failed.status("a")]))
        #expect(model.inits.first?.state?.terminated?.exitCode == 3)
    }

    @Test func t12_aRunningSidecarKeepsThePodPending() throws {
        let pod = SamplePod("sidecar:s", "a")
        var model = pod.model
        _ = try model.receive(answer(pod, inits: [Seen.running.status("s")], [Seen.running.status("a")]))
        #expect(model.phase == .pending)
    }
}
