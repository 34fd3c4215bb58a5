import LosslessJSON
import Testing

@Suite struct WriterTests {
    private func text(_ value: some JSONWritable) -> String { String(decoding: JSON.encode(value), as: UTF8.self) }

    @Test(arguments: [
        0, 1, -1, 9, 10, 99, 100, -100, 999_999_999, 1_000_000_000, Int64.max, Int64.min, 1_000_000_000_000_000_000,
        999_999_999_999_999_999,
    ])
    func numbersAreWrittenLikeSwiftDoes(_ value: Int64) { #expect(text(value) == "\(value)") }

    @Test func everyCharacterComesBack() throws {
        let scalars = (0...0x2FF).compactMap { Unicode.Scalar($0) } + ["\u{2028}", "\u{FFFD}", "😀", "\u{10FFFF}"]
        for scalar in scalars {
            for padding in 0..<9 {
                let string = String(repeating: "a", count: padding) + String(scalar) + "b"
                #expect(try JSON.decode(String.self, from: JSON.encode(string)) == string)
            }
        }
    }

    @Test func controlCharactersAndQuotesAreEscaped() {
        #expect(text("a\"b\\c\n\r\t\u{0}\u{1F}/é") == #""a\"b\\c\n\r\t\u0000\u001f/é""#)
    }

    @Test func mapsAreWrittenInOrder() {
        #expect(text(["b": Int64(2), "a": 1, "c": 3]) == #"{"a":1,"b":2,"c":3}"#)
        #expect(text([String: Int64]()) == "{}")
        #expect(text([String]()) == "[]")
        #expect(text([["a"], [], ["b", "c"]]) == #"[["a"],[],["b","c"]]"#)
    }

    @Test func theBufferGrows() throws {
        let strings = (0..<10_000).map { String(repeating: "\u{1}", count: $0 % 50) }
        #expect(try JSON.decode([String].self, from: JSON.encode(strings)) == strings)
    }
}
