import InterLinkAPI
import InterLinkConformance
import KubernetesModel
import LosslessJSON
import Testing

@testable import InterLinkPluginKit

/// The traps T1 to T12 of the contract, and what was seen when it was run (chapter 10, `c10`).
@Suite struct AnswerTrapTests {
    @Test func t1_aPodOfWhichNothingIsKnownHasAllItsContainersWaiting() throws {
        var pod = SamplePod("a", "b")
        pod.tracked.phase = .queued(notBefore: nil)
        let answer = try SamplePod.single(pod.answer(to: pod.model.question))
        #expect(answer.short == "a- b-")
        #expect(answer.containers.first?.state?.waiting?.message == "waiting to be submitted")
    }

    @Test func t1_aLateJobThatIsKnownByItsNameOnlyEndsWithTheContainersOfTheRequest() throws {
        var late = SamplePod(names: [])
        let asked = SamplePod("init:i", "a", "b")
        #expect(try SamplePod.single(late.answer(to: asked.model.question)).short == "i137 | a137 b137")
        #expect(try String(decoding: late.answer(to: late.model.question), as: UTF8.self) == "[]")
    }

    @Test func t2_aFailedInitComesWithAllContainersEnded() throws {
        var pod = SamplePod("init:i", "a")
        pod.see(Seen.failed.status("i"))
        var model = pod.model
        try pod.poll(&model)
        try pod.poll(&model)
        #expect(model.phase == .failed)
        #expect(model.reason == "Error: 3")
    }

    @Test func t3_aContainerThatTheBackendForgetsIsStillTold() throws {
        var pod = SamplePod("a", "b")
        pod.see(Seen.failed.status("b"))
        #expect(try pod.answerOnceKnown().short == "a- b3")
        var model = pod.model
        try pod.poll(&model)
        #expect(model.phase == .pending)
    }

    @Test func t4_namesThatAreNotInThePodAreNotTold() throws {
        var pod = SamplePod("a")
        pod.see(Seen.failed.status("x"), Seen.running.status("a"))
        #expect(try pod.answerOnceKnown().short == "a+")
    }

    @Test func t5_theFirstReportOfInitsIsAWaitingOne() throws {
        var pod = SamplePod("init:i", "init:j", "a")
        pod.see(Seen.ended.status("i"), Seen.running.status("j"))
        var model = pod.model
        #expect(try SamplePod.single(pod.answer(to: model.question)).short == "i- j- | a-")
        try pod.poll(&model)
        #expect(try SamplePod.single(pod.answer(to: model.question)).short == "i0 j+ | a-")
    }

    @Test func t5_containersAndInitsStandInTheOrderOfThePod() throws {
        var pod = SamplePod("init:j", "init:i", "b", "a")
        pod.see(Seen.running.status("a"), Seen.running.status("b"), Seen.ended.status("i"), Seen.ended.status("j"))
        #expect(try pod.answerOnceKnown().short == "j0 i0 | b+ a+")
    }

    @Test func t6_initsAfterAFailedOneHaveEndedToo() throws {
        var pod = SamplePod("init:i", "init:j", "init:k", "a")
        pod.see(
            Seen.ended.status("i"), Seen.failed.status("j"), Seen.waiting.status("k"), Seen.waiting.status("a"))
        #expect(try pod.answerOnceKnown().short == "i0 j3 k3 | a3")
    }

