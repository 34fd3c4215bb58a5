import Testing

@testable import InterLinkPluginKit

@Suite struct YAMLTests {
    @Test(arguments: [
        ("partition: a\npartition: b\n", "configuration:2: the key \"partition\" is here twice, first in line 1"),
        ("partition: a\n---\npartition: b\n", "configuration:2: a second document begins here"),
        ("server:\n\tport: 1\n", "configuration:2: the line is indented with a tab"),
        ("partition: *nobody\n", "configuration:1: the alias *nobody has no anchor that is complete before it"),
        ("partition: &a [*a]\n", "configuration:1: the alias *a has no anchor that is complete before it"),
        ("partition: !!binary aGk=\n", "configuration:1: the tag \"tag:yaml.org,2002:binary\" means nothing here"),
        ("? [a, b]\n: c\n", "configuration:1: a key that is not a plain word"),
        ("partition: \"open\n", "configuration:2: not YAML: "),
        ("partition: a\n<<: b\n", "configuration:2: << stands before a single value"),
        ("[a, b]", "configuration:1: is a list; write a mapping"),
    ])
    func whatIsNotAConfigurationIsRefused(yaml: String, said: String) throws {
        let problems = SampleConfiguration.problems(yaml)
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix(said) == true, "\(problems)")
    }

    @Test(
        arguments: [
            ([0xFF, 0xFE, 0x61, 0], 1, "the text is UTF-16"),
            ([0x61, 0x0A, 0xC3, 0x28], 2, "the line has bytes that are not"),
        ] as [([UInt8], Int, String)])
    func onlyUTF8IsRead(bytes: [UInt8], line: Int, said: String) {
        #expect {
            try YAMLDocument.parse(bytes, file: "f")
        } throws: { error in
            let fault = error as? YAMLFault
            return fault?.line == line && fault?.fault.hasPrefix(said) == true
        }
    }

    @Test func aByteOrderMarkOfUTF8IsSkipped() throws {
        #expect(try SampleConfiguration.load("\u{FEFF}partition: a\n").value.partition == "a")
    }

    @Test func anchorsAliasesAndMergeKeysWork() throws {
        let value = try SampleConfiguration.load(
            """
            x-small: &small { name: small, cpus: 2 }
            x-big: &big { name: big, cpus: 64 }
            partition: a
            flavors:
              - *small
              - { <<: *big, name: huge }
              - { <<: [*small, *big] }
            """
        ).value
        #expect(value.flavors.map(\.name) == ["small", "huge", "small"])
        #expect(value.flavors.map(\.cpus) == [2, 64, 2])
    }

    @Test func aBombOfAliasesIsRefused() {
        var yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let alias = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            yaml += "a\(level): &a\(level) [\(alias)]\n"
        }
        #expect(SampleConfiguration.problems(yaml).first?.contains("more than 100000 values") == true)
    }

    @Test(arguments: ["[", "{a: ", "- "])
    func deepNestingIsRefused(open: String) {
        let yaml = String(repeating: open, count: 5_000)
        #expect(SampleConfiguration.problems(yaml).first?.contains("nested deeper than 64 levels") == true)
    }

    @Test func aTextThatIsTooLongIsRefused() {
        let yaml = "partition: " + String(repeating: "a", count: 1 << 20)
        #expect(SampleConfiguration.problems(yaml).first?.contains("more than the 1048576 that are read") == true)
    }

    @Test func aFileOfAnotherProgramIsToldApartInTime() throws {
        let yaml = (0..<60_000).map { "key\($0): 1\n" }.joined()
        #expect(SampleConfiguration.problems(yaml).count == 101)
        struct Free: Decodable, Sendable { var keys: [String: Int] }
        let indented = "keys:\n" + (0..<40_000).map { " key\($0): 1\n" }.joined()
        #expect(try ConfigurationFile.parse(Free.self, yaml: indented).value.keys.count == 40_000)
    }

    /// Bytes in every order: whatever comes out, nothing breaks.
    @Test func brokenTextsDoNotBreakTheReader() {
        let seed = Array("partition: &a [\"x\\u00e9\", 'y', {k: *a}]\n<<: {b: |\n  c\n}\n--- !!str ~\n? - :\t#%@".utf8)
        var generator = Linear(state: 42)
        for _ in 0..<3_000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.insert(seed[Int.random(in: 0..<seed.count, using: &generator)], at: index)
                default: if bytes.count > 1 { bytes.remove(at: index) }
                }
            }
            if let node = try? YAMLDocument.parse(bytes, file: "f") {
                _ = try? ConfigurationFile.parse(
                    SampleConfiguration.self, yaml: String(decoding: bytes, as: UTF8.self))
                #expect(!node.isNull)
            }
        }
    }

    private struct Linear: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }
}
