import LosslessJSON
import Testing

@Suite struct ReaderTests {
    @Test(arguments: [
        "", " ", "{", "}", "[", "]", "{]", "[}", "[1,]", "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
        "{,\"a\":1}",
        "{\"a\":1 \"b\":2}", "{a:1}", "{'a':1}", "01", "-", "-01", "1.", ".5", "1e", "1e+", "+1", "0x1", "NaN",
        "Infinity",
        "tru", "nul", "falsey", "\"", "\"\\", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"a\u{1}b\"", "\"a\nb\"", "1 2",
        "{}{}",
        "[1]]", "\u{FEFF}{}", "\"abc", "[\"abc", "{\"a\":\"b\"", "/**/1", "[1,,2]", "{\"a\":1,,\"b\":2}", "\"\\ud8\"",
    ])
    func whatIsNotJSONIsRefused(_ text: String) {
        #expect(throws: JSONError.self) { try JSON.decode(JSONValue.self, from: Array(text.utf8)) }
        #expect(throws: JSONError.self) { try JSON.decode(JSONText.self, from: Array(text.utf8)) }
    }

    @Test(arguments: [
        "{}", "[]", "null", "true", "false", "0", "-0", "1.50", "1e400", "-1.5E-10", "\"\"", "\"a\"", "[[[]]]",
        "[{},{}]",
        "{\"a\":{\"b\":[1,2,{\"c\":null}]}}", "\"\\u00e9\\n\\\"\\\\\\/\"", "\"\\ud83d\\ude00\"",
        "12345678901234567890123",
        "\"long enough for more than one word of eight bytes\"", "\"exactly8\"", "\"exactly7\"", "[\"äöü\",\"😀\"]",
    ])
    func whatIsJSONIsReadAndWrittenAgain(_ text: String) throws {
        let value = try JSON.decode(JSONValue.self, from: Array(text.utf8))
        #expect(try JSON.decode(JSONValue.self, from: JSON.encode(value)) == value)
        #expect(try JSONText(text).text == text)
    }

    @Test func spaceIsAllowedBetweenAllTokens() throws {
        let text = " \t\r\n{ \"a\" : [ 1 , 2 ] , \"b\" : { } , \"c\" : \"x\" } \n"
        let value = try JSON.decode(JSONValue.self, from: Array(text.utf8))
        #expect(value == .object(["a": .array([.number("1"), .number("2")]), "b": .object([:]), "c": .string("x")]))
        try JSON.read(Array(text.utf8)) { (reader) throws(JSONError) in try reader.skipValue() }
    }

    @Test func bytesThatAreNotUnicodeAreRefusedWhereTheyAreTaken() throws {
        for bytes: [UInt8] in [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC0, 0x80]] {
            let document = [UInt8(ascii: "\"")] + bytes + [UInt8(ascii: "\"")]
            #expect(throws: JSONError.self) { try JSON.decode(String.self, from: document) }
            #expect(throws: JSONError.self) { try JSON.decode(JSONText.self, from: document) }
            try JSON.read(document) { (reader) throws(JSONError) in try reader.skipValue() }
        }
    }

    @Test func nestingIsBoundedWithoutHarmToTheStack() throws {
        let deep = Array(String(repeating: "[", count: 1_000_000).utf8)
        let error = #expect(throws: JSONError.self) { try JSON.decode(JSONValue.self, from: deep) }
        #expect(error?.description.contains("nested deeper than 512 levels") == true)
        #expect(throws: JSONError.self) {
            try JSON.read(deep) { (reader) throws(JSONError) in try reader.skipValue() }
        }
        let allowed = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
        #expect(try JSONText(allowed).text == allowed)
        // Empty objects are passed in one step, and count all the same.
        for (levels, isAllowed) in [(511, true), (512, false)] {
            let text = String(repeating: "[", count: levels) + "{}" + String(repeating: "]", count: levels)
            #expect(((try? JSONText(text)) != nil) == isAllowed)
        }
    }

    @Test(arguments: [
        ("1", 1), ("-1", -1), ("0", 0), ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min),
        ("1e3", 1000),
        ("1.0", 1), ("-0", 0), ("100e-2", 1), ("0.0", 0), ("0e99", 0), ("1E0", 1), ("12.50e1", 125),
    ])
    func wholeNumbersOfAnySpellingAreRead(_ text: String, _ value: Int64) throws {
        #expect(try JSON.decode(Int64.self, from: Array(text.utf8)) == value)
    }

    @Test(arguments: [
        "1.5", "1e400", "9223372036854775808", "1e19", "\"1\"", "null", "true", "[]", "1e-1", "1e9999999999999999999",
    ])
    func whatIsNoWholeNumberIsRefused(_ text: String) {
        #expect(throws: JSONError.self) { try JSON.decode(Int64.self, from: Array(text.utf8)) }
    }

    @Test func aNumberOf32BitsIsBounded() throws {
        #expect(try JSON.decode(Int32.self, from: Array("2147483647".utf8)) == .max)
        #expect(throws: JSONError.self) { try JSON.decode(Int32.self, from: Array("2147483648".utf8)) }
    }

    @Test func ofMembersWithOneNameTheLastWins() throws {
        let text = #"{"a":1,"b":2,"a":3}"#
        #expect(try JSON.decode([String: Int64].self, from: Array(text.utf8)) == ["a": 3, "b": 2])
    }

    @Test func namesMayBeEscaped() throws {
        let text = #"{"\u0061b":1,"😀":2}"#
        #expect(try JSON.decode([String: Int64].self, from: Array(text.utf8)) == ["ab": 1, "😀": 2])
    }

    @Test(arguments: Array(0...40))
    func everyLengthOfStringIsReadToItsEnd(_ length: Int) throws {
        let text = String((0..<length).map { Character(Unicode.Scalar(UInt8(97 + $0 % 26))) })
        for suffix in ["", "\\n", "é", "\\\"x"] {
            let value = try JSON.decode([String].self, from: Array("[\"\(text)\(suffix)\",\"z\"]".utf8))
            let expected = suffix == "\\n" ? "\n" : suffix == "\\\"x" ? "\"x" : suffix
            #expect(value == [text + expected, "z"])
        }
    }
}
