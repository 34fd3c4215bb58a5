import Foundation
import InterLinkPluginKit
import TestSupport
import Testing

@testable import InterLinkBatch

@Suite("Text becomes part of a script as data")
struct ShellQuoteTests {
    @Test(arguments: [
        ("plain-word_1.2/3", "plain-word_1.2/3"), ("", "''"), ("two words", "'two words'"), ("it's", #"'it'\''s'"#),
        ("$(id) `id`", "'$(id) `id`'"), ("~", "'~'"), ("a=b", "'a=b'"), ("a\0b", "'ab'"),
        ("a\r'\\1", #"$'a\015\'\\1'"#),
        ("-n", "-n"), ("line\nline", "'line\nline'"),
    ])
    func `Words are quoted where they need it`(text: String, quoted: String) {
        #expect(ShellQuote.word(text) == quoted)
    }

    @Test func `bash reads back what was quoted`() async throws {
        var generator = SeededGenerator(seed: 5)
        let odd = Array("'\"\\$`!*?[]{}()<>|&;#~%^=+,:@ \t\n\r\u{1}\u{7F}aZ09-_.äß✓🙂”’").map { String($0) }
        let words = (0..<2000).map { _ in
            (0..<Int.random(in: 0...12, using: &generator)).compactMap { _ in odd.randomElement(using: &generator) }
                .joined()
        }
        var command = Command("/bin/bash", ["-s"])
        command.input = Array("printf '%s\\0' \(words.map(ShellQuote.word).joined(separator: " "))".utf8)
        let result = try await CommandRunner().run(command)
        #expect(result.output.bytes == words.flatMap { Array($0.utf8) + [0] })
    }
}
