import InterLinkHTTPClient
import Testing

@testable import InterLinkConformance

@Suite struct LoadOptionsTests {
    static let wrong: [@Sendable (inout LoadOptions) -> Void] = [
        { $0.pods = 0 }, { $0.nodes = 0 }, { $0.nodes = 101 }, { $0.rate = 0 }, { $0.rate = .nan },
        { $0.rate = .infinity },
        { $0.followed = 101 }, { $0.followed = -1 }, { $0.target.image = "" }, { $0.target.shell = [] },
        { $0.runTime = .zero }, { $0.pause = .seconds(-1) }, { $0.pingPause = .zero }, { $0.patience = .zero },
        { $0.length = .rounds(0) }, { $0.length = .duration(.zero) },
    ]

    @Test(arguments: wrong.indices) func whatMakesNoSenseIsRefused(index: Int) async {
        var options = LoadOptions()
        Self.wrong[index](&options)
        #expect(options.problem != nil)
        await #expect(throws: LoadError.self) {
            try await LoadRun(endpoints: [.unixSocket("/nowhere/plugin.sock")], options: options).run()
        }
    }

    @Test func theDefaultsMakeSense() { #expect(LoadOptions().problem == nil) }

    @Test func nobodyThereIsTold() async {
        let error = await #expect(throws: LoadError.self) {
            try await LoadRun(endpoints: [.unixSocket("/nowhere/plugin.sock")]).run()
        }
        guard case .unreachable(.unixSocket("/nowhere/plugin.sock"), _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: [
        (Duration.zero, "0"), (.microseconds(850), "850 µs"), (.microseconds(12_345), "12.3 ms"),
        (.seconds(3), "3.00 s"),
        (.seconds(120), "2 min"), (.seconds(250), "4 min 10 s"), (.milliseconds(999), "999 ms"),
    ])
    func timesAreWrittenForPeople(time: Duration, words: String) { #expect("\(DurationWords(time))" == words) }
}
