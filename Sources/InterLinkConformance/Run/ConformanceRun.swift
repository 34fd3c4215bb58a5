import FoundationEssentials
import InterLinkHTTPClient
import InterLinkSystem
import KubernetesModel

/// One run: which checks, in which order, what is cleaned up, and what comes of it.
struct ConformanceRun: Sendable {
    private let endpoint: InterLinkEndpoint
    private let options: ConformanceOptions
    private let progress: ProgressTeller
    private let register: PodRegister
    private let rules = RuleBook()

    init(
        endpoint: InterLinkEndpoint, options: ConformanceOptions,
        progress: @escaping @Sendable (ConformanceProgress) -> Void
    ) {
        self.endpoint = endpoint
        self.options = options
        self.progress = ProgressTeller(progress)
        register = PodRegister(target: options.target)
    }

    func report() async throws(ConformanceError) -> ConformanceReport {
        let selection = try CheckSelection(options)
        let client = try await connect()
        let startedAt = Timestamp.now
        let start = ContinuousClock.now
        let wanted = selection.wanted
        progress.tell(.planned(checks: wanted.count))
        var results = await runTogether(wanted.filter { !$0.isExclusive }, client)
        for check in wanted where check.isExclusive { results[check.id] = await run(check, client) }
        let wasInterrupted = Task.isCancelled
        let left = await clean(client)
        let checks = Conformance.checks.map { check in
            if let why = selection.skipped[check.id] { return CheckResult(check, .skipped, why: why) }
            return judged(results[check.id] ?? CheckResult(check, .blocked, why: "the run was interrupted"), check)
        }
        return ConformanceReport(
            endpoint: "\(endpoint)", run: register.run, startedAt: "\(startedAt)",
            seconds: (ContinuousClock.now - start).inSeconds,
            capabilities: Capability.allCases.filter(options.tested.contains), checks: checks,
            podsCreated: register.all.count { $0.wasSent }, podsLeft: left, wasInterrupted: wasInterrupted)
    }

    /// A plugin that takes the connection is there, whatever it makes of the ping.
    private func connect() async throws(ConformanceError) -> InterLinkClient {
        var client: InterLinkClient
        do throws(HTTPClientError) {
            client = InterLinkClient(endpoint, client: try HTTPClient(configuration: options.client))
        } catch {
            throw .options("\(error)")
        }
        // An answer without an end must not hold up the run. Followed logs lift the limit.
        client.deadlines.total = .seconds(150)
        do throws(HTTPClientError) {
            _ = try await client.ping()
        } catch {
            guard error.mayHaveBeenReceived else { throw .unreachable("\(error)") }
        }
        return client
    }

    private func runTogether(
        _ checks: [ConformanceCheck], _ client: InterLinkClient
    ) async -> [String: CheckResult] {
        await withTaskGroup(of: CheckResult.self) { group in
            var results: [String: CheckResult] = [:]
            var waiting = checks[...]
            for _ in 0..<max(1, options.parallelism) {
                if let check = waiting.popFirst() { group.addTask { await run(check, client) } }
            }
            for await result in group {
                results[result.id] = result
                if !Task.isCancelled, let check = waiting.popFirst() { group.addTask { await run(check, client) } }
            }
            return results
        }
    }

    private func run(_ check: ConformanceCheck, _ client: InterLinkClient) async -> CheckResult {
        guard !Task.isCancelled else { return CheckResult(check, .blocked, why: "the run was interrupted") }
        progress.tell(.began(check))
        let record = CheckRecord()
        let context = CheckContext(
            check: check.id, options: options, client: client, register: register, rules: rules, record: record)
        var result = CheckResult(check, .passed)
        do {
            try await check.body(context)
        } catch CheckStop.found {
        } catch CheckStop.blocked(let why) {
            (result.verdict, result.why) = (.blocked, why)
        } catch CheckStop.inapplicable(let why) {
            (result.verdict, result.why) = (.skipped, why)
        } catch is CancellationError {
            (result.verdict, result.why) = (.blocked, "the run was interrupted")
        } catch {
            (result.verdict, result.why) = (.blocked, "\(error)")
        }
        result.findings = record.findings
        if !result.findings.isEmpty { (result.verdict, result.why) = (.failed, nil) }
        if result.verdict != .passed { result.exchanges = record.exchanges }
        result.seconds = (ContinuousClock.now - record.began).inSeconds
        // Also after an interruption: a task of its own is not cancelled with this one.
        let janitor = Janitor(client: client, allowances: options.allowances)
        await Task { await janitor.delete(record.pods) }.value
        progress.tell(.ended(result))
        return result
    }

    /// What stands against a check by the rule that it watches.
    private func judged(_ result: CheckResult, _ check: ConformanceCheck) -> CheckResult {
        guard let rule = check.rule else { return result }
        var result = result
        result.findings += rules.findings(rule)
        if !result.findings.isEmpty { (result.verdict, result.why) = (.failed, nil) }
        return result
    }

    /// Waits until all pods are gone; the names of those that stay.
    private func clean(_ client: InterLinkClient) async -> [String] {
        let pods = register.all.filter { $0.wasSent }
        progress.tell(.cleaning(pods: pods.count { !$0.isGone }))
        let janitor = Janitor(client: client, allowances: options.allowances)
        let left = await Task { await janitor.seeGone(pods) }.value
        for (pod, words) in left {
            rules.note(
                .leavesNothing, check: "the end of the run", pod: pod.name,
                Finding(
                    sent: "POST /delete, and GET /status until the pod is gone", got: words,
                    expected: "the pod left out, or ended",
                    consequence: "nobody asks again for a deleted pod: its job goes on, unseen"))
        }
        return left.map { "\($0.0.namespace)/\($0.0.name) (\($0.0.uid))" }
    }
}

/// Calls one at a time, in order.
final class ProgressTeller: Sendable {
    private let tellers: Lock<@Sendable (ConformanceProgress) -> Void>

    init(_ tell: @escaping @Sendable (ConformanceProgress) -> Void) { tellers = Lock(tell) }

    func tell(_ progress: ConformanceProgress) { tellers.withLock { $0(progress) } }
}
