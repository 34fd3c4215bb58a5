import InterLinkAPI
import KubernetesModel
import LosslessJSON
import Testing

@testable import InterLinkConformance

/// The model dies of what the program dies of. Without this, no test that uses it could fail.
@Suite struct VirtualKubeletModelTests {
    private func answer(_ pod: ToldPod, inits: [ContainerStatus]? = nil, _ containers: [ContainerStatus]) -> [UInt8] {
        var answer = pod.answer(inits: inits)
        answer.containers = containers
        return JSON.encode([answer])
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
        let pod = ToldPod("a")
        var model = pod.model
        _ = try model.receive(answer(pod, []))
        #expect(model.phase == .succeeded)
    }

    @Test func t2_anEmptyListWithAFailedInitKillsIt() {
        let pod = ToldPod("init:i", "a")
        #expect(crash(pod.model, answer(pod, inits: [Told.failed.status("i")], [])) != nil)
    }

    @Test func t3_aPartOfTheContainersWithAFailureKillsIt() {
        let pod = ToldPod("a", "b")
        #expect(crash(pod.model, answer(pod, [Told.failed.status("b")])) != nil)
        #expect(crash(pod.model, answer(pod, [Told.ended.status("b")])) == nil)
    }

    @Test func t4_anUnknownNameThatHasEndedKillsIt() {
        let pod = ToldPod("a")
        #expect(crash(pod.model, answer(pod, [Told.ended.status("x")])) != nil)
    }

    @Test func t5_aLaterInitThatEndsBeforeTheFirstIsKnownKillsIt() {
        let pod = ToldPod("init:i", "init:j", "a")
        let inits = [Told.running.status("i"), Told.ended.status("j")]
        let containers = [Told.waiting.status("a")]
        #expect(crash(pod.model, answer(pod, inits: inits, containers)) != nil)
        let waiting = [Told.waiting.status("i"), Told.waiting.status("j")]
        #expect(
            crash(pod.model, answer(pod, inits: waiting, containers), answer(pod, inits: inits, containers)) == nil)
    }

    @Test func t8_aFailureBesideALocalContainerKillsIt() {
        let pod = ToldPod("a", "local:b")
        #expect(crash(pod.model, answer(pod, [Told.failed.status("a")])) != nil)
    }

    @Test func c10_aFirstReportOfEndedInitsGivesTheFirstTheCodeOfTheSecond() throws {
        let pod = ToldPod("init:i", "init:j", "a")
        var model = pod.model
        let inits = [Told.ended.status("i"), Told.failed.status("j")]
        _ = try model.receive(answer(pod, inits: inits, [Told.failed.status("a")]))
        #expect(model.inits.first?.state?.terminated?.exitCode == 3)
    }

    @Test func t12_aRunningSidecarKeepsThePodPending() throws {
        let pod = ToldPod("sidecar:s", "a")
        var model = pod.model
        _ = try model.receive(answer(pod, inits: [Told.running.status("s")], [Told.running.status("a")]))
        #expect(model.phase == .pending)
    }
}
