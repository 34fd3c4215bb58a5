import CSQLite
import Glibc
import TestSupport
import Testing

@testable import InterLinkPluginKit

@Suite struct StoreFileTests {
    @Test func aNewStoreIsForItsOwnerOnly() async throws {
        let fixture = try StoreFixture()
        let store = try await Store.open(at: fixture.path)
        for suffix in ["", "-wal", ".lock"] {
            var found = stat()
            try #require(stat(fixture.path + suffix, &found) == 0)
            #expect(found.st_mode & 0o777 == 0o600)
        }
        await store.close()
    }

    @Test func aSecondOwnerIsToldWhoTheFirstIs() async throws {
        let fixture = try StoreFixture()
        let store = try await Store.open(at: fixture.path)
        let refusal = StoreError.inUse(path: fixture.path, holder: getpid())
        await #expect(throws: refusal) { try await Store.open(at: fixture.path) }
        #expect(refusal.description.contains("process \(getpid())"))
        await store.close()
        await (try Store.open(at: fixture.path)).close()
    }

    @Test(arguments: [
        "", "SQLite format 3\0", "a text that somebody wrote", String(repeating: "a long one ", count: 900),
    ])
    func aFileOfSomethingElseIsRefusedAndLeftAsItIs(text: String) async throws {
        let fixture = try StoreFixture()
        let bytes = Array(text.utf8)
        try fixture.write(bytes)
        await #expect(throws: StoreError.self) { try await Store.open(at: fixture.path) }
        #expect(try fixture.bytes() == bytes)
    }

    @Test func anotherApplicationsDatabaseIsRefusedAndLeftAsItIs() async throws {
        let fixture = try StoreFixture()
        var connection: OpaquePointer?
        try #require(sqlite3_open(fixture.path, &connection) == SQLITE_OK)
        try #require(
            sqlite3_exec(connection, "CREATE TABLE t (x); INSERT INTO t VALUES (1)", nil, nil, nil) == SQLITE_OK)
        sqlite3_close(connection)
        let before = try fixture.bytes()
        let refusal = StoreError.foreign(path: fixture.path, why: "an SQLite database of another application")
        await #expect(throws: refusal) { try await Store.open(at: fixture.path) }
        #expect(try fixture.bytes() == before)
    }

    /// The header of the file itself tells, or, when the newer host was killed, only its write-ahead log.
    @Test(arguments: [false, true]) func aNewerSchemaIsRefusedAndLeftAsItIs(inLogOnly: Bool) async throws {
        let fixture = try StoreFixture()
        await (try Store.open(at: fixture.path)).close()
        var connection: OpaquePointer?
        try #require(sqlite3_open(fixture.path, &connection) == SQLITE_OK)
        if inLogOnly { il_sqlite_keep_log(connection, 1) }
        try #require(sqlite3_exec(connection, "PRAGMA user_version = 99", nil, nil, nil) == SQLITE_OK)
        sqlite3_close(connection)
        let before = try fixture.bytes()
        let log = inLogOnly ? try StoreFixture.bytes(of: fixture.path + "-wal") : []
        let refusal = StoreError.newer(path: fixture.path, schema: 99, known: Schema.version)
        await #expect(throws: refusal) { try await Store.open(at: fixture.path) }
        #expect(try fixture.bytes() == before)
        if inLogOnly { #expect(try StoreFixture.bytes(of: fixture.path + "-wal") == log) }
    }

    @Test(arguments: ["cut short", "a page overwritten"])
    func aDamagedStoreIsRefusedAndLeftAsItIs(how: String) async throws {
        let fixture = try StoreFixture()
        let store = try await Store.open(at: fixture.path)
        for number in 0..<500 { try await store.recordIntent(try record(number)) }
        await store.close()
        var bytes = try fixture.bytes()
        if how == "cut short" {
            bytes.removeLast(bytes.count / 3)
        } else {
            for index in bytes.indices.dropFirst(4096) { bytes[index] ^= 0x5A }
        }
        try fixture.write(bytes)
        let error = await #expect(throws: StoreError.self) { try await Store.open(at: fixture.path) }
        if case .damaged = error {} else { Issue.record("not called damaged: \(String(describing: error))") }
        #expect(try fixture.bytes() == bytes)
    }

    @Test func aCrashWhileTheFileIsMadeLeavesNothingInTheWay() async throws {
        let fixture = try StoreFixture()
        let unfinished = open(fixture.path + ".new", O_WRONLY | O_CREAT, 0o600)
        write(unfinished, "half", 4)
        close(unfinished)
        await (try Store.open(at: fixture.path)).close()
        #expect(!StoreFile.exists(fixture.path + ".new"))
    }

    @Test(
        arguments: [(0x6969, "NFS"), (0x0BD0_0BD0, "Lustre"), (0x4750_4653, "GPFS"), (0xEF53, nil)]
            as [(Int64, String?)])
    func networkFilesystemsAreKnownByNumber(number: Int64, name: String?) {
        #expect(StoreFile.networkFilesystem(number: number) == name)
    }

    @Test func aMissingFolderIsSaidSo() async throws {
        let error = await #expect(throws: StoreError.self) {
            try await Store.open(at: "/tmp/il-no-such-folder/records")
        }
        if case .cannotOpen = error {} else { Issue.record("\(String(describing: error))") }
    }
}
