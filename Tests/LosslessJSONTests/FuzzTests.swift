import LosslessJSON
import TestSupport
import Testing

/// Random and mutated documents: nothing may crash, and what is accepted must mean the same when it is written again.
/// `INTERLINK_FUZZ_ROUNDS` makes it longer; ./scripts/fuzz runs it for as long as one likes.
@Suite struct FuzzTests {
    @Test func noBytesHarmTheReader() throws {
        var generator = SeededGenerator(seed: 20_261_120)
        var accepted = 0
        for round in 0..<FuzzRounds.count {
            var document = RandomJSON.document(&generator)
            if round % 4 != 0 { RandomJSON.mutate(&document, &generator) }
            let value = try? JSON.decode(JSONValue.self, from: document)
            let text = try? JSON.decode(JSONText.self, from: document)
            // The two ways through a document agree on what is JSON.
            #expect((value == nil) == (text == nil), "\(document)")
            if let value, let text {
                accepted += 1
                #expect(try JSON.decode(JSONValue.self, from: JSON.encode(value)) == value)
                #expect(try JSON.decode(JSONValue.self, from: Array(text.text.utf8)) == value)
            }
        }
        #expect(accepted > FuzzRounds.count / 4)
    }
}
