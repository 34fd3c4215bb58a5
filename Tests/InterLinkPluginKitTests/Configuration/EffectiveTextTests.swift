import InterLinkPluginKit
import Testing

@Suite struct EffectiveTextTests {
    private let yaml = """
        partition: "no"
        token: hunter2
        flavors: [{ name: big }]
        mapping: { b: 1, "1": 2 }
        server: { hosts: [] }
        """

    @Test func itIsTheWholeConfigurationWithoutSecrets() throws {
        let text = try SampleConfiguration.load(yaml, ["INTERLINK_SERVER_PORT": "99"]).effectiveText
        #expect(
            text == """
                partition: "no"
                submitCommand: /usr/bin/sbatch  # default
                pollInterval: 20s  # default
                largestScript: 4MiB  # default
                verbose: false  # default
                ratio: 0.5  # default
                account: null  # default
                retries: null  # default
                token: "(hidden)"
                runtime: apptainer  # default
                server:
                  port: 99  # INTERLINK_SERVER_PORT
                  socketMode: "0600"  # default
                  hosts: []
                tls: null  # default
                flavors:
                  - name: big
                    cpus: 1  # default
                mapping:
                  b: 1
                  "1": 2

                """)
    }

    @Test func itReadsBackAsTheSameConfiguration() throws {
        let loaded = try SampleConfiguration.load(yaml)
        let again = try SampleConfiguration.load(loaded.effectiveText)
        #expect(again.value == loaded.value)
    }

    @Test(arguments: ["", "yes", "~", "1e3", "0xB", "- a", "a: b", "x\ny", "#", "\u{202E}a", "20s", "/bin/sh -c", "é"])
    func textsReadBackUnchanged(text: String) throws {
        struct Wrapper: ConfigurationSection {
            var text = "default"
        }
        let loaded = try ConfigurationFile.parse(Wrapper.self, yaml: "", environment: ["INTERLINK_TEXT": text])
        #expect(try ConfigurationFile.parse(Wrapper.self, yaml: loaded.effectiveText).value.text == text)
    }
}
