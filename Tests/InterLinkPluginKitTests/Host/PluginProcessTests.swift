import Glibc
import InterLinkSystem
import TestSupport
import Testing

@testable import InterLinkPluginKit

/// The whole program over a real socket: killed, ended, replaced, and without room on the disk.
// One host at a time: each holds a dozen descriptors, and other suites need theirs.
@Suite(.serialized) struct PluginProcessTests {
    private func run(
        _ extra: String = "", _ body: (PluginProgram, ProgramClient) async throws -> Void
    ) async throws {
        let program = try PluginProgram(extra)
        let loops = try EventLoopGroup(name: "client", count: 1)
        defer { loops.stop() }
        try await body(program, ProgramClient(loops: loops, socket: program.socket))
    }

    @Test func afterAKillEveryPodIsKnownAndNoJobIsDoubled() async throws {
        try await run { program, client in
            let first = try await program.start()
            let created = try await client.post("/create", Body.create())
            #expect(created.status == 200)
            kill(first, SIGKILL)
            #expect(try await program.end(of: first) == 137)

            let second = try await program.start()
            #expect(try await client.post("/create", Body.create()).body == created.body)
            #expect(try await client.jobs().contains(Body.uid))
            #expect(program.submitted == 1)
            kill(second, SIGTERM)
            #expect(try await program.end(of: second) == 0)
        }
    }

