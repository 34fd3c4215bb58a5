import Testing

@testable import InterLinkPluginKit

@Suite struct HearingTests {
    private let settings = LifecycleSettings()

    private func pod(_ phase: SubmissionPhase) -> TrackedPod {
        var pod = TrackedPod(digest: .sample("a"), jobID: "j", placement: Placement(site: "s"), at: Moment(seconds: 0))
        pod.phase = phase
        return pod
    }

    private func job(_ id: String, _ observation: Observation? = nil) -> ListedJob {
        ListedJob(handle: JobHandle(id: id), mark: "checked by the caller", observation: observation)
    }

    private func at(_ second: Int64) -> Moment { Moment(seconds: second) }

    @Test func aJobThatIsFoundIsAdoptedWheneverTheListBegan() {
        for phase in [
            SubmissionPhase.unclear(Search(countsFrom: nil, since: at(0), why: "")), .queued(notBefore: at(999)),
        ] {
            var pod = pod(phase)
            let heard = pod.hear(list: [job("7"), job("8")], begun: at(1), settings: settings)
            #expect(heard.adopted == JobHandle(id: "7"))
            #expect(heard.unwanted == [JobHandle(id: "8")])
            #expect(pod.phase == .started(JobHandle(id: "7"), at: at(1)))
        }
    }

    @Test func aLiveJobIsAdoptedRatherThanOneThatEnded() {
        let ended = Observation.gone(Ending(reason: "r", message: "m"))
        for (jobs, adopted) in [([job("7", ended), job("8")], "8"), ([job("7", ended), job("8", ended)], "8")] {
            var pod = pod(.queued(notBefore: nil))
            let heard = pod.hear(list: jobs, begun: at(1), settings: settings)
            #expect(heard.adopted == JobHandle(id: adopted))
            #expect(heard.unwanted.isEmpty)
        }
    }

    private func sought(since second: Int64) -> TrackedPod {
        var search = Search(countsFrom: at(0), since: at(second), why: "")
        for second: Int64 in [10, 50] { search.missed(in: at(second), settle: settings.settle) }
        return pod(.unclear(search))
    }

    @Test func whatIsRememberedIsAdoptedWithItsEnd() {
        var pod = sought(since: 0)
        #expect(pod.isSought)
        let heard = pod.hear(
            memory: [job("7", .state([Seen.failed.status("a")]))], asked: at(60), settings: settings)
        #expect(heard.adopted == JobHandle(id: "7"))
        #expect(pod.hasEnded)
        #expect(pod.book.known.map(Seen.init) == [.failed])
    }

    @Test func whatIsNotRememberedIsSubmittedAgainUnlessItMayHaveRunUnseen() {
        var pod = sought(since: -100_000)
        #expect(pod.hear(memory: [], asked: at(60), settings: settings).isNotSubmitted)
        #expect(pod.phase == .queued(notBefore: nil))
        pod = sought(since: -100_000)
        #expect(pod.hear(memory: nil, asked: at(60), settings: settings).cannotBeKnown)
        #expect(pod.isSought)
        // Where none is wanted, it makes no difference.
        pod.end(for: .deleted, grace: .zero, at: at(55))
        #expect(pod.hear(memory: nil, asked: at(60), settings: settings).isNotSubmitted)
    }

    @Test func memoryIsListenedToOnlyWhileTheJobIsSought() {
        for phase in [SubmissionPhase.calling, .queued(notBefore: nil), .started(JobHandle(id: "7"), at: at(5))] {
            var pod = pod(phase)
            #expect(pod.hear(memory: [job("8")], asked: at(60), settings: settings) == Heard())
            #expect(pod.phase == phase)
        }
    }

    @Test func whileACallIsOpenListsAreNotListenedTo() {
        var pod = pod(.calling)
        #expect(pod.hear(list: [job("7")], begun: at(1), settings: settings) == Heard())
        #expect(pod.phase == .calling)
    }

    @Test func anotherJobWithTheMarkIsNotThePodsJob() {
        var pod = pod(.started(JobHandle(id: "7"), at: at(5)))
        let ended = Observation.gone(Ending(reason: "r", message: "m"))
        let heard = pod.hear(
            list: [job("8", .state([Seen.failed.status("a")])), job("9"), job("6", ended)], begun: at(10),
            settings: settings)
        #expect(heard.unwanted == [JobHandle(id: "9")])
        #expect(pod.book.known.isEmpty)
        #expect(pod.absence != nil)
    }

