import Glibc
import TestSupport
import Testing

@testable import InterLinkPluginKit

/// A folder of its own for a test, and the things that the store's tests put in.
struct StoreFixture {
    private let directory: TemporaryDirectory
    var folder: String { directory.root }
    var path: String { directory.path("records") }

    init() throws { directory = try TemporaryDirectory() }

    func bytes() throws -> [UInt8] { try Self.bytes(of: path) }

    static func bytes(of path: String) throws -> [UInt8] {
        let file = open(path, O_RDONLY)
        try #require(file >= 0)
        defer { close(file) }
        var all: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = read(file, &chunk, chunk.count), count > 0 { all += chunk[..<count] }
        return all
    }

    func write(_ bytes: [UInt8]) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        try #require(file >= 0)
        defer { close(file) }
        try #require(Glibc.write(file, bytes, bytes.count) == bytes.count)
    }
}

func uid(_ number: Int) throws -> PodUID { try #require(PodUID("00000000-0000-0000-0000-\(100_000_000_000 + number)")) }

func record(_ number: Int, site: String = "here", containers: Int = 2) throws -> PodRecord {
    let digest = PodDigest(
        uid: try uid(number), namespace: "space", name: "pod-\(number)", node: "vk", restartPolicy: .never,
        grace: .seconds(30),
        containers: (0..<containers).map {
            ContainerDigest(
                name: "c\($0)", image: "registry.example/team/image:\($0)", role: $0 == 0 ? .initial : .regular,
                fingerprint: .max - UInt64($0))
        })
    return PodRecord(
        digest: digest, jobID: "il-\(number)", placement: Placement(site: site, account: "a", partition: "p"),
        createdAt: Moment(seconds: 1_800_000_000))
}
