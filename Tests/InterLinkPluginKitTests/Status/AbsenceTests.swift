import Testing

@testable import InterLinkPluginKit

@Suite struct AbsenceTests {
    private func at(_ second: Int64) -> Moment { Moment(seconds: second) }

    @Test(
        arguments: [
            // Lists that missed it, when the backend agreed, whether that is proof after 300 seconds.
            ([100], nil, false), ([100], 100, false), ([100, 400], nil, false), ([100, 399], 399, false),
            ([100, 400], 100, true), ([100, 200, 400], 400, true), ([100, 400], 99, false),
        ] as [([Int64], Int64?, Bool)])
    func goneNeedsTimeListsAndAgreement(lists: [Int64], agreed: Int64?, isProof: Bool) throws {
        var absence = Absence(firstMissedAt: at(try #require(lists.first)))
        for list in lists.dropFirst() { absence.missedAgain(at: at(list)) }
        if let agreed { absence.agreed(at: at(agreed)) }
        #expect(absence.proves(after: .seconds(300)) == isProof)
    }

    @Test func anAnswerTakesTheAgreementBack() {
        var absence = Absence(firstMissedAt: at(100))
        absence.agreed(at: at(150))
        absence.disagreed()
        absence.missedAgain(at: at(500))
        #expect(!absence.proves(after: .seconds(300)))
    }

    @Test func aListThatComesLateDoesNotCountTwice() {
        var absence = Absence(firstMissedAt: at(100))
        absence.missedAgain(at: at(90))
        absence.missedAgain(at: at(100))
        #expect(absence.lists == 1)
    }
}

@Suite struct SearchTests {
    private func at(_ second: Int64) -> Moment { Moment(seconds: second) }

    @Test(
        arguments: [
            ([101, 131], true), ([101, 130], false), ([100, 131], false), ([90, 101, 120, 131], true), ([131], false),
        ] as [([Int64], Bool)])
    func notSubmittedNeedsTwoListsApartAfterTheCallHasEnded(lists: [Int64], isSettled: Bool) {
        var search = Search(countsFrom: at(100), since: at(90), why: "")
        for list in lists { search.missed(in: at(list), settle: .seconds(30)) }
        #expect((search.agreedAt != nil) == isSettled)
    }

    @Test func whileTheCallRunsNothingIsConcluded() {
        var search = Search(countsFrom: nil, since: at(0), why: "")
        for second in 0..<100 { search.missed(in: at(Int64(second) * 100), settle: .seconds(30)) }
        #expect(search.agreedAt == nil)
    }

    struct Memory: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var lists: [Int64] = [101, 131]
        var since: Int64 = 90
        var hasMemory = true
        var asked: Int64 = 131
        let conclusion: Search.Conclusion
    }

    @Test(arguments: [
        Memory(testDescription: "the lists agree and the backend remembers nothing of it", conclusion: .notSubmitted),
        Memory(testDescription: "one list is not enough", lists: [101], conclusion: .open),
        Memory(testDescription: "what was asked before the lists agreed does not count", asked: 130, conclusion: .open),
        Memory(
            testDescription: "a memory reaches back over a long absence", since: -100_000, conclusion: .notSubmitted),
        Memory(
            testDescription: "without a memory, soon after", since: -199, hasMemory: false, conclusion: .notSubmitted),
        Memory(
            testDescription: "without a memory, after a long absence", since: -200, hasMemory: false,
            conclusion: .cannotBeKnown),
        Memory(
            testDescription: "without a memory, while the lists do not agree", lists: [101], since: -200,
            hasMemory: false, conclusion: .open),
    ])
    func theMemoryOfTheBackendDecides(_ one: Memory) {
        var search = Search(countsFrom: at(100), since: at(one.since), why: "")
        for list in one.lists { search.missed(in: at(list), settle: .seconds(30)) }
        let conclusion = search.conclusion(
            hasMemory: one.hasMemory, asked: at(one.asked), unseenTime: .seconds(300))
        #expect(conclusion == one.conclusion)
    }
}

@Suite struct PaceTests {
    @Test func quietPlacesAreListedEverMoreSeldomUpToTheCeiling() {
        var pace = Pace(floor: .seconds(5), ceiling: .seconds(60))
        for _ in 0..<20 { pace.succeeded(in: .milliseconds(10), broughtNews: false) }
        #expect(pace.interval == .seconds(60))
        for _ in 0..<20 { pace.succeeded(in: .milliseconds(10), broughtNews: true) }
        #expect(pace.interval == .seconds(5))
    }

    @Test func theFloorHoldsWhateverIsUrgent() {
        var pace = Pace(floor: .seconds(5), ceiling: .seconds(60))
        for _ in 0..<20 { pace.succeeded(in: .milliseconds(10), broughtNews: false) }
        #expect(pace.due(after: Moment(seconds: 100), isUrgent: true) == Moment(seconds: 105))
        #expect(pace.due(after: Moment(seconds: 100), isUrgent: false) == Moment(seconds: 160))
    }

    @Test func aSlowBackendIsAskedNoMoreThanATenthOfTheTime() {
        var pace = Pace(floor: .seconds(5), ceiling: .seconds(60))
        pace.succeeded(in: .seconds(4), broughtNews: true)
        #expect(pace.interval == .seconds(40))
    }

    @Test func troubleMakesPausesThatDoubleAndUrgencyDoesNotShortenThem() {
        var pace = Pace(floor: .seconds(5), ceiling: .seconds(60))
        let pauses = (0..<5).map { _ in
            pace.failed()
            return pace.interval
        }
        #expect(pauses == [10, 20, 40, 60, 60].map { .seconds($0) })
        #expect(pace.due(after: Moment(seconds: 0), isUrgent: true) == Moment(seconds: 60))
    }
}
