import KubernetesModel
import Testing

@testable import InterLinkPluginKit

@Suite struct StatusBookTests {
    private let pod = PodDigest.sample("a", "b")
    private func at(_ second: Int64) -> Moment { Moment(seconds: 1000 + second) }

    private func merge(
        _ book: inout StatusBook, _ a: Seen, _ b: Seen, at second: Int64, attempt: Int = 1
    ) -> StatusBook.News {
        book.merge([b.status("b"), a.status("a")], attempt: attempt, evidence: at(second), of: pod)
    }

    private func write(_ book: inout StatusBook) {
        if let taken = book.takeUnwritten() { book.wrote(taken) }
    }

    @Test func containersStandInTheOrderOfThePodAndStrangersAreDropped() {
        var book = StatusBook()
        _ = book.merge(
            [Seen.running.status("b"), Seen.running.status("x"), Seen.waiting.status("a")], attempt: 1, evidence: at(1),
            of: pod)
        #expect(book.known.map(\.name) == ["a", "b"])
    }

    @Test func olderEvidenceIsNotTakenInHoweverLateItComes() {
        var book = StatusBook()
        _ = merge(&book, .running, .running, at: 5)
        #expect(!merge(&book, .failed, .waiting, at: 4).isChanged)
        #expect(book.known.map(Seen.init) == [.running, .running])
        #expect(merge(&book, .ended, .running, at: 6).isChanged)
    }

    @Test func anOlderAttemptIsIgnoredAndANewerOneCounts() {
        var book = StatusBook()
        _ = merge(&book, .running, .running, at: 5, attempt: 2)
        #expect(!merge(&book, .failed, .failed, at: 9, attempt: 1).isChanged)
        #expect(merge(&book, .waiting, .waiting, at: 9, attempt: 3).isChanged)
        #expect(book.attempt == 3)
    }

    @Test func aContainerThatRunsAgainInANewAttemptIsNoticed() {
        var book = StatusBook()
        _ = merge(&book, .ended, .running, at: 1)
        #expect(!merge(&book, .running, .running, at: 2).ranAgain)
        #expect(merge(&book, .running, .running, at: 3, attempt: 2).ranAgain)
        #expect(book.known.map(Seen.init) == [.ended, .running])
    }

    @Test func whatIsTerminalIsToldOnlyOnceItIsWritten() {
        var book = StatusBook()
        _ = merge(&book, .waiting, .waiting, at: 1)
        _ = merge(&book, .running, .waiting, at: 2)
        #expect(book.told.map(Seen.init) == [.running, .waiting])
        _ = merge(&book, .failed, .running, at: 3)
        #expect(book.told.map(Seen.init) == [.running, .waiting])
        write(&book)
        #expect(book.told.map(Seen.init) == [.failed, .running])
    }

    @Test func aWriteThatIsOvertakenTellsNoMoreThanItWrote() throws {
        var book = StatusBook()
        _ = merge(&book, .ended, .running, at: 1)
        let taken = book.takeUnwritten()
        let written = try #require(taken)
        _ = merge(&book, .ended, .failed, at: 2)
        book.wrote(written)
        #expect(book.told.map(Seen.init) == [.ended, .running])
        write(&book)
        #expect(book.told.map(Seen.init) == [.ended, .failed])
    }

    @Test func aFailedWriteTellsNothingAndIsTriedAgain() {
        var book = StatusBook()
        _ = merge(&book, .ended, .ended, at: 1)
        let taken = book.takeUnwritten()
        #expect(taken != nil)
        book.failedToWrite()
        #expect(book.told.isEmpty)
        write(&book)
        #expect(book.told.map(Seen.init) == [.ended, .ended])
    }

    @Test func theEndOfTheJobEndsWhatHasNoEnd() {
        var book = StatusBook()
        _ = book.merge([Seen.ended.status("a")], attempt: 1, evidence: at(1), of: pod)
        _ = book.end(by: Ending(reason: "NodeLost", message: "node 7 is lost"), evidence: at(2), of: pod)
        #expect(book.known.map { $0.state?.terminated?.exitCode } == [0, 137])
        #expect(book.known.last?.state?.terminated?.message == "node 7 is lost")
        #expect(book.endedAt == at(2))
    }

    @Test func whatWasRestoredIsOlderThanAnyEvidenceOfThisProcess() {
        var book = StatusBook(
            restoring: StateRecord(attempt: 1, endedAt: nil, containers: [Seen.running.status("a")]))
        // The wall clock was set back meanwhile.
        #expect(book.merge([Seen.ended.status("a")], attempt: 1, evidence: Moment(seconds: 1), of: pod).isChanged)
    }

    @Test(
        arguments: [
            ([.ended, .running, .ended], false), ([.failed, .running, .waiting], true),
            ([.ended, .running, .failed], false),
            ([.ended, .ended, .ended, .ended], true), ([.ended, .running, .ended, .failed], true),
        ] as [([Seen], Bool)])
    func aPodHasEndedWithItsContainersOrAFailedInit(states: [Seen], hasEnded: Bool) {
        let pod = PodDigest.sample("init:i", "sidecar:s", "a", "b")
        var book = StatusBook()
        let statuses = zip(pod.containers, states).map { $1.status($0.name) }
        _ = book.merge(statuses, attempt: 1, evidence: at(1), of: pod)
        #expect((book.endedAt != nil) == hasEnded)
    }
}
