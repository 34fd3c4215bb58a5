import Glibc
import InterLinkSystem
import Testing

@testable import InterLinkBatch

/// Clean-up never follows a link and never leaves its root, whatever was put there.
@Suite struct FolderRemovalTests {
    private let folder: TestFolder
    private let place: Folder
    private let bins: Folder

    init() throws {
        folder = try TestFolder()
        try folder.makeFolder("outside/inner")
        try folder.write("precious", to: "outside/inner/file")
        try folder.makeFolder("place/victim")
        try folder.makeFolder("bins")
        place = try Folder(trusted: folder.at("place"))
        bins = try Folder(trusted: folder.at("bins"))
    }

    private func remove() throws {
        #expect(try FolderRemoval.discard("victim", of: place, into: bins, as: "bin"))
        try FolderRemoval.empty("bin", of: bins)
    }

    private func expectOnlyOutsideIsLeft(sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(
            folder.all() == ["bins", "outside", "outside/inner", "outside/inner/file", "place"],
            sourceLocation: sourceLocation)
        #expect(folder.text("outside/inner/file") == "precious", sourceLocation: sourceLocation)
    }

    @Test("links are removed, and what they lead to stays")
    func links() throws {
        try folder.link("place/victim/file", to: folder.at("outside/inner/file"))
        try folder.link("place/victim/folder", to: folder.at("outside"))
        try folder.link("place/victim/up", to: "../../outside/inner")
        try folder.link("place/victim/root", to: "/")
        try folder.link("place/victim/loop", to: "loop")
        try folder.makeFolder("place/victim/real/deeper")
        try folder.link("place/victim/real/deeper/again", to: folder.at("outside"))
        try remove()
        expectOnlyOutsideIsLeft()
    }

    @Test("a link in the place of the folder itself is removed, and not what it leads to")
    func linkInPlace() throws {
        rmdir(folder.at("place/victim"))
        try folder.link("place/victim", to: folder.at("outside"))
        try remove()
        expectOnlyOutsideIsLeft()
    }

    @Test("pipes, sockets and odd names do not hold it up")
    func oddThings() throws {
        mkfifo(folder.at("place/victim/pipe"), 0o600)
        for name in ["new\nline", "-rf", " ", "*", "ünïcode", String(repeating: "n", count: 255)] {
            try folder.makeFolder("place/victim/\(name)")
            try folder.write("x", to: "place/victim/\(name)/\(name)")
        }
        try remove()
        expectOnlyOutsideIsLeft()
    }

    @Test("a tree of a thousand levels needs no thousand descriptors")
    func depth() throws {
        var current = try #require(try place.folder("victim"))
        for _ in 0..<1500 { current = try current.makeFolder("d", mode: 0o700) }
        try current.writeNew("bottom", [1], mode: 0o600, isDurable: false)
        try remove()
        expectOnlyOutsideIsLeft()
    }

    @Test("folders that their owner has closed are opened, by an ordinary user too", arguments: [true, false])
    func closedFolders(asRoot: Bool) async throws {
        if !asRoot { try await handOver() }
        for name in ["place/victim/closed", "place/victim/closed/inner"] { try folder.makeFolder(name) }
        try folder.write("x", to: "place/victim/closed/inner/file")
        if !asRoot { try await handOver() }
        for name in ["place/victim/closed/inner", "place/victim/closed", "place/victim"] { chmod(folder.at(name), 0) }
        let result = Lock<Result<Void, any Error>?>(nil)
        let (place, bins) = (place, bins)
        // A user id of one thread only, which its other rights go with.
        try startThread(named: "removal") {
            if !asRoot && getuid() == 0 { setThreadUser(65534) }
            let outcome = Result {
                _ = try FolderRemoval.discard("victim", of: place, into: bins, as: "bin")
                try FolderRemoval.empty("bin", of: bins)
            }
            result.withLock { $0 = outcome }
        }
        while result.withLock({ $0 == nil }) { try await Task.sleep(for: .milliseconds(5)) }
        try result.withLock { $0 }?.get()
        expectOnlyOutsideIsLeft()
    }

    /// Gives the tree to the user that it is removed as.
    private func handOver() async throws {
        guard getuid() == 0 else { return }
        chmod(folder.path, 0o755)
        for path in ["place", "bins"] + folder.all().filter({ $0.hasPrefix("place/") }) {
            chown(folder.at(path), 65534, 65534)
        }
    }

    @Test("a tree that grows while it is removed is removed in the end, or is an error, and nothing else is touched")
    func growing() async throws {
        let isOver = Lock(false)
        let hasEnded = Lock(false)
        let victim = try #require(try place.folder("victim"))
        let outside = folder.at("outside")
        // It holds the folder, as a process that works in it does.
        try startThread(named: "grower") {
            var count = 0
            while !isOver.withLock({ $0 }) {
                count += 1
                symlinkat(outside, victim.descriptor.rawValue, "link-\(count)")
                if let inner = try? victim.makeFolder("folder-\(count)", mode: 0o700) {
                    symlinkat(outside, inner.descriptor.rawValue, "link")
                }
                usleep(200)
            }
            hasEnded.withLock { $0 = true }
        }
        try await Task.sleep(for: .milliseconds(20))
        _ = try FolderRemoval.discard("victim", of: place, into: bins, as: "bin")
        var error: SystemError?
        do throws(SystemError) { try FolderRemoval.empty("bin", of: bins) } catch let thrown { error = thrown }
        isOver.withLock { $0 = true }
        while !hasEnded.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(5)) }
        if let error { #expect(error.code == EBUSY) }
        try FolderRemoval.empty("bin", of: bins)
        expectOnlyOutsideIsLeft()
    }

    @Test("what an earlier, interrupted removal left is no hindrance")
    func interrupted() throws {
        try folder.makeFolder("bins/bin/old-0/inner")
        try folder.makeFolder("bins/bin/level-1/inner")
        try folder.makeFolder("place/victim/a/b")
        try remove()
        expectOnlyOutsideIsLeft()
    }
}

/// Changes the user by whose rights this thread alone uses files; the capabilities of root go with it.
private func setThreadUser(_ user: uid_t) {
    typealias SetUser = @convention(c) (uid_t) -> Int32
    guard let symbol = dlsym(nil, "setfsuid") else { return }
    _ = unsafeBitCast(symbol, to: SetUser.self)(user)
}
