import InterLinkPluginKit
import Testing

@Suite struct CombinedConfigurationTests {
    private struct Host: ConfigurationSection {
        var socket = "/run/plugin.sock"
        var log = LogConfiguration()
        func validate() -> [ConfigurationProblem] { socket.isEmpty ? [.init("socket", "is empty")] : [] }
    }

    private struct Plugin: ConfigurationSection {
        @Required var partition: String
        var retries = 3
    }

    private typealias Both = CombinedConfiguration<Host, Plugin>

    @Test func bothReadTheirKeysOfOneFile() throws {
        let loaded = try ConfigurationFile.parse(
            Both.self, yaml: "partition: gpu\nlog: { level: debug }\n", environment: ["INTERLINK_RETRIES": "5"])
        #expect(loaded.value.host.log.level == .debug)
        #expect(loaded.value.plugin.partition == "gpu")
        #expect(loaded.value.plugin.retries == 5)
        #expect(
            loaded.effectiveText == """
                socket: /run/plugin.sock  # default
                log:
                  level: debug
                  format: text  # default
                partition: gpu
                retries: 5  # INTERLINK_RETRIES

                """)
    }

    @Test func theProblemsOfBothAreToldAtOnce() {
        #expect {
            try ConfigurationFile.parse(Both.self, yaml: "log: { format: xml }\nretries: x\nsockt: a\n")
        } throws: { error in
            "\(error)" == """
                configuration:1: log.format: is not a word that is known here; write one of text, json
                configuration:1: partition: is missing; add it
                configuration:2: retries: is not a whole number; write it with digits only, such as 1000
                configuration:3: sockt: is not a known key; did you mean socket?
                """
        }
    }

    @Test func eachValidatesItself() {
        #expect {
            try ConfigurationFile.parse(Both.self, yaml: "partition: a\nsocket: ''\n")
        } throws: { error in
            "\(error)" == "configuration:2: socket: is empty"
        }
    }

    @Test func aPluginMayHaveAnOrdinaryDecodableType() {
        struct Plain: Decodable, Sendable { var name: String }
        #expect {
            try ConfigurationFile.parse(CombinedConfiguration<Host, Plain>.self, yaml: "log: 1\n")
        } throws: { error in
            "\(error)" == """
                configuration:1: log: is a single value; write a mapping, key: value
                configuration:1: name: is missing; add it
                """
        }
    }
}
