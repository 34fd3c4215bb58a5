import InterLinkConformance
import InterLinkSystem
import TestSupport
import Testing

@testable import InterLinkPluginKit

/// Loads on a good plugin, on lying ones, and what is left of them.
@Suite struct LoadRunTests {
    /// Short, and with everything in it.
    private var options: LoadOptions {
        var options = LoadOptions()
        options.pods = 12
        options.nodes = 2
        options.rate = 40
        options.followed = 2
        options.length = .rounds(24)
        options.runTime = .seconds(2)
        options.pause = .milliseconds(300)
        options.pingPause = .milliseconds(200)
        return options
    }

    @Test func aGoodPluginTellsTheTruthAndIsLeftEmpty() async throws {
        try await withPlugin(nil) { plugin in
            let report = try await LoadRun(endpoints: [plugin.endpoint], options: options).run()
            #expect(report.isClean, "\(report.summary)")
            let seen = try #require(report.plugins.first)
            #expect(seen.created == 12)
            #expect(seen.ended > 0)
            #expect(Set(seen.calls.map(\.call)) == Set(LoadCall.allCases))
            for call in [LoadCall.create, .delete] {
                #expect(seen.calls.first { $0.call == call }?.answered == 12)
            }
            #expect(
                seen.calls.allSatisfy { call in call.times.map { $0.p50 <= $0.p99 && $0.p99 <= $0.maximum } == true })
            #expect(seen.staleness.contains { $0.kind == .end })
            #expect((seen.process?.memoryAtMost ?? 0) > 1_000_000, "the test itself serves the plugin")
            #expect(await plugin.good.becomesEmpty())
        }
    }

    /// The faults of the conformance suite, and what a load calls them.
    static let lies: [(String, [Untruth.Kind])] = [
        ("another pod's status", [.otherPod]),
        ("empty list of containers", [.noContainers]),
        ("no status for a known pod", [.forgotten]),
        ("a container without a state", [.noState]),
        ("containers in another order", [.wrongContainers]),
        ("running, then waiting", [.backToWaiting]),
        ("the exit code is always 0", [.wrongExitCode]),
        ("create answers without ids", [.wrongCreateAnswer]),
        ("the last line is missing", [.logIncomplete]),
        ("a follow that ends at once", [.followEndedEarly]),
    ]

    @Test func aLyingPluginIsCaught() async throws {
        let reference = try ReferenceProcess()
        try await reference.start()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (name, kinds) in Self.lies {
                let fault = try #require(Fault.all.first { $0.name == name })
                var options = options
                // Whoever follows a log must come before its end.
                options.runTime = .seconds(6)
                options.length = .rounds(40)
                group.addTask { [options] in
                    let report = try await BadPluginRun(fault, before: reference).serve { plugin in
                        try await LoadRun(endpoints: [plugin.endpoint], options: options).run()
                    }
                    let told = Set(report.plugins.flatMap { $0.untruths.map(\.kind) })
                    #expect(told.isSuperset(of: kinds), "\(name)\n\(report.summary)")
                    #expect(!report.isClean)
                    #expect(report.plugins.allSatisfy { $0.leftBehind.isEmpty })
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func errorsAreCountedByTheirKind() async throws {
        let fault = try #require(Fault.all.first { $0.name == "create answers 201" })
        try await withPlugin(fault) { plugin in
            let report = try await LoadRun(endpoints: [plugin.endpoint], options: options).run()
            let create = report.plugins.first?.calls.first { $0.call == .create }
            #expect(create?.failures == 12)
            #expect(create?.errors.map(\.kind) == ["code 201"])
            #expect(create?.times == nil, "what failed has no latency")
            #expect(await plugin.good.becomesEmpty(), "what was refused may run, and is deleted too")
        }
    }

    @Test func whatCannotBeDeletedIsTold() async throws {
        let fault = Fault("deletes fail", "", caughtBy: [], checks: []) { plugin in
            plugin.delete = { _, _ in .text("no", status: .internalServerError) }
        }
        try await withPlugin(fault) { plugin in
            var options = options
            options.pods = 2
            options.nodes = 1
            options.length = .rounds(1)
            let report = try await LoadRun(endpoints: [plugin.endpoint], options: options).run()
            #expect(report.plugins.first?.leftBehind.count == 2)
            #expect(!report.isClean)
            #expect(report.summary.contains("LEFT BEHIND"))
        }
    }

    /// Cancelled while creates are under way, which a plugin may have taken although nobody got their answers.
    @Test func anInterruptedLoadLeavesNothing() async throws {
        let fault = Fault("slow creates", "", caughtBy: [], checks: []) { plugin in
            plugin.create = { request, good in
                let answer = await good.answer(request)
                try? await Task.sleep(for: .milliseconds(400))
                return answer
            }
        }
        try await withPlugin(fault) { plugin in
            var options = options
            options.pods = 2000
            options.rate = 20
            let load = LoadRun(endpoints: [plugin.endpoint], options: options)
            let created = Lock(0)
            let run = Task {
                try await load.run { progress in created.withLock { $0 = progress.plugins.first?.created ?? 0 } }
            }
            for _ in 0..<600 where created.withLock({ $0 }) < 3 { try await Task.sleep(for: .milliseconds(100)) }
            run.cancel()
            let report = try await run.value
            #expect(report.wasInterrupted)
            let seen = try #require(report.plugins.first)
            #expect((3..<2000).contains(seen.created))
            #expect(seen.leftBehind.isEmpty)
            #expect(await plugin.good.becomesEmpty())
        }
    }

    @Test func twoPluginsGetTheSameLoad() async throws {
        let reference = try ReferenceProcess()
        try await reference.start()
        let fault = try #require(Fault.all.first { $0.name == "the exit code is always 0" })
        try await BadPluginRun(nil, before: reference).serve { good in
            try await BadPluginRun(fault, before: reference).serve { bad in
                let report = try await LoadRun(endpoints: [good.endpoint, bad.endpoint], options: options).run()
                #expect(report.plugins.map(\.created) == [12, 12])
                #expect(report.plugins[0].untruths.isEmpty, "\(report.summary)")
                #expect(report.plugins[1].untruths.map(\.kind) == [.wrongExitCode])
                for plugin in report.plugins { #expect(report.html.contains("\(plugin.endpoint)")) }
                #expect(await good.good.becomesEmpty())
                #expect(await bad.good.becomesEmpty())
            }
        }
    }

    private func withPlugin(
        _ fault: Fault?, _ body: (BadPluginRun.Served) async throws -> Void
    ) async throws {
        let reference = try ReferenceProcess()
        try await reference.start()
        try await BadPluginRun(fault, before: reference).serve(body)
    }
}
