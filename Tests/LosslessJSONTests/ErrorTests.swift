import LosslessJSON
import Testing

@Suite struct ErrorTests {
    private func message<Value: JSONReadable>(_: Value.Type, _ text: String) -> String {
        do {
            _ = try JSON.decode(Value.self, from: Array(text.utf8))
            return "no error"
        } catch {
            return "\(error)"
        }
    }

    @Test func anErrorTellsPathExpectationAndFinding() {
        #expect(
            message([String: [Int64]].self, #"{"a":[1,2],"b":[1,"x"]}"#)
                == "b[1]: expected a whole number, found a string")
        #expect(message([Int64].self, "{}") == "expected a list, found an object")
        #expect(message([String: Int64].self, "[1]") == "expected an object, found a list")
        #expect(message([Int64].self, "[true]") == "[0]: expected a whole number, found true or false")
        #expect(message([Bool].self, "[17.5]") == "[0]: expected true or false, found the number 17.5")
        #expect(message([String].self, "[null]") == "[0]: expected a string, found null")
        #expect(message([Int64].self, "[1.5]") == "[0]: expected a whole number of at most 64 bits, found 1.5")
    }

    @Test func aSyntaxErrorTellsItsByte() {
        #expect(message([Int64].self, "[1,2") == "[1]: the document ends too early (byte 4)")
        #expect(message([Int64].self, "[1]x") == "something stands behind the end of the document (byte 3)")
        #expect(message(String.self, "") == "the document is empty (byte 0)")
    }

    @Test func oddNamesAreQuotedAndShortened() {
        #expect(message([String: Int64].self, #"{"a b":""}"#) == #"["a b"]: expected a whole number, found a string"#)
        #expect(message([String: Int64].self, #"{"a\nb":""}"#).hasPrefix(#"["a\\nb"]"#))
        let long = String(repeating: "x", count: 10_000)
        #expect(message([String: Int64].self, "{\"\(long)\":true}").utf8.count < 200)
    }

    @Test func theContentOfAStringIsNeverShown() {
        let secret = "hunter2-very-secret"
        for text in ["[\"\(secret)\"]", "{\"a\":\"\(secret)\"}", "\"\(secret)\"", "[[\"\(secret)\""] {
            #expect(!message([Int64].self, text).contains("hunter2"))
            #expect(!message([String: [Int64]].self, text).contains("hunter2"))
            #expect(!message([[Bool]].self, text).contains("hunter2"))
        }
    }

    @Test func longNumbersAreShortened() {
        let digits = String(repeating: "9", count: 100_000)
        #expect(message(Int64.self, digits).utf8.count < 200)
        #expect(message(Bool.self, digits).utf8.count < 200)
    }
}
