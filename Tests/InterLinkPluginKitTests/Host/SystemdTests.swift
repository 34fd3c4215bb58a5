import Glibc
import InterLinkSystem
import TestSupport
import Testing

@testable import InterLinkPluginKit

/// The whole program as a service of systemd: sockets are there before it runs, and it tells when it is ready.
@Suite(.serialized) struct SystemdTests {
    @Test func aSocketOfSystemdIsServedOverRestartsAndTheStateOfTheServiceIsTold() async throws {
        let program = try PluginProgram(listen: "{ systemd: {} }")
        let loops = try EventLoopGroup(name: "client", count: 1)
        defer { loops.stop() }
        let client = ProgramClient(loops: loops, socket: program.socket)
        let listener = try Self.bound(to: program.socket, SOCK_STREAM)
        try #require(listen(listener.rawValue, 16) == 0)
        let notices = try Self.bound(to: program.folder.path("notify"), SOCK_DGRAM)
        let environment = ["NOTIFY_SOCKET": program.folder.path("notify")]

        // Who comes before there is a process waits for it.
        async let created = client.post("/create", Body.create())
        let first = try program.launch(environment, listener: listener.rawValue)
        #expect(try await created.status == 200)
        #expect(try await Self.notice(at: notices) == "READY=1")
        kill(first, SIGTERM)
        #expect(try await Self.notice(at: notices) == "STOPPING=1")
        #expect(try await program.end(of: first) == 0)

        #expect(access(program.socket, F_OK) == 0)
        async let jobs = client.jobs()
        let second = try program.launch(environment, listener: listener.rawValue)
        #expect(try await jobs.contains(Body.uid))
        #expect(try await Self.notice(at: notices) == "READY=1")
        kill(second, SIGTERM)
        #expect(try await program.end(of: second) == 0)
    }

    @Test(arguments: [[:], ["LISTEN_FDS": "1", "LISTEN_PID": "1"]])
    func withoutASocketThatIsMeantForItTheProgramSaysSo(environment: [String: String]) async throws {
        let program = try PluginProgram(listen: "{ systemd: {} }")
        let output = try await program.run(["--config", program.folder.path("configuration")], environment)
        #expect(output.code == ExitCode.cannotStart.rawValue)
        #expect(output.errors.contains("systemd has passed no socket"), "\(output.errors)")
    }

    private static func bound(to path: String, _ type: __socket_type) throws -> FileDescriptor {
        let descriptor = FileDescriptor(owning: socket(AF_UNIX, Int32(type.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0))
        let address = try #require(SocketAddress(path: path))
        try #require(address.withPointer { bind(descriptor.rawValue, $0, $1) } == 0)
        return descriptor
    }

    /// The next message, whenever it comes.
    private static func notice(at descriptor: FileDescriptor) async throws -> String {
        let received = Lock("")
        try await eventually("systemd is told") {
            var bytes = [UInt8](repeating: 0, count: 1024)
            let count = recv(descriptor.rawValue, &bytes, bytes.count, Int32(MSG_DONTWAIT))
            guard count > 0 else { return false }
            received.withLock { $0 = String(decoding: bytes[..<count], as: UTF8.self) }
            return true
        }
        return received.withLock { $0 }
    }
}
