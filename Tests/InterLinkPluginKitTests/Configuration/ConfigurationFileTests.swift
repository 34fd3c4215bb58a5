import Glibc
import InterLinkPluginKit
import Testing

@Suite struct ConfigurationFileTests {
    @Test func everyKindOfValueIsRead() throws {
        let value = try SampleConfiguration.load(
            """
            partition: gpu
            submitCommand: no
            pollInterval: 1m30s
            largestScript: 1Gi
            verbose: yes
            ratio: 1e-2
            account: "007"
            retries: 0x10
            token: hunter2
            runtime: podman
            server:
              socketMode: 0660
              hosts: [a, 1e3, null-ish]
            tls: {}
            flavors:
              - name: on
              - { name: big, cpus: 64 }
            mapping: { a: 1, b-c: 2 }
            """
        ).value
        #expect(value.partition == "gpu")
        #expect(value.submitCommand == "no")
        #expect(value.pollInterval == .seconds(90))
        #expect(value.largestScript == .gibibytes(1))
        #expect(value.verbose)
        #expect(value.ratio == 0.01)
        #expect(value.account == "007")
        #expect(value.retries == 16)
        #expect(value.token?.revealed == "hunter2")
        #expect(value.runtime == .podman)
        #expect(value.server.socketMode.bits == 0o660)
        #expect(value.server.port == 8080)
        #expect(value.server.hosts == ["a", "1e3", "null-ish"])
        #expect(value.tls == SampleConfiguration.Server())
        #expect(value.flavors.map(\.name) == ["on", "big"])
        #expect(value.flavors.map(\.cpus) == [1, 64])
        #expect(value.mapping == ["a": 1, "b-c": 2])
    }

    @Test func whatIsNotGivenKeepsItsDefault() throws {
        let value = try SampleConfiguration.load("partition: gpu\naccount:\nserver:\n  # port: 1\n").value
        #expect(value.pollInterval == .seconds(20))
        #expect(value.server == SampleConfiguration.Server())
        #expect(value.account == nil)
        #expect(value.tls == nil)
        #expect(value.flavors.isEmpty)
    }

    @Test func everyProblemIsToldAtOnceWithItsLine() {
        let problems = SampleConfiguration.problems(
            """
            partitoin: gpu
            pollInterval: 20
            largestScript: many
            verbose: maybe
            retries: [1]
            runtime: docker
            server:
              prt: 1
              port: 0070
              socketMode: 432
            flavors:
              - cpus: x
              - nme: small
            submitCommand:
            mapping: { a: b, c: d }
            """)
        #expect(
            problems == [
                "configuration:1: partition: is missing; add it",
                "configuration:14: submitCommand: has no value; give one, or remove the line to get the default; "
                    + "quote it if it is a text",
                "configuration:2: pollInterval: 20 has no unit, and could be seconds or minutes; "
                    + "write 20s if seconds are meant",
                "configuration:3: largestScript: \"many\" is not a size; write a number with a unit: "
                    + "64MiB or 1Gi (powers of 1024), 2GB or 512k (powers of 1000)",
                "configuration:4: verbose: is not true or false; write true or false",
                "configuration:5: retries: is a list; write a single value",
                "configuration:6: runtime: is not a word that is known here; "
                    + "write one of apptainer, podman",
                "configuration:9: server.port: has a leading zero, which means octal to some and nothing to others; "
                    + "write it without the zero, or as 0o70 if octal is meant",
                "configuration:10: server.socketMode: \"432\" is not a file mode; "
                    + "write it in octal with a leading zero, such as 0660 or \"0660\"",
                "configuration:8: server.prt: is not a known key; did you mean port?",
                "configuration:12: flavors[0].name: is missing; add it",
                "configuration:12: flavors[0].cpus: is not a whole number; "
                    + "write it with digits only, such as 1000",
                "configuration:13: flavors[1].name: is missing; add it",
                "configuration:13: flavors[1].nme: is not a known key; did you mean name?",
                "configuration:15: mapping.a: is not a whole number; write it with digits only, such as 1000",
                "configuration:15: mapping.c: is not a whole number; write it with digits only, such as 1000",
                "configuration:1: partitoin: is not a known key; did you mean partition?",
            ])
    }

    @Test func validationProblemsCarryTheLineOfTheirKey() {
        #expect(
            SampleConfiguration.problems("partition: a\n\npollInterval: 10ms\n")
                == ["configuration:3: pollInterval: is below 1s; write at least 1s"])
    }

    @Test func anEmptyFileIsAllDefaults() throws {
        let server = try ConfigurationFile.parse(SampleConfiguration.Server.self, yaml: "# nothing\n").value
        #expect(server == SampleConfiguration.Server())
        #expect(SampleConfiguration.problems("") == ["configuration:1: partition: is missing; add it"])
    }

    @Test func anOrdinaryDecodableTypeIsReadToo() throws {
        struct Plain: Decodable, Sendable {
            var name: String
            var size: ByteSize?
            var wait: [Duration]
        }
        let value = try ConfigurationFile.parse(Plain.self, yaml: "name: x\nwait: [1s, 2s]\n").value
        #expect(value.wait == [.seconds(1), .seconds(2)])
        #expect(throws: ConfigurationError.self) {
            try ConfigurationFile.parse(Plain.self, yaml: "nam: x\nwait: []\n")
        }
    }

    @Test func whatAnAuthorsOwnReadingThrowsIsToldToo() {
        struct Own: Decodable, Sendable {
            enum CodingKeys: CodingKey { case name }
            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: CodingKeys.self)
                guard try container.decodeIfPresent(String.self, forKey: .name) != nil else {
                    throw InvalidScalar("has no name that I like", advice: "find one")
                }
            }
        }
        #expect {
            try ConfigurationFile.parse([Own].self, yaml: "- { nme: x }\n- { name: [] }\n")
        } throws: { error in
            "\(error)" == """
                configuration:1: [0].nme: is not a known key; did you mean name?
                configuration:1: [0]: has no name that I like; find one
                configuration:2: [1].name: is a list; write a single value
                """
        }
    }

    @Test func aFileThatCannotBeReadIsNamed() {
        #expect {
            try ConfigurationFile.load(SampleConfiguration.self, path: "/nowhere/x.yaml", environment: [:])
        } throws: { error in
            "\(error)".contains("/nowhere/x.yaml: the configuration cannot be read: No such file or directory")
        }
        #expect {
            try ConfigurationFile.load(SampleConfiguration.self, path: "/tmp", environment: [:])
        } throws: { error in
            "\(error)".contains("/tmp: the configuration cannot be read: not a file")
        }
    }
}
