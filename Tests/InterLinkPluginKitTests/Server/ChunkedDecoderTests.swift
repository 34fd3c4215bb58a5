import Testing

@testable import InterLinkPluginKit

@Suite struct ChunkedDecoderTests {
    private struct Decoded: Equatable {
        var body: String
        var used: Int
        var isComplete: Bool
    }

    private func decode(_ text: String, step: Int = .max, limits: HTTPLimits = HTTPLimits()) throws -> Decoded {
        var decoder = ChunkedDecoder(limits: limits)
        var body: [UInt8] = []
        let bytes = Array(text.utf8)
        var used = 0
        while used < bytes.count, !decoder.isComplete {
            let end = step == .max ? bytes.count : min(bytes.count, used + step)
            used += try decoder.decode(bytes, used..<end, into: &body)
        }
        return Decoded(body: String(decoding: body, as: UTF8.self), used: used, isComplete: decoder.isComplete)
    }

    @Test(arguments: [
        ("0\r\n\r\n", ""),
        ("5\r\nhello\r\n0\r\n\r\n", "hello"),
        ("5;a=b;c=\"d\"\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "hello world"),
        ("00000a\r\n0123456789\r\nA\r\n0123456789\r\n000\r\n\r\n", "01234567890123456789"),
        ("1\r\nx\r\n0\r\nTrailer: y\r\nOther: z\r\n\r\n", "x"),
    ])
    func goodBodiesAreRead(text: String, body: String) throws {
        let expected = Decoded(body: body, used: text.utf8.count, isComplete: true)
        #expect(try decode(text + "NEXT") == expected)
        for step in 1...7 { #expect(try decode(text + "NEXT", step: step) == expected) }
    }

    static let bad = [
        "x\r\n", "+5\r\nhello\r\n", "-1\r\n", " 5\r\nhello\r\n", "5 \r\nhello\r\n", "0x5\r\nhello\r\n", "\r\n",
        "5\nhello\n0\n\n", "5\r\nhello!\r\n0\r\n\r\n", "5\r\nhello\n0\r\n\r\n", "5\r\nhello\r0\r\n\r\n",
        "5\rhello", "5;a\u{0}b\r\n", "5;a\nb\r\n", "0\r\n Trailer: x\r\n\r\n", "0\r\nA: \u{1}\r\n\r\n", "0\r\n\rX",
        "0\r\nA: b\rX", "1000000000000000\r\n", "ffffffffffffffffffffffff\r\n",
        "5;" + String(repeating: "a", count: 40_000),
        "0\r\n" + String(repeating: "A: b\r\n", count: 10_000),
    ]

    @Test(arguments: bad)
    func badBodiesAreRefused(text: String) {
        let fault = #expect(throws: HTTPFault.self) { try decode(text) }
        #expect(fault?.status == .badRequest)
        let slow = #expect(throws: HTTPFault.self) { try decode(text, step: 1) }
        #expect(slow == fault)
    }

    @Test func aBodyBeyondTheLimitIsRefusedBeforeItArrives() {
        var limits = HTTPLimits()
        limits.body = 10
        for text in ["b\r\n", "5\r\nhello\r\n6\r\n", "fffffffffffffff\r\n"] {
            let fault = #expect(throws: HTTPFault.self) { try decode(text, limits: limits) }
            #expect(fault?.status == .contentTooLarge)
        }
    }
}