    @Test func t7_containersAfterAFailedInitEndWithItsCauseInTheMessage() throws {
        var pod = SamplePod("init:i", "a", "b")
        pod.see(ended("i", 3, reason: "OOMKilled", message: "used 9 of 8 GiB"))
        let answer = try pod.answerOnceKnown()
        #expect(answer.short == "i3 | a3 b3")
        #expect(
            answer.containers.map(\.state?.terminated?.message) == [
                "init container i failed with exit code 3: OOMKilled: used 9 of 8 GiB",
                "init container i failed with exit code 3: OOMKilled: used 9 of 8 GiB",
            ])
    }

    @Test func t8_localContainersEndWithAPodThatFailed() throws {
        var pod = SamplePod("a", "local:b", "c")
        pod.see(Seen.failed.status("a"), Seen.running.status("c"))
        #expect(try pod.answerOnceKnown().short == "a3 c+")
        pod.see(Seen.ended.status("c"))
        #expect(try pod.answerOnceKnown().short == "a3 c0 b0")
        var model = pod.model
        try pod.poll(&model)
        #expect(model.phase == .failed)
    }

    @Test func t8_localContainersAreLeftAloneByAPodThatSucceeded() throws {
        var pod = SamplePod("a", "local:b")
        pod.see(Seen.ended.status("a"))
        #expect(try pod.answerOnceKnown().short == "a0")
    }

    @Test func t9_aContainerWithoutAnyStateWaits() throws {
        var pod = SamplePod("a", "b")
        var empty = Seen.nothing.status("a")
        empty.state = ContainerState()
        pod.see(empty, Seen.nothing.status("b"))
        let answer = try pod.answerOnceKnown()
        #expect(answer.short == "a- b-")
        #expect(answer.containers.map(\.state?.waiting?.message) == ["submitted", "submitted"])
        pod.see(Seen.running.status("a"), Seen.running.status("b"))
        pod.see(empty, Seen.nothing.status("b"))
        #expect(try pod.answerOnceKnown().short == "a+ b+")
    }

    @Test func t9_aContainerWithSeveralStatesIsToldWithOne() throws {
        var pod = SamplePod("a")
        var status = Seen.failed.status("a")
        status.state?.waiting = ContainerStateWaiting()
        status.state?.running = ContainerStateRunning()
        pod.see(status)
        let state = try pod.answerOnceKnown().containers.first?.state
        #expect(state?.terminated?.exitCode == 3)
        #expect(state?.running == nil && state?.waiting == nil)
    }

    @Test(arguments: [
        (nil, PodStanding.unknown(sureSince: Moment(seconds: 1))), ("il-1", .unknown(sureSince: nil)),
        ("il-1", .stray), ("il-1", .tracked),
    ])
    func t9_t10_aPodThatMayStillComeOrBeThereIsLeftOut(jobID: String?, standing: PodStanding) throws {
        var reference = try #require(try PodReference.scan(SamplePod("a").model.question).first)
        reference.jobID = jobID
        let unknown = UntrackedPod(reference, standing: standing)
        #expect(unknown == .leftOut)
        let body = StatusAnswer.body(for: [(reference, .untracked(unknown))], settings: AnswerSettings()) { _, _ in }
        #expect(String(decoding: body, as: UTF8.self) == "[]")
    }

    @Test func t10_aLostPodWithAJobIDHasFailed() throws {
        let pod = SamplePod("init:i", "init:j", "sidecar:s", "a", "b", "local:c")
        var model = pod.model
        let references = try PodReference.scan(model.question)
        let body = StatusAnswer.body(
            for: references.map {
                ($0, .untracked(UntrackedPod($0, standing: .unknown(sureSince: Moment(seconds: 1)))))
            },
            settings: AnswerSettings()
        ) { _, _ in }
        #expect(try SamplePod.single(body).short == "i137 j137 | a137 b137 c137")
        #expect(try model.receive(body) == .merged)
        #expect(model.phase == .failed)
        #expect(model.containers.allSatisfy { $0.state?.terminated?.message?.contains("il-1") == true })
    }

    @Test func t10_aTombstonedPodHasFailedUnlessItsCreateMayStillCome() throws {
        let pod = SamplePod("a")
        var reference = try #require(try PodReference.scan(pod.model.question).first)
        func known(isDeleted: Bool) -> UntrackedPod {
            let tombstone = Tombstone(
                uid: pod.digest.uid, namespace: "space", name: "pod", placement: nil, at: Moment(seconds: 1),
                isDeleted: isDeleted)
            return UntrackedPod(reference, standing: .tombstoned(tombstone))
        }
        #expect(known(isDeleted: true).answer(to: reference)?.short == "a137")
        #expect(known(isDeleted: false).answer(to: reference)?.short == "a137")
        reference.jobID = nil
        #expect(known(isDeleted: true).answer(to: reference)?.short == "a137")
        #expect(known(isDeleted: false) == .leftOut)
    }

    @Test func t11_oddFieldsOfABackendDoNotSpoilTheAnswer() throws {
        var pod = SamplePod("a", "b")
        let text = """
            {"name": "a", "image": "other", "imageID": "", "ready": true, "restartCount": -4, "strange": {},
             "state": {"terminated": {"exitCode": 3.0, "signal": null, "finishedAt": "9999-12-31T23:59:59-05:00"}},
             "resources": {"limits": {"cpu": "1"}}}
            """
        var status: ContainerStatus = try JSON.decode(from: Array(text.utf8))
        status.state?.terminated?.startedAt = Timestamp(secondsSinceEpoch: .max)
        pod.see(status, Seen.running.status("b"))
        let answer = try pod.answerOnceKnown()
        let told = try #require(answer.containers.first)
        #expect(answer.short == "a3 b+")
        #expect(told.image == "image-of-a")
        #expect(told.restartCount == 0)
        let end = try #require(told.state?.terminated)
        #expect(end.finishedAt == nil && end.startedAt == nil && end.extras.isEmpty && told.extras.isEmpty)
        #expect(told.resources == nil)
    }

    @Test func t12_nativeSidecarsAreLeftOut() throws {
        var pod = SamplePod("init:i", "sidecar:s", "a")
        pod.see(Seen.ended.status("i"), Seen.running.status("s"), Seen.running.status("a"))
        #expect(try pod.answerOnceKnown().short == "i0 | a+")
        var model = pod.model
        for _ in 1...2 { try pod.poll(&model) }
        #expect(model.phase == .running)
    }

    @Test func t12_aSidecarThatFailsAtItsStartFailsWhatWaitsForIt() throws {
        var pod = SamplePod("sidecar:s", "init:i", "a")
        pod.see(ended("s", 9, reason: "ErrImagePull", message: "no such image"), Seen.waiting.status("a"))
        // It may be started again as long as the job lives.
        #expect(try pod.answerOnceKnown().short == "i- | a-")
        pod.seeEnd(ended("s", 9, reason: "ErrImagePull", message: "no such image"), Seen.waiting.status("a"))
        let answer = try pod.answerOnceKnown()
        #expect(answer.short == "i9 | a9")
        #expect(
            answer.containers.first?.state?.terminated?.message
                == "sidecar s failed with exit code 9: ErrImagePull: no such image")
        var running = SamplePod("sidecar:s", "a")
        running.see(Seen.failed.status("s"), Seen.running.status("a"))
        #expect(try running.answerOnceKnown().short == "a+")
        running.see(Seen.ended.status("a"))
        #expect(try running.answerOnceKnown().short == "a0")
    }

    @Test(arguments: [
        ("a", PodDigest.RestartPolicy.always, Int32(0)), ("a", .always, 3), ("a", .onFailure, 3),
        ("init:a", .always, 3), ("init:a", .onFailure, 3),
    ])
    func c9_anEndThatARestartMayFollowIsToldAsWaitingUntilTheJobHasEnded(
        name: String, policy: PodDigest.RestartPolicy, code: Int32
    ) throws {
        var pod = SamplePod(names: name == "a" ? ["a"] : [name, "b"], restartPolicy: policy)
        var model = pod.model
        func told() throws -> ContainerStatus { try #require((model.inits + model.containers).first) }
        pod.see(Seen.running.status("a"))
        for _ in 1...2 { try pod.poll(&model) }
        pod.see(ended("a", code))
        try pod.poll(&model)
        #expect(!model.isFinished)
        #expect(try told().lastState?.terminated?.exitCode == code)
        pod.see(Seen.running.status("a", restarts: 1, last: .failed))
        try pod.poll(&model)
        #expect(try told().restartCount == 1)
        pod.seeEnd(ended("a", code))
        try pod.poll(&model)
        #expect(model.phase == (code == 0 ? .succeeded : .failed))
    }

    @Test(arguments: [("a", PodDigest.RestartPolicy.onFailure, Int32(0)), ("a", .never, 3), ("init:a", .always, 0)])
    func c9_anEndThatNoRestartCanFollowIsToldAtOnce(
        name: String, policy: PodDigest.RestartPolicy, code: Int32
    ) throws {
        var pod = SamplePod(names: name == "a" ? ["a"] : [name, "b"], restartPolicy: policy)
        pod.see(ended("a", code))
        #expect(try pod.answerOnceKnown().short == (name == "a" ? "a\(code)" : "a\(code) | b-"))
    }

    @Test func aJobThatEndedTellsWhatItKnowsOfEachContainer() throws {
        var pod = SamplePod("init:i", "a", "b", "c", restartPolicy: .always)
        pod.see(Seen.ended.status("i"), Seen.running.status("a"), Seen.failed.status("b"), Seen.waiting.status("c"))
        pod.seeEnd(ended("a", 0), Seen.failed.status("b"))
        #expect(try pod.answerOnceKnown().short == "i0 | a0 b3 c137")
        var blocked = SamplePod("init:i", "a", restartPolicy: .always)
        blocked.seeEnd(ended("i", 4))
        #expect(try blocked.answerOnceKnown().short == "i4 | a4")
    }

    @Test func c10_theFirstReportIsAWaitingOneEvenWhenAllHasEnded() throws {
        var pod = SamplePod("init:i", "init:j", "a")
        pod.see(Seen.ended.status("i"), Seen.failed.status("j"))
        var model = pod.model
        for _ in 1...2 { try pod.poll(&model) }
        #expect(model.inits.map(\.state?.terminated?.exitCode) == [0, 3])
        #expect(model.phase == .failed)
    }

    @Test func c10_anAnswerThatGotLostIsGivenAgain() throws {
        var pod = SamplePod("init:i", "init:j", "a")
        pod.see(Seen.running.status("i"))
        var model = pod.model
        _ = try pod.answer(to: model.question)
        pod.see(Seen.ended.status("i"), Seen.failed.status("j"))
        for _ in 1...2 { try pod.poll(&model) }
        #expect(model.inits.map(\.state?.terminated?.exitCode) == [0, 3])
    }

    @Test func c10_aVirtualKubeletThatForgotTheInitsHearsOfThemAnew() throws {
        var pod = SamplePod("init:i", "init:j", "a")
        var model = pod.model
        try pod.poll(&model)
        model.restart()
        pod.see(Seen.ended.status("i"), Seen.failed.status("j"))
        #expect(try SamplePod.single(pod.answer(to: model.question)).short == "i- j- | a-")
    }

    @Test func c10_anAskerThatNeverSaysWhatItHoldsGetsTheTruthAllTheSame() throws {
        var pod = SamplePod("init:i", "a")
        pod.see(Seen.ended.status("i"), Seen.running.status("a"))
        let question = pod.model.question
        var answers = try (1...4).map { _ in try SamplePod.single(pod.answer(to: question)).short }
        #expect(answers == ["i- | a-", "i- | a-", "i- | a-", "i0 | a+"])
        pod.tracked.marks = ReportMarks()
        let plain = Array(#"[{"metadata":{"uid":"\#(pod.digest.uid)","name":"pod","namespace":"space"}}]"#.utf8)
        answers = try (1...2).map { _ in try SamplePod.single(pod.answer(to: plain)).short }
        #expect(answers == ["i- | a-", "i0 | a+"])
    }

    @Test func c10_aRunningPodIsNotPutBackForInitsThatItsVirtualKubeletNeverHeardOf() throws {
        var pod = SamplePod("init:i", "a")
        pod.see(Seen.ended.status("i"), Seen.running.status("a"))
        let question = Array(
            #"[{"metadata":{"uid":"\#(pod.digest.uid)","name":"pod"},"status":{"phase":"Running"}}]"#.utf8)
        #expect(try SamplePod.single(pod.answer(to: question)).short == "i0 | a+")
    }

    @Test func c10_aPodAskedForBeforeItsCreateHasReturnedWaits() throws {
        for phase in [SubmissionPhase.recording, .calling] {
            var pod = SamplePod("init:i", "a")
            pod.tracked.phase = phase
            #expect(try SamplePod.single(pod.answer(to: pod.model.question)).short == "i- | a-")
        }
    }

    @Test func c10_readyIsNotBelievedSoThatWhatIsNotReadyWaits() throws {
        var pod = SamplePod("a")
        var model = pod.model
        pod.see(running("a", ready: false))
        try pod.poll(&model)
        #expect(model.phase == .pending)
        #expect(model.containers.first?.state?.waiting?.reason == "NotReady")
    }

    @Test func c10_twoStatusesOfOneRequestAreTwoAnswers() throws {
        var pod = SamplePod("a")
        let asked = try PodReference.scan(pod.model.question) + PodReference.scan(pod.model.question)
        pod.see(Seen.running.status("a"))
        let view = PodView(pod.tracked)
        let body = StatusAnswer.body(for: asked.map { ($0, .tracked(view)) }, settings: AnswerSettings()) { _, _ in }
        let answers: [PodStatusAnswer] = try JSON.decode(from: body)
        #expect(answers.map(\.short) == ["a+", "a+"])
        #expect(StatusAnswer.body(for: [], settings: AnswerSettings()) { _, _ in } == Array("[]".utf8))
    }
}

func ended(_ name: String, _ code: Int32, reason: String? = nil, message: String? = nil) -> ContainerStatus {
    var status = Seen.failed.status(name)
    status.state?.terminated = ContainerStateTerminated(exitCode: code, message: message, reason: reason)
    return status
}

func running(_ name: String, ready: Bool, started: Bool? = nil, restarts: Int32 = 0) -> ContainerStatus {
    var status = Seen.running.status(name, restarts: restarts)
    status.ready = ready
    status.started = started
    return status
}