    @Test func aCreateInFlightIsAnsweredBeforeTheEndAndItsJobIsNotLost() async throws {
        try await run("submitTime: 3s") { program, client in
            let first = try await program.start()
            async let answer = client.post("/create", Body.create())
            try await eventually("it is being submitted") { try await client.jobs().contains("being submitted") }
            kill(first, SIGTERM)
            let created = try await answer
            #expect(created.status == 200)
            #expect(try await program.end(of: first) == 0)
            #expect(access(program.socket, F_OK) != 0)

            try await program.start()
            try await eventually("its job runs") { try await client.jobs().contains(#""phase":"running""#) }
            #expect(program.submitted == 1)
        }
    }

    @Test func whatOnlyWaitedAtTheEndIsSubmittedByTheNextProcessWithoutASearch() async throws {
        try await run { program, client in
            let first = try await program.start([
                "INTERLINK_SUBMIT_TIME": "300s", "INTERLINK_LIFECYCLE_DRAIN": "1s",
                "INTERLINK_LIFECYCLE_PATIENCE": "1h", "INTERLINK_LIFECYCLE_CONCURRENT_SUBMITS": "1",
                "INTERLINK_LIFECYCLE_SUBMIT_BATCH": "1",
            ])
            async let early = client.post("/create", Body.create(Body.uid(1)))
            try await eventually("it is being submitted") { try await client.jobs().contains("being submitted") }
            async let late = client.post("/create", Body.create(Body.uid(2)))
            try await eventually("it waits") { try await client.jobs().contains("waiting to be submitted") }
            kill(first, SIGTERM)
            #expect(try await [early, late].map(\.status) == [200, 200])
            #expect(try await program.end(of: first) == 0)
            #expect(program.submitted == 0)

            let second = try await program.start()
            try await eventually("it runs") { try await client.jobs().contains(#""phase":"running""#) }
            #expect(program.submitted == 1)
            #expect(!program.log.contains("nothing was submitted"))
            kill(second, SIGTERM)
            #expect(try await program.end(of: second) == 0)
        }
    }

    @Test func aSecondSignalEndsItAtOnce() async throws {
        try await run("submitTime: 300s") { program, client in
            let first = try await program.start()
            // Its submission holds up the end.
            async let answer = client.post("/create", Body.create())
            try await eventually("it is being submitted") { try await client.jobs().contains("being submitted") }
            kill(first, SIGTERM)
            try await eventually("it is ending") { program.log.contains("NOTICE ending") }
            kill(first, SIGINT)
            #expect(try await program.end(of: first) == 128 + SIGINT)
            _ = try? await answer
        }
    }

    @Test func anotherProcessTakesOverWithoutARefusedRequest() async throws {
        try await run("submitTime: 2s") { program, client in
            let first = try await program.start()
            async let early = client.post("/create", Body.create(Body.uid(1)))
            try await eventually("it is being submitted") { try await client.jobs().contains("being submitted") }
            let second = try program.launch()
            try await eventually("the other one waits") { program.log.contains("waiting for the process before this") }
            async let late = client.post("/create", Body.create(Body.uid(2)))
            kill(first, SIGTERM)
            let answers = try await [early, late]
            #expect(answers.map(\.status) == [200, 200])
            #expect(try await program.end(of: first) == 0)
            try await eventually("both run") {
                try await client.jobs().split(separator: #""phase":"running""#).count == 3
            }
            #expect(program.submitted == 2)
            kill(second, SIGTERM)
            #expect(try await program.end(of: second) == 0)
        }
    }

    @Test func aTakeOverThatFailsGivesTheSocketBack() async throws {
        try await run { program, client in
            let first = try await program.start()
            let second = try program.launch(["INTERLINK_STATE_HANDOVER": "200ms"])
            #expect(try await program.end(of: second) == ExitCode.inUse.rawValue)
            #expect(program.log.contains("is held by process \(first)"))
            #expect(try await client.jobs() == "[]")
            kill(first, SIGTERM)
            #expect(try await program.end(of: first) == 0)
        }
    }

    /// The limit on the size of files stands for a full disk: writes beyond it fail, and root is no exception.
    @Test func withoutRoomOnTheDiskACreateIsRefusedAndLaterOnesWork() async throws {
        try await run { program, client in
            let pid = try await program.start()
            #expect(try await client.post("/create", Body.create(Body.uid(1))).status == 200)
            try await limitFiles(of: pid, to: 4096)
            let refused = try await client.post("/create", Body.create(Body.uid(2)))
            #expect(refused.status == 503)
            #expect(refused.headers["retry-after"] != nil)
            #expect(try await client.jobs().contains(Body.uid(2)) == false)
            // What is known is still told.
            #expect(try await client.post("/status", Body.status(Body.uid(1))).text.contains(Body.uid(1)))
            try await limitFiles(of: pid, to: nil)
            #expect(try await client.post("/create", Body.create(Body.uid(2))).status == 200)
            #expect(try await client.post("/create", Body.create(Body.uid(3))).status == 200)
            try await eventually("all run") {
                try await client.jobs().split(separator: #""phase":"running""#).count == 4
            }
            #expect(program.submitted == 3)
            kill(pid, SIGTERM)
            #expect(try await program.end(of: pid) == 0)
        }
    }

    /// Every write to the disk of the records fails as on a full one, by ENOSPC.
    @Test func onAFullDiskACreateIsRefusedLeavesNothingBehindAndLaterOnesWork() async throws {
        let disk = try SmallDisk(kibibytes: 1024)
        let environment = ["INTERLINK_STATE_FOLDER": disk.path]
        try await run { program, client in
            let first = try await program.start(environment)
            #expect(try await client.post("/create", Body.create(Body.uid(1))).status == 200)
            try disk.fill()
            // The log of the records may have some room yet.
            var refused = 1
            var status = 200
            while status == 200 && refused < 1000 {
                refused += 1
                status = try await client.post("/create", Body.create(Body.uid(refused))).status
            }
            #expect(status == 503)
            #expect(try await client.post("/status", Body.status(Body.uid(1))).text.contains(Body.uid(1)))

            disk.makeRoom()
            for later in [refused + 1, refused + 2] {
                #expect(try await client.post("/create", Body.create(Body.uid(later))).status == 200)
            }
            // Where the intent found room and its outcome did not, there was a job, which is stopped.
            try await eventually("nothing is left of what was refused") {
                try await !client.jobs().contains(Body.uid(refused))
                    && program.submitted - program.stopped == refused + 1
            }
            kill(first, SIGTERM)
            #expect(try await program.end(of: first) == 0)

            let second = try await program.start(environment)
            let known = try await client.jobs()
            for pod in 1...refused + 2 { #expect(known.contains(Body.uid(pod)) == (pod != refused)) }
            #expect(program.submitted - program.stopped == refused + 1)
            kill(second, SIGTERM)
            #expect(try await program.end(of: second) == 0)
        }
    }

    private func limitFiles(of pid: pid_t, to bytes: Int?) async throws {
        let limit = bytes.map { "\($0):unlimited" } ?? "unlimited:unlimited"
        let result = try await CommandRunner().run(Command("prlimit", ["--pid=\(pid)", "--fsize=\(limit)"]))
        try #require(result.succeeded, "\(result.errorOutput.text)")
    }
}
