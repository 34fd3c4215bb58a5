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
        var search = Search(countsFrom: at(100), why: "")
        var settled = false
        for list in lists { settled = search.missed(in: at(list), settle: .seconds(30)) }
        #expect(settled == isSettled)
    }

    @Test func whileTheCallRunsNothingIsConcluded() {
        var search = Search(countsFrom: nil, why: "")
        for second in 0..<100 {
            let isSettled = search.missed(in: at(Int64(second) * 100), settle: .seconds(30))
            #expect(!isSettled)
        }
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
