import TestSupport
import Testing

@testable import InterLinkPluginKit

@Suite(.timeLimit(.minutes(15))) struct HTTPServerGzipTests {
    private let long = Array(String(repeating: "All work and no play. ", count: 500).utf8)

    @Test(arguments: [10, 10_000, 3_000_000])
    func packedRequestsAreUnpacked(size: Int) async throws {
        let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let handler = TestHandler(slowly: { .text("\($0.body == body)") })
        try await ServerHarness.run(handler) { harness in
            let packed = try #require(Gzip.pack(body))
            let client = try await harness.connect()
            #expect(try await client.post("/", body: packed, headers: "Content-Encoding: gzip\r\n").text == "true\n")
            #expect(try await client.post("/", body: body, headers: "Content-Encoding: identity\r\n").text == "true\n")
        }
    }

    @Test func damagedPackedOrUnknownBodiesAreRefused() async throws {
        try await ServerHarness.run { harness in
            let packed = try #require(Gzip.pack(long))
            let cases: [([UInt8], String, Int)] = [
                (Array(packed.dropLast(5)), "gzip", 400), (packed + [0], "gzip", 400), (long, "gzip", 400),
                ([], "br", 200), (long, "br", 415), (packed, "gzip, gzip", 415), (packed, "deflate", 415),
            ]
            for (body, encoding, status) in cases {
                let client = try await harness.connect()
                let answer = try await client.post("/", body: body, headers: "Content-Encoding: \(encoding)\r\n")
                #expect(answer.status == status)
            }
        }
    }

    @Test func aBombIsNotUnpacked() async throws {
        var limits = HTTPLimits.patient
        limits.body = 1 << 20
        try await ServerHarness.run(limits: limits) { harness in
            let bomb = try #require(Gzip.pack([UInt8](repeating: 0, count: 200 << 20)))
            #expect(bomb.count < limits.body)
            let client = try await harness.connect()
            let answer = try await client.post("/", body: bomb, headers: "Content-Encoding: gzip\r\n")
            #expect(answer.status == 413)
            try await eventually("the memory is given back") { harness.server.bodyBytes == 0 }
        }
    }

    @Test func bombsThatTheLimitAllowsStillShareTheMemory() async throws {
        var limits = HTTPLimits.patient
        limits.allBodies = 1 << 20
        try await ServerHarness.run(limits: limits) { harness in
            let bomb = try #require(Gzip.pack([UInt8](repeating: 0, count: 10 << 20)))
            let client = try await harness.connect()
            let answer = try await client.post("/", body: bomb, headers: "Content-Encoding: gzip\r\n")
            #expect(answer.status == 503)
            try await eventually("the memory is given back") { harness.server.bodyBytes == 0 }
        }
    }

    @Test func answersArePackedOnlyOverANetworkAndOnlyWhenAskedFor() async throws {
        let long = long
        let handler = TestHandler(slowly: { request in
            request.path == "/stream"
                ? HTTPResponse(body: .stream { try await $0.write(long) })
                : HTTPResponse(body: .bytes(request.path == "/long" ? long : [1]))
        })
        let listeners: (TemporaryDirectory) -> [HTTPListener] = { directory in
            [.unix(UnixListener(path: directory.path("s"))), .tcp(TCPListener(port: 0))]
        }
        try await ServerHarness.run(handler, listeners: listeners) { harness in
            let cases: [(Int, String, String, Bool)] = [
                (1, "/long", "Accept-Encoding: gzip\r\n", true),
                (1, "/long", "Accept-Encoding: br, GZIP;q=0.5\r\n", true),
                (1, "/long", "Accept-Encoding: gzip;q=0\r\n", false),
                (1, "/long", "Accept-Encoding: br\r\n", false),
                (1, "/long", "", false),
                (1, "/short", "Accept-Encoding: gzip\r\n", false),
                (1, "/stream", "Accept-Encoding: gzip\r\n", false),
                (0, "/long", "Accept-Encoding: gzip\r\n", false),
            ]
            for (listener, path, headers, isPacked) in cases {
                let answer = try await harness.connect(to: listener).get(path, headers: headers)
                #expect(answer.headers["content-encoding"] == (isPacked ? "gzip" : nil))
                let body =
                    isPacked ? try Gzip.unpack(answer.body, limit: 1 << 20, from: BodyBudget(limit: .max)) : answer.body
                #expect(body == (path == "/short" ? [1] : long))
            }
        }
    }
}
