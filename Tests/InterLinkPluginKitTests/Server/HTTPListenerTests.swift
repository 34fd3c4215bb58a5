import Glibc
import InterLinkSystem
import TestSupport
import Testing

@testable import InterLinkPluginKit

/// Where a server listens, and whom it lets in.
@Suite(.timeLimit(.minutes(15))) struct HTTPListenerTests {
    private func unix(_ change: (inout UnixListener) -> Void = { _ in }) -> (TemporaryDirectory) -> [HTTPListener] {
        var listener = UnixListener(path: "")
        change(&listener)
        return { [listener] directory in
            var listener = listener
            listener.path = directory.path("socket")
            return [.unix(listener)]
        }
    }

    private func mode(of path: String) -> UInt32 {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
    }

    @Test func theSocketIsOursAloneUnlessToldOtherwise() async throws {
        try await ServerHarness.run { harness in
            #expect(mode(of: harness.directory.path("socket")) == 0o600)
        }
        try await ServerHarness.run(listeners: unix { $0.mode = 0o660 }) { harness in
            #expect(mode(of: harness.directory.path("socket")) == 0o660)
        }
    }

    @Test func ownerAndGroupAreGivenByNameOrNumber() async throws {
        let change: (inout UnixListener) -> Void = { listener in
            listener.group = "\(getgid())"
            listener.owner = getuid() == 0 ? "root" : "\(getuid())"
        }
        try await ServerHarness.run(listeners: unix(change)) { harness in
            var status = stat()
            #expect(lstat(harness.directory.path("socket"), &status) == 0)
            #expect(status.st_uid == getuid() && status.st_gid == getgid())
            let answer = try await harness.connect().get("/")
            #expect(answer.status == 200)
        }
    }

    @Test func peopleWhoAreNotThereAreNamed() async throws {
        let directory = try TemporaryDirectory()
        var listener = UnixListener(path: directory.path("socket"))
        listener.group = "no-such-group"
        let error = #expect(throws: HTTPListenerError.self) { try ListeningSocket.open(.unix(listener)) }
        #expect(error?.description.contains("the group no-such-group is not in /etc/group") == true)
        listener.group = nil
        listener.allowedUsers = ["no-such-user"]
        #expect(throws: HTTPListenerError.self) { try ListeningSocket.open(.unix(listener)) }
        #expect(access(listener.path, F_OK) != 0)
    }

    @Test func aFileThatWasLeftBehindIsReplaced() async throws {
        let directory = try TemporaryDirectory()
        let listener = UnixListener(path: directory.path("socket"))
        let dead = try ListeningSocket.open(.unix(listener))
        // As after a crash: the descriptor goes, the file stays.
        dead.descriptor.close()
        #expect(access(listener.path, F_OK) == 0)
        let fresh = try ListeningSocket.open(.unix(listener))
        fresh.close()
        #expect(access(listener.path, F_OK) != 0)
    }

    @Test func aLiveSocketIsNotStolen() async throws {
        try await ServerHarness.run { harness in
            let path = harness.directory.path("socket")
            let error = #expect(throws: HTTPListenerError.self) {
                try ListeningSocket.open(.unix(UnixListener(path: path)))
            }
            #expect(error?.description == "another process (\(getpid())) listens on \(path); stop it first")
            let answer = try await harness.connect().get("/")
            #expect(answer.status == 200)
        }
    }

    @Test func aNewServerTakesTheSocketOverWithoutAGap() async throws {
        try await ServerHarness.run(TestHandler(fromMemory: { _ in .text("old") })) { harness in
            let path = harness.directory.path("socket")
            let early = try await harness.connect()
            #expect(try await early.get("/").text == "old\n")
            let fresh = HTTPServer(handler: TestHandler(fromMemory: { _ in .text("new") }), loops: harness.loops)
            var listener = UnixListener(path: path)
            listener.whenInUse = .takeOver
            _ = try fresh.start([.unix(listener)])
            #expect(try await harness.connect().get("/").text == "new\n")
            #expect(try await early.get("/").text == "old\n")
            // The old server leaves the file of the new one alone.
            await harness.server.stop(within: .zero)
            #expect(try await harness.connect().get("/").text == "new\n")
            await fresh.stop(within: .zero)
            #expect(access(path, F_OK) != 0)
        }
    }

    @Test func whatIsNotASocketIsLeftAlone() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("precious", to: "file")
        let error = #expect(throws: HTTPListenerError.self) {
            try ListeningSocket.open(.unix(UnixListener(path: directory.path("file"))))
        }
        #expect(error?.description.contains("is not a socket") == true)
        #expect(access(directory.path("file"), F_OK) == 0)
    }

    @Test(arguments: [
        ("relative/path", "must begin with /"), ("/no/such/folder/socket", "No such file"),
        ("/tmp/" + String(repeating: "a", count: 200), "longer than"),
    ])
    func impossiblePathsAreExplained(path: String, words: String) {
        let error = #expect(throws: HTTPListenerError.self) {
            try ListeningSocket.open(.unix(UnixListener(path: path)))
        }
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }

    @Test func onlyAllowedUsersAreServed() async throws {
        try await ServerHarness.run(listeners: unix { $0.allowedUsers = ["4242"] }) { harness in
            let client = try await harness.connect()
            let answer = try await client.answer()
            #expect(answer.status == 403)
            #expect(await client.isClosed())
        }
        let handler = TestHandler(fromMemory: { .text("\($0.peer)") })
        try await ServerHarness.run(handler, listeners: unix { $0.allowedUsers = ["4242", "\(getuid())"] }) { harness in
            let text = try await harness.connect().get("/").text
            #expect(text == "local(user: \(getuid()), group: \(getgid()), process: \(getpid()))\n")
        }
    }

    @Test(arguments: ["127.0.0.1", "::1", "localhost"])
    func tcpIsServedOnBothFamilies(host: String) async throws {
        let handler = TestHandler(fromMemory: { .text("\($0.peer)") })
        try await ServerHarness.run(handler, listeners: { _ in [.tcp(TCPListener(host: host, port: 0))] }) { harness in
            let address = harness.addresses[0]
            #expect(address.description.hasPrefix(host == "::1" ? "http://[::1]:" : "http://127.0.0.1:"))
            let text = try await harness.connect().get("/").text
            #expect(text.hasPrefix(host == "::1" ? "network(\"[::1]:" : "network(\"127.0.0.1:"))
        }
    }

    @Test func aTakenPortIsExplainedAndNothingIsLeftOpen() async throws {
        try await ServerHarness.run(listeners: { _ in [.tcp(TCPListener(port: 0))] }) { harness in
            guard case .tcp(_, let port) = harness.addresses[0] else { return }
            let path = harness.directory.path("other")
            let other = HTTPServer(handler: TestHandler.echo, loops: harness.loops)
            let error = #expect(throws: HTTPListenerError.self) {
                try other.start([.unix(UnixListener(path: path)), .tcp(TCPListener(port: port))])
            }
            #expect(error?.description.contains("127.0.0.1:\(port)") == true)
            #expect(access(path, F_OK) != 0)
        }
        #expect(throws: HTTPListenerError.self) {
            try ListeningSocket.open(.tcp(TCPListener(host: "example.org", port: 0)))
        }
    }

    @Test func socketsOfAServiceManagerAreUsedAndKept() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("socket")
        let original = try ListeningSocket.open(.unix(UnixListener(path: path)))
        let copy = dup(original.descriptor.rawValue)
        try await ServerHarness.run(listeners: { _ in [.inherited(InheritedListener(descriptor: copy))] }) { harness in
            let answer = try await RawClient(to: .unix(path), on: harness.loops.next()).get("/")
            #expect(answer.status == 200)
        }
        #expect(access(path, F_OK) == 0)
        original.close()
        let file = open("/dev/null", O_RDONLY | O_CLOEXEC)
        #expect(throws: HTTPListenerError.self) {
            try ListeningSocket.open(.inherited(InheritedListener(descriptor: file)))
        }
    }

    /// In a process of its own, because the environment is one of the whole process.
    @Test func theServiceManagerIsUnderstood() async {
        await #expect(processExitsWith: .success) {
            #expect(ServiceManager.sockets() == [])
            setenv("LISTEN_FDS", "2", 1)
            setenv("LISTEN_PID", "1", 1)
            #expect(ServiceManager.sockets() == [])
            setenv("LISTEN_FDS", "2", 1)
            setenv("LISTEN_PID", "\(getpid())", 1)
            #expect(ServiceManager.sockets() == [3, 4])
            #expect(getenv("LISTEN_FDS") == nil)
            #expect(ServiceManager.sockets() == [])

            try ServiceManager.notify("READY=1")
            let directory = try TemporaryDirectory()
            for path in [directory.path("notify"), "@interlink-test-\(getpid())"] {
                let manager = FileDescriptor(owning: socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0))
                let address = try #require(SocketAddress(path: path))
                try #require(address.withPointer { bind(manager.rawValue, $0, $1) } == 0)
                setenv("NOTIFY_SOCKET", path, 1)
                try ServiceManager.notify("READY=1")
                var text = [UInt8](repeating: 0, count: 100)
                let count = recv(manager.rawValue, &text, text.count, 0)
                #expect(String(decoding: text.prefix(max(0, count)), as: UTF8.self) == "READY=1")
            }
            setenv("NOTIFY_SOCKET", "/no/such/socket", 1)
            #expect(throws: SystemError.self) { try ServiceManager.notify("READY=1") }
        }
    }
}
