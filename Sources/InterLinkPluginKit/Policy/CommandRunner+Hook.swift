extension CommandRunner: HookRunner {
    package func run(
        _ program: String, _ arguments: [String], input: [UInt8], within limit: Duration
    ) async throws -> HookOutput {
        var command = Command(program, arguments)
        command.input = input
        command.deadline = limit
        command.grace = .seconds(1)
        command.outputLimit = 1 << 20
        let result = try await run(command)
        if result.output.isCut { throw HookFailure("its answer is longer than 1 MiB") }
        switch result.ending {
        case .exited(let code):
            return HookOutput(exitCode: code, output: result.output.bytes, errors: result.errorOutput.bytes)
        case .signalled(let signal): throw HookFailure("it was ended by signal \(signal)")
        case .timedOut: throw HookFailure("it took longer than \(limit)")
        }
    }
}
