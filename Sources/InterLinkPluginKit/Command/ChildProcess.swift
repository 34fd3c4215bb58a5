import CLinux
import Glibc
import InterLinkSystem

/// One program from its start to the end of its process group.
final class ChildProcess: Sendable {
    /// How long outputs may stay open after the program has ended, once for its group and once after the group's end.
    private static let linger = Duration.milliseconds(500)
    /// How long a program may take to die of `KILL` before it is left to itself: one that hangs in the kernel cannot.
    private static let lastWait = Duration.seconds(5)

    private struct State {
        var pid: pid_t?
        var isCancelled = false
    }

    let loop: EventLoop
    private let plan: SpawnPlan
    private let state = Lock(State())

    init(_ plan: SpawnPlan, on loop: EventLoop) {
        self.plan = plan
        self.loop = loop
    }

    private var isCancelled: Bool { state.withLock { $0.isCancelled } }
    private var program: String { plan.command.program }

    /// Kills the group at once, or keeps the program from starting.
    func cancel() {
        state.withLock { $0.isCancelled = true }
        signal(SIGKILL)
    }

    func run() async -> Result<CommandResult, CommandError> {
        guard !isCancelled else { return .failure(CommandError(program, .cancelled, "cancelled before it started")) }
        do throws(CommandError) {
            let (outputPipe, outputEnd) = try pipe()
            let (errorPipe, errorEnd) = try pipe()
            let (output, errors) = try readers(outputPipe, errorPipe)
            let start = ContinuousClock.now
            let pid: pid_t
            do throws(CommandError) {
                pid = try await spawn(outputEnd, errorEnd)
            } catch {
                output.stop()
                errors.stop()
                throw error
            }
            // Ours would keep the pipes open.
            outputEnd.close()
            errorEnd.close()
            state.withLock { $0.pid = pid }
            if isCancelled { signal(SIGKILL) }
            return await follow(pid, output, errors, since: start)
        } catch {
            return .failure(error)
        }
    }

    /// A file that was written a moment ago can still be open for writing in a child of ours, between its fork and its
    /// exec: that passes.
    private func spawn(_ output: FileDescriptor, _ errors: FileDescriptor) async throws(CommandError) -> pid_t {
        for _ in 0..<20 {
            do throws(CommandError) {
                return try plan.spawn(output: output.rawValue, errorOutput: errors.rawValue)
            } catch  where error.cause == .busy && !isCancelled {
                try? await loop.sleep(for: .milliseconds(10))
            }
        }
        return try plan.spawn(output: output.rawValue, errorOutput: errors.rawValue)
    }

    private func pipe() throws(CommandError) -> (FileDescriptor, FileDescriptor) {
        var ends: [Int32] = [-1, -1]
        guard il_spawn_pipe(&ends) == 0 else { throw CommandError(program, call: "pipe", code: errno) }
        return (FileDescriptor(owning: ends[0]), FileDescriptor(owning: ends[1]))
    }

    private func readers(_ output: FileDescriptor, _ errors: FileDescriptor) throws(CommandError) -> (
        PipeReader, PipeReader
    ) {
        do {
            let limit = max(0, plan.command.outputLimit)
            let reader = try PipeReader(output, limit: limit, on: loop)
            do {
                return (reader, try PipeReader(errors, limit: limit, on: loop))
            } catch {
                reader.stop()
                throw error
            }
        } catch {
            throw CommandError(program, .system, "cannot be followed: \(error)")
        }
    }

    private func follow(
        _ pid: pid_t, _ output: PipeReader, _ errors: PipeReader, since start: ContinuousClock.Instant
    ) async -> Result<CommandResult, CommandError> {
        async let outputBytes = output.readAll()
        async let errorBytes = errors.readAll()
        let exit = ExitWatch(pid, on: loop)
        let isLate = await !exit.wait(until: start + plan.command.deadline)
        let hasEnded = isLate ? await end(exit) : true
        if !(output.isFinished && errors.isFinished) {
            let closing = Task(executorPreference: loop) {
                await self.close(output, errors, hasEnded: hasEnded)
            }
            _ = await (outputBytes, errorBytes)
            closing.cancel()
        }
        let (outputResult, errorResult) = await (outputBytes, errorBytes)
        let duration = ContinuousClock.now - start
        guard hasEnded else {
            Task(executorPreference: loop) {
                _ = await exit.wait(until: nil)
                _ = self.reap(pid)
            }
            return .failure(CommandError(program, .system, "it does not die of KILL", mayHaveRun: true))
        }
        // What is left of the group; its number cannot be another's before the program is reaped.
        signal(SIGKILL)
        let status = reap(pid)
        if isCancelled { return .failure(CommandError(program, .cancelled, "cancelled", mayHaveRun: true)) }
        guard let status else {
            return .failure(
                CommandError(
                    program, .system, "somebody else took its exit code: is SIGCHLD ignored?", mayHaveRun: true))
        }
        let ending: CommandResult.Ending =
            if isLate {
                .timedOut
            } else if il_exit_signal(status) != 0 {
                .signalled(Int(il_exit_signal(status)))
            } else {
                .exited(Int(il_exit_code(status)))
            }
        return .success(
            CommandResult(ending: ending, output: outputResult, errorOutput: errorResult, duration: duration))
    }

    /// TERM, then KILL. `false` when the program lives on even so.
    private func end(_ exit: ExitWatch) async -> Bool {
        signal(SIGTERM)
        if await exit.wait(until: .now + plan.command.grace) { return true }
        signal(SIGKILL)
        return await exit.wait(until: .now + Self.lastWait)
    }

    /// For outputs that are still open when the program has ended: first the group has to go, then we do not read on.
    private func close(_ output: PipeReader, _ errors: PipeReader, hasEnded: Bool) async {
        do {
            if hasEnded {
                try await loop.sleep(for: Self.linger)
                signal(SIGKILL)
                try await loop.sleep(for: Self.linger)
            }
        } catch is CancellationError {
            return
        } catch {
            // The loop stops, and with it the reading.
        }
        output.stop()
        errors.stop()
    }

    private func signal(_ number: Int32) {
        state.withLock { state in
            if let pid = state.pid { kill(-pid, number) }
        }
    }

    /// Takes the exit status. From here on the number of the process belongs to others.
    private func reap(_ pid: pid_t) -> Int32? {
        state.withLock { state in
            state.pid = nil
            var status: Int32 = 0
            var result = waitpid(pid, &status, 0)
            while result < 0, errno == EINTR { result = waitpid(pid, &status, 0) }
            return result == pid ? status : nil
        }
    }
}
