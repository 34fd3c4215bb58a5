import TestSupport
import Testing

@testable import InterLinkBatch

@Suite struct VariableExpansionTests {
    private static let values = ["A": "1", "B": "$(A)", "my.dot": "dot", "EMPTY": "", "é": "accent"]

    @Test(
        arguments: [
            ("plain", "plain"), ("$(A)", "1"), ("x$(A)y$(A)", "x1y1"), ("$$(A)", "$(A)"), ("$$$(A)", "$1"),
            ("$$$$(A)", "$$(A)"), ("$(NONE)", "$(NONE)"), ("$(B)", "$(A)"), ("$(my.dot)", "dot"), ("$(EMPTY)", ""),
            ("$", "$"), ("$$", "$"), ("$A", "$A"), ("${A}", "${A}"), ("$(A", "$(A"), ("$(", "$("), ("$()", "$()"),
            ("$($(A)", "$($(A)"), ("$(A)$", "1$"), ("$(é)", "accent"), ("$é$(A)", "$é1"), ("a)b$(A)", "a)b1"),
            ("$(A)\n$(A)", "1\n1"), ("$\r\n$(A)", "$\r\n1"), ("", ""),
        ])
    func referencesAreReplacedAsKubernetesDoes(text: String, expected: String) {
        #expect(VariableExpansion.expand(text) { Self.values[$0] } == expected)
    }

    /// The same rules, said differently: letter by letter, with what is still open kept aside.
    private static func model(_ text: String, _ value: (String) -> String?) -> String {
        enum State { case text, dollar, name([UInt8]) }
        var state = State.text
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch (state, byte) {
            case (.text, UInt8(ascii: "$")): state = .dollar
            case (.text, _): result.append(byte)
            case (.dollar, UInt8(ascii: "$")):
                result.append(byte)
                state = .text
            case (.dollar, UInt8(ascii: "(")): state = .name([])
            case (.dollar, _):
                result += [UInt8(ascii: "$"), byte]
                state = .text
            case (.name(let name), UInt8(ascii: ")")):
                let text = String(decoding: name, as: UTF8.self)
                result += Array((value(text) ?? "$(\(text))").utf8)
                state = .text
            case (.name(let name), _): state = .name(name + [byte])
            }
        }
        switch state {
        case .text: break
        case .dollar: result.append(UInt8(ascii: "$"))
        case .name(let name):
            // What never ends is text, in which other references may stand.
            result += Array("$(".utf8) + Array(model(String(decoding: name, as: UTF8.self), value).utf8)
        }
        return String(decoding: result, as: UTF8.self)
    }

    @Test func anyTextIsReplacedAsTheModelSays() {
        var generator = SeededGenerator(seed: 5)
        let pieces = ["$", "$", "(", ")", "A", "B", "NONE", "é", "\n", "$(A)", "my.dot", "x"]
        for _ in 0..<FuzzRounds.count {
            let count = Int.random(in: 0...12, using: &generator)
            let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            #expect(
                VariableExpansion.expand(text) { Self.values[$0] } == Self.model(text) { Self.values[$0] }, "\(text)")
        }
    }

    @Test func manyOpenReferencesTakeNoLongerThanTheirLength() {
        let text = String(repeating: "$(", count: 200_000)
        #expect(VariableExpansion.expand(text) { _ in nil } == text)
    }
}
