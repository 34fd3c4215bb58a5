import LosslessJSON

/// The question that decides whether the node is Ready.
enum PingChecks {
    static let all = [emptyList, size, readable]

    private static let sent = "GET /status with the body []"

    static let emptyList = ConformanceCheck(
        "core.ping.empty-list", contract: "3.1",
        because: "every 30 s a Virtual Kubelet asks with an empty list, and any answer but 200 makes the node NotReady"
    ) { context in
        let outcome = try await context.ping()
        context.expect(
            outcome.isOK, sent: sent, got: outcome.text, expected: "200",
            consequence: "the node is NotReady, and after five minutes Kubernetes evicts its pods")
    }

    static let size = ConformanceCheck(
        "core.ping.size", contract: "3.2",
        because: "the answer is kept four times in the Node object, whose annotations may have 256 KiB in all"
    ) { context in
        let outcome = try await context.ping()
        context.expect(
            outcome.body.count <= 64 << 10, sent: sent, got: "\(outcome.body.count) bytes",
            expected: "at most 64 KiB, better a few", consequence: "updates of the node fail")
    }

    static let readable = ConformanceCheck(
        "core.ping.readable", contract: "3.3",
        because: "an object that does not fit, a number where a quantity must be, is taken for text without a word"
    ) { context in
        let outcome = try await context.ping()
        guard outcome.isOK, case .object? = try? JSON.decode(JSONValue.self, from: outcome.body) else { return }
        do throws(JSONError) {
            _ = try GoReading.ping(outcome.body)
        } catch {
            context.expect(
                false, sent: sent, got: "\(outcome.text), where \(error)",
                expected: "texts for all quantities: \"cpu\": \"128\"", consequence: "nothing of the answer has effect")
        }
    }
}
