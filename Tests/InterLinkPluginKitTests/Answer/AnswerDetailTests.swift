import InterLinkAPI
import InterLinkConformance
import KubernetesModel
import LosslessJSON
import Testing

@testable import InterLinkPluginKit

@Suite struct AnswerDetailTests {
    private func first(_ pod: inout SamplePod, _ settings: AnswerSettings = AnswerSettings()) throws -> ContainerStatus
    {
        try #require(try pod.answerOnceKnown(settings: settings).containers.first)
    }

    @Test func theNameOfTheContainerNamesTheJobAndTheBackendsOwnWins() throws {
        var pod = SamplePod("a")
        pod.see(Seen.running.status("a"))
        #expect(try first(&pod, AnswerSettings(scheme: "slurm")).containerID == "slurm://123/a")
        var known = Seen.running.status("a")
        known.containerID = "slurm://123/node7/a"
        pod.see(known)
        #expect(try first(&pod, AnswerSettings(scheme: "other")).containerID == "slurm://123/node7/a")
        pod.tracked.phase = .started(JobHandle(id: "https://site/jobs/7"), at: Moment(seconds: 0))
        pod.see(Seen.failed.status("a"))
        #expect(try first(&pod).containerID == "https://site/jobs/7/a")
        #expect(try first(&pod).state?.terminated?.containerID == "https://site/jobs/7/a")
    }

    @Test func theCauseIsInTheMessageOnce() throws {
        var pod = SamplePod("a")
        pod.see(ended("a", 137, reason: "OOMKilled"))
        #expect(try first(&pod).state?.terminated?.message == "OOMKilled")
        #expect(AnswerText.cause(reason: "Error", message: "m") == "m")
        #expect(AnswerText.cause(reason: "NodeLost", message: "NodeLost: n7") == "NodeLost: n7")
        #expect(AnswerText.cause(reason: "Completed", message: nil) == nil)
    }

    @Test func whatWasWrittenByAVirtualKubeletIsNotTakenForACause() throws {
        var pod = SamplePod("a")
        pod.see(ended("a", 9, reason: "NodeLost", message: "n7"))
        var model = pod.model
        try pod.poll(&model)
        // The records are lost; the Virtual Kubelet still knows.
        pod.tracked.book = StatusBook()
        let told = try SamplePod.single(pod.answer(to: model.question)).containers.first?.state?.terminated
        #expect(told?.message == "NodeLost: n7")
        #expect(told?.exitCode == 9)
    }

    @Test func whatIsHeldToHaveEndedStaysEndedWhateverTheRecordsSay() throws {
        var pod = SamplePod("a", "b")
        pod.see(Seen.ended.status("a"), Seen.running.status("b"))
        var model = pod.model
        try pod.poll(&model)
        pod.tracked.book = StatusBook()
        pod.see(Seen.running.status("a"), Seen.running.status("b"))
        #expect(try SamplePod.single(pod.answer(to: model.question)).short == "a0 b+")
    }

    @Test func notReadyWaitsUntilTheFirstTimeAndNeverAfter() throws {
        var pod = SamplePod("a")
        pod.see(running("a", ready: true, started: false))
        #expect(try first(&pod).state?.waiting?.message == "running; it has not finished starting")
        pod.see(running("a", ready: false, started: true))
        #expect(try first(&pod).state?.waiting?.message == "running; it is not ready yet")
        #expect(try first(&pod, AnswerSettings(holdsUntilReady: false)).state?.running != nil)
        var model = pod.model
        pod.see(running("a", ready: true))
        try pod.poll(&model)
        #expect(model.phase == .running)
        pod.see(running("a", ready: false))
        #expect(try SamplePod.single(pod.answer(to: model.question)).short == "a+")
        // The host was restarted, and only the question tells.
        pod.tracked.marks = ReportMarks()
        #expect(try SamplePod.single(pod.answer(to: model.question)).short == "a+")
    }

