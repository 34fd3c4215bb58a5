import InterLinkConformance
import InterLinkHTTPClient
import TestSupport
import Testing

/// The suite on a plugin that is right: the real host, with local processes for containers.
@Suite struct ReferencePluginTests {
    private func options() -> ConformanceOptions {
        var options = ConformanceOptions()
        // Patience costs nothing where nothing is wrong.
        options.allowances.start = 300
        options.allowances.change = 300
        options.allowances.stop = 300
        options.allowances.restart = 300
        options.allowances.quiet = 1
        return options
    }

    @Test func itPassesAllThatItDeclaresAndNothingIsLeft() async throws {
        let plugin = try ReferenceProcess()
        try await plugin.start()
        var options = options()
        options.capabilities = [
            .logs, .initContainers, .sidecars, .environment, .lifecycle, .restartPolicy, .capacity, .restart,
        ]
        options.restart = { try await plugin.restart() }
        let report = try await Conformance(endpoint: .unixSocket(plugin.socket), options: options).run()
        #expect(report.passed, "\(report.text)")
        #expect(report.count(.blocked) == 0)
        #expect(Set(report.checks.filter { $0.verdict == .skipped }.map(\.capability)) == [.volumes, .probes, .hooks])
        #expect(report.podsLeft.isEmpty)
        #expect(report.podsCreated > 100)
        try await eventually("all folders are removed") { await plugin.pods.isEmpty }
        await plugin.stop()
    }

    @Test func anInterruptedRunLeavesNothing() async throws {
        let plugin = try ReferenceProcess()
        try await plugin.start()
        let options = options()
        let run = Task { try await Conformance(endpoint: .unixSocket(plugin.socket), options: options).run() }
        try await eventually("some pods are there") { await plugin.pods.count >= 3 }
        run.cancel()
        let report = try await run.value
        #expect(report.wasInterrupted)
        #expect(!report.passed)
        #expect(report.count(.blocked) > 0)
        #expect(report.podsLeft.isEmpty)
        try await eventually("all folders are removed") { await plugin.pods.isEmpty }
        await plugin.stop()
    }

    @Test func aPluginThatIsNotThereCannotBeJudged() async throws {
        let conformance = Conformance(endpoint: .unixSocket("/nonexistent/plugin.sock"))
        await #expect(throws: ConformanceError.self) { try await conformance.run() }
    }
}