    @Test func aListThatBeganBeforeTheJobWasThereDoesNotMissIt() {
        var pod = pod(.started(JobHandle(id: "7"), at: at(5)))
        _ = pod.hear(list: [], begun: at(5), settings: settings)
        #expect(pod.absence == nil)
        _ = pod.hear(list: [], begun: at(6), settings: settings)
        #expect(pod.absence != nil)
        _ = pod.hear(list: [job("7")], begun: at(7), settings: settings)
        #expect(pod.absence == nil)
    }

    @Test func aStoppedJobIsGoneSoonerThanOneThatWasNot() {
        for wasStopped in [true, false] {
            var pod = pod(.started(JobHandle(id: "7"), at: at(5)))
            if wasStopped {
                pod.end(for: .deleted, grace: .zero, at: at(6))
                pod.deletion?.stopped(at: at(6), settings: settings)
            }
            _ = pod.hear(list: [], begun: at(10), settings: settings)
            _ = pod.hear(.absent, evidence: at(11), settings: settings)
            let heard = pod.hear(list: [], begun: at(41), settings: settings)
            #expect(heard.hasJustEnded == wasStopped)
            #expect(pod.hasEnded == wasStopped)
        }
    }

    @Test func unknownIsNoEvidenceOfAnything() {
        var pod = pod(.started(JobHandle(id: "7"), at: at(5)))
        _ = pod.hear(.state([Seen.running.status("a")]), evidence: at(6), settings: settings)
        let heard = pod.hear(.unknown(why: "the daemon is down"), evidence: at(7), settings: settings)
        #expect(heard == Heard())
        #expect(pod.trouble == "the daemon is down")
        #expect(pod.book.known.map(Seen.init) == [.running])
    }

    @Test func aProofIsTakenAtOnce() {
        var pod = pod(.started(JobHandle(id: "7"), at: at(5)))
        let heard = pod.hear(.gone(Ending(reason: "r", message: "m")), evidence: at(6), settings: settings)
        #expect(heard.hasJustEnded)
        #expect(pod.goneAt == at(6))
    }

    @Test func aRejectedPodsJobIsNotWanted() {
        var pod = pod(.rejected(why: "no"))
        #expect(pod.hear(list: [job("7")], begun: at(1), settings: settings).unwanted == [JobHandle(id: "7")])
    }

    private func restarting() -> TrackedPod {
        var pod = TrackedPod(
            digest: .sample("a", restartPolicy: .always), jobID: "j", placement: Placement(site: "s"), at: at(0))
        pod.phase = .started(JobHandle(id: "7"), at: at(0))
        return pod
    }

    private var endedWith3: Observation { .state([Seen.failed.status("a")]) }

    @Test func anEndThatARestartMayFollowIsFinalWhenTheJobHasLeftTheList() {
        var pod = restarting()
        _ = pod.hear(list: [job("7", endedWith3)], begun: at(1), settings: settings)
        #expect(!pod.hasEnded)
        #expect(!pod.hear(endedWith3, evidence: at(2), settings: settings).hasJustEnded)
        _ = pod.hear(list: [], begun: at(3), settings: settings)
        #expect(pod.hear(endedWith3, evidence: at(4), settings: settings).hasJustEnded)
        #expect(pod.book.known.map(Seen.init) == [.failed])
    }

    @Test func aJobThatIsLostBetweenTwoRunsHasEndedAsItWasLastSeenTo() {
        var pod = restarting()
        _ = pod.hear(list: [job("7", endedWith3)], begun: at(1), settings: settings)
        _ = pod.hear(list: [], begun: at(10), settings: settings)
        _ = pod.hear(.absent, evidence: at(11), settings: settings)
        #expect(pod.hear(list: [], begun: at(1000), settings: settings).hasJustEnded)
        #expect(pod.book.known.map(Seen.init) == [.failed])
    }

    @Test func aJobThatEndedIsNoMoreWhateverTheListShows() {
        var pod = restarting()
        let heard = pod.hear(
            list: [job("7", .ended([Seen.failed.status("a")]))], begun: at(1), settings: settings)
        #expect(heard.hasJustEnded)
        #expect(pod.goneAt == at(1))
    }
}
