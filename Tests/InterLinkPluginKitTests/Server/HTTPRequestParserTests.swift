import Testing

@testable import InterLinkPluginKit

@Suite struct HTTPRequestParserTests {
    private func parse(_ text: String, limits: HTTPLimits = HTTPLimits()) throws -> HTTPRequestHead? {
        var parser = HTTPRequestParser(limits: limits)
        let bytes = Array(text.utf8)
        return try parser.parse(bytes, from: 0, to: bytes.count)
    }

    @Test func whatGoSendsIsRead() throws {
        let head = try #require(
            try parse(
                """
                GET /status HTTP/1.1\r
                Host: unix\r
                User-Agent: Go-http-client/1.1\r
                Content-Length: 2\r
                Content-Type: application/json\r
                InterLink-Http-Session: GetStatus#81432\r
                Accept-Encoding: gzip\r
                \r
                []
                """))
        #expect(head.method == .get)
        #expect(head.path == "/status")
        #expect(head.query == nil)
        #expect(head.framing == .length(2))
        #expect(head.keepsAlive)
        #expect(!head.expectsContinue)
        #expect(head.headers["interlink-http-session"] == "GetStatus#81432")
        #expect(head.headers["Content"] == nil)
        #expect(head.headers.count == 6)
    }

    @Test(
        arguments: [
            ("GET / HTTP/1.1\r\nHost:\r\n\r\n", "/", nil),
            ("GET /a?b=c?d HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", "/a", "b=c?d"),
            ("GET /a? HTTP/1.1\r\nHost: x\r\n\r\n", "/a", ""),
            ("GET /%2e%2E/x HTTP/1.1\r\nHost: x\r\n\r\n", "/%2e%2E/x", nil),
            ("GET http://h:1/a?b HTTP/1.1\r\nHost: x\r\n\r\n", "/a", "b"),
            ("GET / HTTP/1.0\r\n\r\n", "/", nil),
            ("GET / HTTP/1.1\r\nHost: x\r\nA:\t b \t\r\n\r\n", "/", nil),
            ("GET / HTTP/1.1\r\nHost: x\r\nA: \u{e9}\r\n\r\n", "/", nil),
        ] as [(String, String, String?)])
    func goodRequestsAreRead(text: String, path: String, query: String?) throws {
        let head = try #require(try parse(text))
        #expect(head.path == path)
        #expect(head.query == query)
        #expect(head.framing == .none)
        #expect(head.size == text.utf8.count)
    }

    @Test(
        arguments: [
            ("", nil), ("Connection: close\r\n", false), ("Connection: Keep-Alive, CLOSE\r\n", false),
            ("Connection: keep-alive\r\n", true), ("Connection: closed\r\n", true),
        ] as [(String, Bool?)])
    func connectionsAreKeptUnlessToldOtherwise(field: String, keepsAlive: Bool?) throws {
        #expect(try parse("GET / HTTP/1.1\r\nHost: x\r\n\(field)\r\n")?.keepsAlive == (keepsAlive ?? true))
        #expect(try parse("GET / HTTP/1.0\r\n\(field)\r\n")?.keepsAlive == false)
    }

    static let bad: [(String, Int)] = [
        // The request line.
        ("GET /\r\nHost: x\r\n\r\n", 400),
        ("GET  HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET  / HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET /  HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET / x HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (" GET / HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET\t/\tHTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("G@T / HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 501),
        ("get / HTTP/1.1\r\nHost: x\r\n\r\n", 501),
        ("CONNECT h:1 HTTP/1.1\r\nHost: x\r\n\r\n", 501),
        ("GET x HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET * HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET https://h/ HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET http:///a HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET http://h HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET /a#b HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET /a%2 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET /a%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET /\u{e9} HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET /\\ HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505),
        ("PRI * HTTP/2.0\r\n\r\n", 505),
        ("GET / HTTP/1.2\r\nHost: x\r\n\r\n", 505),
        ("GET / HTTP/0.9\r\n\r\n", 505),
        ("GET / HTTP/11\r\nHost: x\r\n\r\n", 400),
        ("GET / http/1.1\r\nHost: x\r\n\r\n", 400),
        ("GET / HTTP/1.1 \r\nHost: x\r\n\r\n", 400),
        ("\u{16}\u{3}\u{1}", 400),
        // Lines.
        ("GET / HTTP/1.1\nHost: x\n\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\rY: z\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nA: b\u{0}c\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nA: b\u{7f}c\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nA: b\u{b}c\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n\tc\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\n Host: x\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nA b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\n: b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nA\u{e9}: b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nA\r\n\r\n", 400),
        // Host.
        ("GET / HTTP/1.1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x y\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: x/y\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400),
        // Content-Length.
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +5\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length : 5\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5 5\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5, 5\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0x5\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5.0\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length:\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\ncontent-length: 6\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \u{0665}\r\n\r\n", 400),
        // Transfer-Encoding.
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, chunked\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked;a=b\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\n\r\n", 501),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n", 501),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\r\n\r\n", 501),
        ("POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: x\r\nExpect: 200-ok\r\n\r\n", 417),
    ]

    @Test(arguments: bad)
    func badRequestsAreRefused(text: String, status: Int) throws {
        let fault = #expect(throws: HTTPFault.self) { try parse(text) }
        #expect(fault?.status.code == status, "\(String(describing: fault))")
        #expect(fault?.reason.contains("\n") == false)
    }

    @Test func aLengthBeyondEveryNumberIsTheLargest() throws {
        let head = try parse("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n")
        #expect(head?.framing == .length(.max))
    }

    @Test func leadingZerosAreANumber() throws {
        let head = try parse("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 007\r\n\r\n")
        #expect(head?.framing == .length(7))
    }

    @Test func longLinesAndManyFieldsAreRefused() throws {
        var limits = HTTPLimits()
        limits.requestLine = 100
        limits.head = 1000
        limits.headerFields = 5
        let long = String(repeating: "a", count: 101)
        let cases: [(String, Int)] = [
            ("GET /\(long) HTTP/1.1\r\n", 414),
            (long + "aa", 414),
            ("GET / HTTP/1.1\r\nA: " + String(repeating: long, count: 10), 431),
            ("GET / HTTP/1.1\r\n" + String(repeating: "A: b\r\n", count: 6), 431),
            ("GET / HTTP/1.1\r\n" + String(repeating: "A: \(long)\r\n", count: 10), 431),
        ]
        for (text, status) in cases {
            let fault = #expect(throws: HTTPFault.self) { try parse(text, limits: limits) }
            #expect(fault?.status.code == status)
        }
        #expect(try parse("GET / HTTP/1.1\r\n" + String(repeating: "A: b\r\n", count: 5), limits: limits) == nil)
    }

    @Test func theWayBytesArriveChangesNothing() throws {
        let good = "POST /x?y HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-Continue\r\n\r\nabc"
        for text in [good] + Self.bad.map(\.0) {
            let bytes = Array(text.utf8)
            let whole = Result { try parse(text) }
            var parser = HTTPRequestParser(limits: HTTPLimits())
            var piecewise: Result<HTTPRequestHead?, any Error> = .success(nil)
            for end in 1...bytes.count {
                piecewise = Result { try parser.parse([7, 7] + bytes, from: 2, to: 2 + end) }
                if case .success(nil) = piecewise { continue }
                break
            }
            switch (whole, piecewise) {
            case (.success(let left?), .success(let right?)):
                #expect(left.size == right.size)
                #expect(left.framing == right.framing)
                #expect(left.headers["host"] == right.headers["host"])
                #expect(left.expectsContinue && right.expectsContinue)
            case (.failure(let left as HTTPFault), .failure(let right as HTTPFault)):
                #expect(left == right)
            default:
                Issue.record("\(text.debugDescription): \(whole) but \(piecewise)")
            }
        }
    }

    @Test func oneParserReadsRequestAfterRequest() throws {
        var parser = HTTPRequestParser(limits: HTTPLimits())
        let bytes = Array("GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: y\r\n\r\nGET".utf8)
        let first = try #require(try parser.parse(bytes, from: 0, to: bytes.count))
        let second = try #require(try parser.parse(bytes, from: first.size, to: bytes.count))
        #expect([first.path, second.path] == ["/1", "/2"])
        #expect(second.headers["Host"] == "y")
        #expect(try parser.parse(bytes, from: first.size + second.size, to: bytes.count) == nil)
    }
}
