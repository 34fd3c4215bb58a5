import Glibc
import InterLinkSystem
import TestSupport
import Testing

@testable import InterLinkPluginKit

/// What happens when a process has all the files open that it may.
@Suite(.timeLimit(.minutes(15))) struct HTTPServerDescriptorTests {
    @Test func acceptingPausesLongerAndLongerAndThenGoesOn() async throws {
        let loops = try EventLoopGroup(name: "test", count: 2)
        defer { loops.stop() }
        let directory = try TemporaryDirectory()
        let events = EventLog()
        let failures = Lock(8)
        let context = HTTPServerContext(handler: TestHandler.echo, limits: HTTPLimits()) { events.add($0) }
        let listening = try ListeningSocket.open(.unix(UnixListener(path: directory.path("socket"))))
        defer { listening.close() }
        let real = HTTPAcceptor(context: context, listening: listening, loops: loops)
        var failing = real
        failing.accept = { descriptor in
            let fails = failures.withLock { left in
                left -= 1
                return left >= 0
            }
            guard fails else { return real.accept(descriptor) }
            errno = EMFILE
            return (-1, SocketAddress.accept { _, _ in -1 }.peer)
        }
        let loop = loops.next()
        let task = Task(executorPreference: loop) { [failing] in await failing.run(on: loop) }
        let client = try await RawClient(to: listening.address, on: loops.next())
        #expect(try await client.get("/").status == 200)
        task.cancel()
        await task.value
        let pauses = events.all.compactMap { event in
            if case .acceptFailed("accept: Too many open files", let pause) = event { pause } else { nil }
        }
        #expect(pauses == [5, 10, 20, 40, 80, 160, 320, 640].map { .milliseconds($0) })
    }

    /// In a process of its own, because the limit is one of the whole process.
    @Test func connectionsNeverTakeTheLastDescriptors() async {
        await #expect(processExitsWith: .success) {
            var limit = rlimit(rlim_cur: 200, rlim_max: 200)
            try #require(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
            #expect(DescriptorLimit.current == 200)
            var limits = HTTPLimits.patient
            limits.connections = 1_000_000
            let loops = try EventLoopGroup(name: "test")
            #expect(HTTPServer(handler: TestHandler.echo, loops: loops, limits: limits).connectionLimit == 100)
        }
    }
}
