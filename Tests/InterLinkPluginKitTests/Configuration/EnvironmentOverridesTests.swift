import Testing

@testable import InterLinkPluginKit

@Suite struct EnvironmentOverridesTests {
    @Test func variablesOverrideKeysOfEveryKind() throws {
        let value = try SampleConfiguration.load(
            "partition: file\nserver: { port: 1 }\nmapping: { gpu-node: 1 }\n",
            [
                "INTERLINK_PARTITION": "a: #b", "INTERLINK_SERVER_SOCKET_MODE": "0660", "INTERLINK_POLL_INTERVAL": "3s",
                "INTERLINK_VERBOSE": "true", "INTERLINK_SERVER_HOSTS": "[a, b]", "INTERLINK_MAPPING_GPU_NODE": "8",
                "INTERLINK_ACCOUNT": "", "INTERLINK_TLS_PORT": "443", "PATH": "/bin",
            ]
        ).value
        #expect(value.partition == "a: #b")
        #expect(
            value.server == SampleConfiguration.Server(port: 1, socketMode: FileMode(bits: 0o660), hosts: ["a", "b"]))
        #expect(value.pollInterval == .seconds(3))
        #expect(value.verbose)
        #expect(value.mapping == ["gpu-node": 8])
        #expect(value.account == "")
        #expect(value.tls?.port == 443)
    }

    @Test func problemsNameTheVariable() {
        #expect(
            SampleConfiguration.problems(
                "partition: a\n", ["INTERLINK_SERVER_PORT": "http", "INTERLINK_SERVER_HOSTS": "a"])
                == [
                    "INTERLINK_SERVER_PORT: server.port: is not a whole number; write it with digits only, such as 1000",
                    "INTERLINK_SERVER_HOSTS: server.hosts: is a single value; "
                        + "write a list: [first, second], or one - item a line",
                ])
    }

    @Test func listsAndMappingsAreWrittenAsYAML() throws {
        let value = try SampleConfiguration.load(
            "partition: a\n",
            [
                "INTERLINK_FLAVORS": "[{ name: big, cpus: 64 }]", "INTERLINK_SERVER": "{ port: 1 }",
                "INTERLINK_SERVER_PORT": "2",
            ]
        ).value
        #expect(value.flavors.map(\.name) == ["big"])
        #expect(value.server.port == 2)
        #expect(
            SampleConfiguration.problems("partition: a\n", ["INTERLINK_FLAVORS": "[{ name: big, cpus: x }, { nam: }]"])
                == [
                    "INTERLINK_FLAVORS: flavors[0].cpus: is not a whole number; write it with digits only, such as 1000",
                    "INTERLINK_FLAVORS: flavors[1].name: is missing; add it",
                    "INTERLINK_FLAVORS: flavors[1].nam: is not a known key; did you mean name?",
                ])
    }

    @Test func aVariableThatMatchesNoKeyIsReported() {
        #expect(
            SampleConfiguration.problems("partition: a\n", ["INTERLINK_SRVER_PORT": "1", "INTERLINK_ACCOUNT_OF": "2"])
                == [
                    "INTERLINK_ACCOUNT_OF: the variable matches no key of the configuration; "
                        + "did you mean INTERLINK_ACCOUNT?",
                    "INTERLINK_SRVER_PORT: the variable matches no key of the configuration; "
                        + "did you mean INTERLINK_SERVER_PORT?",
                ])
    }

    @Test func aVariableLikeNoKeyIsReportedWithoutAGuess() {
        #expect(
            SampleConfiguration.problems("partition: a\n", ["INTERLINK_WHATEVER": "2"]) == [
                "INTERLINK_WHATEVER: the variable matches no key of the configuration; remove it from the environment"
            ])
    }

    @Test func variablesOfOthersAreLeftAlone() throws {
        let environment = [
            "INTERLINKCONFIGPATH": "/etc", "INTERLINK_SERVICE_HOST": "10.0.0.1", "INTERLINK_SERVICE_PORT": "80",
            "INTERLINK_SERVICE_PORT_HTTP": "80", "INTERLINK_SERVER_PORT": "tcp://10.0.0.1:80",
            "INTERLINK_PORT_80_TCP_ADDR": "10.0.0.1", "INTERLINK_PORT_80_TCP": "tcp://10.0.0.1:80",
            "INTERLINK_FOREIGN": "x",
        ]
        let value = try ConfigurationFile.parse(
            SampleConfiguration.self, yaml: Array("partition: a".utf8), name: "f", isReadableByEverybody: false,
            environment: environment, allowedVariables: ["INTERLINK_FOREIGN"]
        ).value
        #expect(value.server.port == 8080)
    }

    @Test func aVariableOfTwoKeysIsReported() {
        struct Inner: ConfigurationSection { var b = 1 }
        struct Outer: ConfigurationSection {
            var a = Inner()
            var aB = 2
        }
        #expect {
            try ConfigurationFile.parse(Outer.self, yaml: "", environment: ["INTERLINK_A_B": "3"])
        } throws: { error in
            "\(error)".contains("INTERLINK_A_B: aB: the variable means this key and a.b")
        }
    }

    @Test(arguments: [
        ("socketMode", "INTERLINK_SOCKET_MODE"), ("TLSPort", "INTERLINK_TLS_PORT"), ("gpu2Name", "INTERLINK_GPU2_NAME"),
        ("gpu-node", "INTERLINK_GPU_NODE"), ("useTLS", "INTERLINK_USE_TLS"), ("snake_case", "INTERLINK_SNAKE_CASE"),
    ])
    func namesOfVariablesFollowTheKeys(key: String, variable: String) {
        #expect(ConfigurationPath(steps: [.key(key)]).variable == variable)
    }

    @Test func itemsOfListsHaveNone() {
        #expect(ConfigurationPath(steps: [.key("flavors"), .index(0), .key("name")]).variable == nil)
    }
}
