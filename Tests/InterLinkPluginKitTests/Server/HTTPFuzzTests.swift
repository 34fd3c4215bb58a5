import Glibc
import TestSupport
import Testing

@testable import InterLinkPluginKit

/// Feeds damaged requests. Nothing may trap, and however the bytes are cut the verdict is the same.
@Suite struct HTTPFuzzTests {
    private static let seeds = [
        "GET /status HTTP/1.1\r\nHost: unix\r\nContent-Length: 2\r\n\r\n[]",
        "POST /create?x=%41 HTTP/1.1\r\nHost: [::1]:80\r\nTransfer-Encoding: chunked\r\n\r\n5;e=f\r\nhello\r\n0\r\nT: u\r\n\r\n",
        "POST http://h/a HTTP/1.0\r\nConnection: close, x\r\nExpect: 100-continue\r\nA:\tb\r\n\r\n",
    ]

    private static let pieces = [
        "\r", "\n", "\r\n", "\r\n\r\n", "\0", " ", "\t", ":", ",", ";", "%", "chunked", "Content-Length: 1\r\n",
        "Host: y\r\n",
        "Transfer-Encoding: chunked\r\n", "HTTP/1.1", "0", "ffffffffffffffff", "99999999999999999999", "\u{ff}", "/",
        "?",
    ]

    /// A small generator, so that a failure can be repeated from its seed.
    private enum Verdict: Equatable {
        case incomplete
        case refused(HTTPFault)
        case read(path: String, HTTPRequestHead.Framing, size: Int, body: [UInt8], used: Int)
    }

    private func judge(_ bytes: [UInt8], cuts: inout SeededGenerator, isWhole: Bool) -> Verdict {
        var limits = HTTPLimits()
        limits.head = 300
        limits.requestLine = 100
        limits.body = 1000
        var parser = HTTPRequestParser(limits: limits)
        var end = isWhole ? bytes.count : 0
        do {
            while true {
                if let head = try parser.parse(bytes, from: 0, to: end) {
                    #expect(head.size <= end && head.size <= limits.head)
                    var body: [UInt8] = []
                    var used = 0
                    if head.framing == .chunked {
                        var decoder = ChunkedDecoder(limits: limits)
                        used = try decoder.decode(bytes, head.size..<bytes.count, into: &body)
                        #expect(body.count <= limits.body)
                    }
                    return .read(path: head.path, head.framing, size: head.size, body: body, used: used)
                }
                if end == bytes.count { return .incomplete }
                end = min(bytes.count, end + Int.random(in: 1...9, using: &cuts))
            }
        } catch {
            return .refused(error)
        }
    }

    private func damage(_ seed: String, _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = Array(seed.utf8)
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            let position = Int.random(in: 0...bytes.count, using: &random)
            switch Int.random(in: 0...4, using: &random) {
            case 0: bytes.insert(contentsOf: Self.pieces.randomElement(using: &random)?.utf8 ?? "".utf8, at: position)
            case 1: bytes.removeSubrange(position..<min(bytes.count, position + Int.random(in: 0...8, using: &random)))
            case 2 where position < bytes.count: bytes[position] = UInt8.random(in: 0...255, using: &random)
            case 3: bytes.insert(contentsOf: bytes.prefix(position).suffix(30), at: position)
            default: bytes.append(contentsOf: bytes.suffix(Int.random(in: 0...200, using: &random)))
            }
        }
        return bytes
    }

    @Test func damagedRequestsNeverTrapAndCutsNeverMatter() {
        // For a longer run: more rounds, from another seed.
        let rounds = FuzzRounds.count
        let seed = getenv("INTERLINK_FUZZ_SEED").flatMap { UInt64(String(cString: $0)) } ?? 42
        var random = SeededGenerator(seed: seed)
        var counts = (read: 0, refused: 0)
        for round in 0..<rounds {
            let bytes = damage(Self.seeds[round % Self.seeds.count], &random)
            let whole = judge(bytes, cuts: &random, isWhole: true)
            let cut = judge(bytes, cuts: &random, isWhole: false)
            guard whole == cut else {
                Issue.record("round \(round): \(whole) but \(cut) for \(bytes)")
                return
            }
            switch whole {
            case .incomplete: break
            case .refused: counts.refused += 1
            case .read: counts.read += 1
            }
        }
        // The damage is neither too little nor too much to test anything.
        #expect(counts.read > rounds / 20)
        #expect(counts.refused > rounds / 20)
    }

    @Test func damagedGzipNeverTraps() throws {
        var random = SeededGenerator(seed: 7)
        let text = Array(String(repeating: "All work and no play. ", count: 50).utf8)
        let packed = try #require(Gzip.pack(text))
        #expect(try Gzip.unpack(packed, limit: text.count, from: BodyBudget(limit: .max)) == text)
        for _ in 0..<2000 {
            var bytes = packed
            for _ in 0...Int.random(in: 0...3, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            bytes.removeLast(Int.random(in: 0...4, using: &random))
            if let unpacked = try? Gzip.unpack(bytes, limit: 4000, from: BodyBudget(limit: .max)) {
                #expect(unpacked.count <= 4000)
            }
        }
    }
}