    @Test func notReadyNeverComesBackForAnAskerWithoutStatusEither() throws {
        var pod = SamplePod("a")
        let question = Array(#"[{"metadata":{"uid":"\#(pod.digest.uid)","name":"pod"}}]"#.utf8)
        pod.see(running("a", ready: true))
        #expect(try SamplePod.single(pod.answer(to: question)).short == "a+")
        pod.see(running("a", ready: false))
        #expect(try SamplePod.single(pod.answer(to: question)).short == "a+")
    }

    @Test(arguments: [PodDigest.RestartPolicy.always, .onFailure])
    func aRestartThatIsDueIsWaitingWithItsLastEnd(policy: PodDigest.RestartPolicy) throws {
        var pod = SamplePod("a", "b", restartPolicy: policy)
        var model = pod.model
        pod.see(Seen.waiting.status("a", restarts: 2, last: .failed), Seen.failed.status("b"))
        try pod.poll(&model)
        #expect(model.phase == .pending)
        let told = try first(&pod)
        #expect(told.restartCount == 2)
        #expect(told.lastState?.terminated?.exitCode == 3)
        #expect(told.state?.waiting != nil)
    }

    @Test func aPodThatEndedForGoodFinishesThoughItsPolicyIsAlways() throws {
        var pod = SamplePod("a", restartPolicy: .always)
        var model = pod.model
        pod.seeEnd(Seen.ended.status("a"))
        try pod.poll(&model)
        #expect(model.phase == .succeeded)
    }

    @Test func aRefusedPodFailsWithTheReason() throws {
        var pod = SamplePod("init:i", "a")
        pod.tracked.phase = .rejected(why: "no such partition")
        _ = pod.tracked.book.end(
            by: Ending(reason: "SubmissionRejected", message: "no such partition"), evidence: Moment(seconds: 5),
            of: pod.digest)
        if let book = pod.tracked.book.takeUnwritten() { pod.tracked.book.wrote(book) }
        let told = try first(&pod)
        #expect(told.state?.terminated?.message?.hasPrefix("SubmissionRejected: no such partition") == true)
        #expect(told.containerID == nil)
    }

    @Test func anInitWhoseEndWasNotSeenHasSucceededIfWhatComesAfterItRan() throws {
        var pod = SamplePod("init:i", "sidecar:s", "init:j", "a")
        pod.see(Seen.running.status("s"))
        #expect(try pod.answerOnceKnown().short == "i0 j- | a-")
        pod.see(Seen.running.status("a"))
        #expect(try pod.answerOnceKnown().short == "i0 j0 | a+")
    }

    @Test func anInitWhoseEndNobodyKnowsDoesNotKeepAnEndedPodPending() throws {
        var pod = SamplePod("init:i", "a")
        pod.see(Seen.failed.status("a"))
        #expect(try pod.answerOnceKnown().short == "i137 | a3")
        pod = SamplePod("init:i", "a")
        pod.see(Seen.ended.status("a"))
        #expect(try pod.answerOnceKnown().short == "i0 | a0")
    }

    @Test func longTextsAreCutBetweenCharacters() throws {
        let text = String(repeating: "a€😀", count: 2000)
        for limit in 20..<30 {
            let cut = AnswerText.bounded(text, atMost: limit)
            #expect(cut.utf8.count <= limit + 3)
            #expect(text.hasPrefix(cut.dropLast()) && cut.hasSuffix("…"))
        }
        var pod = SamplePod("a")
        pod.see(ended("a", 1, reason: text, message: text))
        let end = try first(&pod).state?.terminated
        #expect((end?.message ?? "").utf8.count <= AnswerSettings.longestMessage + 3)
        #expect((end?.reason ?? "").utf8.count <= AnswerSettings.longestWord + 3)
        #expect(AnswerText.bounded("short") == "short")
    }

    @Test func timesAreWholeSecondsThatCanBeWritten() {
        let time = Timestamp(secondsSinceEpoch: 1_795_163_783, nanoseconds: 5)
        #expect(AnswerText.time(time)?.description == "2026-11-20T08:36:23Z")
        #expect(AnswerText.time(.zero) == nil)
        #expect(AnswerText.time(Timestamp(secondsSinceEpoch: 253_402_300_800)) == nil)
    }

    @Test func anEndingPodSaysSo() throws {
        var pod = SamplePod("a")
        pod.tracked.end(for: .deleted, grace: .seconds(3), at: Moment(seconds: 3))
        #expect(try first(&pod).state?.waiting?.message == "being ended; submitted")
    }

    @Test func theRequestTellsWhatIsHeld() throws {
        let question = """
            [{"status": {"phase": "Pending", "containerStatuses": null, "initContainerStatuses": [
                {"name": "i", "state": {"terminated": {"exitCode": 4, "finishedAt": null}}},
                {"name": "j", "state": {"running": {}}, "lastState": {}}, {"name": "k", "state": {}}]}}]
            """
        let reference = try #require(try PodReference.scan(Array(question.utf8)).first)
        #expect(reference.phase == "Pending")
        #expect(reference.held.map(\.name) == ["i", "j", "k"])
        #expect(reference.held.map(\.isRunning) == [false, true, false])
        #expect(reference.held.map(\.end?.exitCode) == [4, nil, nil])
    }
}
