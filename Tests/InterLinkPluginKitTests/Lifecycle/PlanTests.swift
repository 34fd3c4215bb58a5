import Testing

@testable import InterLinkPluginKit

@Suite struct PlanTests {
    private static let now = Moment(seconds: 10_000)
    private static let later = now + .seconds(60)
    private static let settings = LifecycleSettings()
    private static let started = SubmissionPhase.started(JobHandle(id: "1"), at: Moment(seconds: 9000))

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let phase: SubmissionPhase
        var claimBy: Moment?
        var deletion: Deletion?
        var hasEnded = false
        let plan: Plan
    }

    private static func deletion(nextStop: Moment = now, nextRemoval: Moment? = nil) -> Deletion {
        var deletion = Deletion(cause: .deleted, at: now, grace: .seconds(10))
        deletion.nextStop = nextStop
        deletion.nextRemoval = nextRemoval
        return deletion
    }

    private static let cases: [Case] = [
        Case(testDescription: "an intent on its way to the disk", phase: .recording, plan: .nothing),
        Case(testDescription: "a queued pod", phase: .queued(notBefore: nil), plan: .now(.submit)),
        Case(
            testDescription: "a pod that the backend was too busy for", phase: .queued(notBefore: later),
            plan: Plan(wake: later)),
        Case(
            testDescription: "a queued pod that was deleted", phase: .queued(notBefore: later), deletion: deletion(),
            plan: .now(.withdraw)),
        Case(
            testDescription: "an unclaimed pod that was not submitted", phase: .queued(notBefore: nil), claimBy: later,
            plan: Plan(wake: later)),
        Case(
            testDescription: "one that nobody named in time", phase: .queued(notBefore: nil), claimBy: now,
            plan: .now(.giveUp)),
        Case(testDescription: "an open call", phase: .calling, deletion: deletion(), plan: .nothing),
        Case(
            testDescription: "an unclear submission, deleted or not",
            phase: .unclear(Search(countsFrom: now, since: now, why: "")), deletion: deletion(),
            plan: Plan(needsList: true)),
        Case(testDescription: "a job that runs", phase: started, plan: .nothing),
        Case(testDescription: "an unclaimed job", phase: started, claimBy: later, plan: Plan(wake: later)),
        Case(
            testDescription: "a job that nobody named in time", phase: started, claimBy: now, plan: .now(.giveUp)),
        Case(
            testDescription: "a job to be stopped", phase: started, deletion: deletion(),
            plan: Plan(step: .stop(grace: .seconds(10)), needsList: true)),
        Case(
            testDescription: "a job that was asked to stop", phase: started, deletion: deletion(nextStop: later),
            plan: Plan(wake: later, needsList: true)),
        Case(
            testDescription: "a job that has ended", phase: started, deletion: deletion(), hasEnded: true,
            plan: .now(.remove)),
        Case(
            testDescription: "a removal that failed", phase: started, deletion: deletion(nextRemoval: later),
            hasEnded: true, plan: Plan(wake: later)),
        Case(testDescription: "a rejected pod", phase: .rejected(why: ""), plan: .nothing),
        Case(
            testDescription: "a rejected pod that nobody named in time", phase: .rejected(why: ""), claimBy: now,
            plan: .now(.giveUp)),
        Case(
            testDescription: "a rejected pod that was deleted", phase: .rejected(why: ""), deletion: deletion(),
            plan: .now(.withdraw)),
    ]

    @Test(arguments: cases) func theNextStepFollowsFromWhatIsKnown(_ one: Case) {
        var pod = TrackedPod(
            digest: .sample("a"), jobID: "j", placement: Placement(site: "s"), at: Moment(seconds: 9000))
        pod.phase = one.phase
        pod.claimBy = one.claimBy
        pod.deletion = one.deletion
        if one.hasEnded { pod.goneAt = Self.now }
        #expect(pod.plan(at: Self.now, settings: Self.settings) == one.plan)
    }

    @Test func stopsAreRepeatedAfterGraceAndMarginEverLater() {
        var deletion = Deletion(cause: .deleted, at: Self.now, grace: .seconds(10))
        var pauses: [Duration] = []
        for _ in 0..<3 {
            deletion.stopped(at: Self.now, settings: Self.settings)
            pauses.append(deletion.nextStop - Self.now)
        }
        #expect(pauses == [.seconds(40), .seconds(70), .seconds(130)])
    }

    @Test func aDeleteOutranksWhatTheHostDecidedAndNotTheOtherWayRound() {
        var pod = TrackedPod(digest: .sample("a"), jobID: "j", placement: Placement(site: "s"), at: Self.now)
        pod.end(for: .unclaimed, grace: .zero, at: Self.now)
        pod.end(for: .deleted, grace: .zero, at: Self.now)
        pod.end(for: .expired, grace: .zero, at: Self.now)
        #expect(pod.deletion?.cause == .deleted)
    }

    @Test func pausesDoubleUpToTheirLimit() {
        let pauses = [1, 2, 3, 4, 100].map { Self.settings.retry(after: $0) }
        #expect(pauses == [2, 4, 8, 16, 300].map { .seconds($0) })
    }
}
