import InterLinkAPI
import KubernetesModel
import Testing

@testable import InterLinkConformance

/// What stands against an answer, by the rules that hold for every pod.
@Suite struct PodStoryTests {
    private func rules(_ pod: ToldPod, _ answers: PodStatusAnswer...) -> Set<StandingRule> {
        var story = PodStory(pod.pod)
        return Set(answers.flatMap { story.take([$0]) }.map(\.rule))
    }

    @Test func aGoodLifeOffendsNobody() {
        let pod = ToldPod("init:i", "a", "b")
        let rules = rules(
            pod,
            pod.answer(inits: [Told.waiting.status("i")], Told.waiting.status("a"), Told.waiting.status("b")),
            pod.answer(inits: [Told.running.status("i")], Told.waiting.status("a"), Told.waiting.status("b")),
            pod.answer(inits: [Told.ended.status("i")], Told.running.status("a"), Told.running.status("b")),
            pod.answer(inits: [Told.ended.status("i")], Told.ended.status("a"), Told.running.status("b")),
            pod.answer(inits: [Told.ended.status("i")], Told.ended.status("a"), Told.failed.status("b")))
        #expect(rules.isEmpty)
    }

    @Test func anAnswerThatLeavesThePodOutOffendsNobody() {
        var story = PodStory(ToldPod("a").pod)
        #expect(story.take([]).isEmpty)
    }

    @Test func containersThatAreLeftOut() {
        let pod = ToldPod("a", "b")
        #expect(rules(pod, pod.answer(Told.running.status("a"))) == [.everyContainer])
        #expect(rules(pod, pod.answer(Told.ended.status("a"))) == [.everyContainer, .noEarlySuccess])
        #expect(rules(pod, pod.answer()) == [.everyContainer, .noEarlySuccess])
        #expect(rules(pod, pod.answer(Told.failed.status("a"))) == [.everyContainer, .survives])
    }

    @Test func containersInAnotherOrder() {
        let pod = ToldPod("a", "b")
        #expect(rules(pod, pod.answer(Told.running.status("b"), Told.running.status("a"))) == [.everyContainer])
    }

    @Test func aContainerWithoutAStateOrWithTwo() {
        let pod = ToldPod("a")
        var status = Told.running.status("a")
        status.state = nil
        #expect(rules(pod, pod.answer(status)) == [.oneState])
        status.state = ContainerState(running: ContainerStateRunning(), waiting: ContainerStateWaiting())
        #expect(rules(pod, pod.answer(status)) == [.oneState])
    }

    @Test func anotherPod() {
        let pod = ToldPod("a")
        var answer = pod.answer(Told.running.status("a"))
        answer.uid = "uid-2"
        #expect(rules(pod, answer) == [.podThatWasAsked])
        answer = pod.answer(Told.running.status("a"))
        answer.name = "other"
        #expect(rules(pod, answer) == [.podThatWasAsked])
    }

    @Test(arguments: [Told.running, .waiting, .failed])
    func anEndThatIsTakenBack(_ later: Told) {
        let pod = ToldPod("a", "b")
        let first = pod.answer(Told.ended.status("a"), Told.running.status("b"))
        #expect(rules(pod, first, pod.answer(later.status("a"), Told.running.status("b"))) == [.endIsKept])
        #expect(rules(pod, first, first) == [])
    }

    @Test func anEndMayBeFollowedByAnotherRunWhereThePolicySaysSo() {
        let pod = ToldPod("a", "b", restartPolicy: .onFailure)
        let failed = pod.answer(Told.failed.status("a"), Told.running.status("b"))
        let ended = pod.answer(Told.ended.status("a"), Told.running.status("b"))
        let again = pod.answer(Told.running.status("a"), Told.running.status("b"))
        #expect(rules(pod, failed, again).isEmpty)
        #expect(rules(pod, ended, again) == [.endIsKept])
    }

    @Test func aRunningContainerThatWaitsAgain() {
        let pod = ToldPod("a")
        #expect(
            rules(pod, pod.answer(Told.running.status("a")), pod.answer(Told.waiting.status("a"))) == [.noWayBack])
    }

    @Test func aDeadVirtualKubeletIsAskedNothingMore() {
        let pod = ToldPod("a", "b")
        var story = PodStory(pod.pod)
        _ = story.take([pod.answer(Told.failed.status("a"))])
        #expect(story.crash != nil)
        #expect(story.isOver)
    }
}
