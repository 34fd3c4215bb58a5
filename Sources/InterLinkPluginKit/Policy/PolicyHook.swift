import InterLinkAPI

/// Starts the program of a hook.
package protocol HookRunner: Sendable {
    /// Gives it `input` on its standard input and waits until it ends, not longer than `limit`.
    func run(
        _ program: String, _ arguments: [String], input: [UInt8], within limit: Duration
    ) async throws -> HookOutput
}

/// What became of the program of a hook.
package struct HookOutput: Sendable {
    package let exitCode: Int
    package let output: [UInt8]
    package let errors: [UInt8]

    package init(exitCode: Int, output: [UInt8], errors: [UInt8] = []) {
        self.exitCode = exitCode
        self.output = output
        self.errors = errors
    }
}

/// Asks the program of a site about a pod.
struct PolicyHook: Sendable {
    let configuration: HookConfiguration
    let runner: any HookRunner

    enum Verdict {
        case pass(CreateRequest)
        case refused(reason: String)
    }

    func judge(_ request: CreateRequest) async throws(HookFailure) -> Verdict {
        switch try await ask(request) {
        case .allow: return .pass(request)
        case .refuse(let reason): return .refused(reason: reason)
        case .change(let patch):
            var changed = request
            changed.pod = try patch.apply(to: request.pod, environmentWasShown: configuration.secrets)
            return .pass(changed)
        }
    }

    private func ask(_ request: CreateRequest) async throws(HookFailure) -> HookAnswer {
        let input = HookRequest.body(request, withSecrets: configuration.secrets)
        let result: HookOutput
        do {
            result = try await runner.run(
                configuration.program, configuration.arguments, input: input, within: configuration.timeout)
        } catch {
            throw HookFailure("it did not answer: \(error)")
        }
        guard result.exitCode == 0 else {
            let told = oneLine(String(decoding: result.errors.prefix(1000), as: UTF8.self), atMost: 200)
            throw HookFailure("it ended with exit code \(result.exitCode)\(told.isEmpty ? "" : ": \(told)")")
        }
        return try HookAnswer(result.output)
    }
}
