import LosslessJSON
import Testing

@testable import InterLinkPluginKit

/// YAML of Kubernetes means what `kubectl` makes of it.
@Suite struct KubernetesYAMLTests {
    @Test(arguments: [
        ("a: 1", #"{"a": 1}"#), ("a: '1'", #"{"a": "1"}"#), ("a: 0o644", #"{"a": 420}"#), ("a: 0x10", #"{"a": 16}"#),
        ("a: true", #"{"a": true}"#), ("a: yes", #"{"a": "yes"}"#), ("a: ~", #"{"a": null}"#), ("a:", #"{"a": null}"#),
        ("a: 1.50", #"{"a": 1.50}"#), ("a: +2", #"{"a": 2}"#), ("a: 1Gi", #"{"a": "1Gi"}"#),
        ("a: 100m", #"{"a": "100m"}"#),
        ("a: 2026-11-20", #"{"a": "2026-11-20"}"#), ("a: 0644", #"{"a": "0644"}"#),
        ("- x\n- [1, {b: c}]", #"["x", [1, {"b": "c"}]]"#), (#"{"j": [1, "2", null]}"#, #"{"j": [1, "2", null]}"#),
        ("a: |\n  x\n  y\n", #"{"a": "x\ny\n"}"#), ("", "null"), ("a: &x [1]\nb: *x", #"{"a": [1], "b": [1]}"#),
    ])
    func isReadAsJSON(yaml: String, json: String) throws {
        let expected = try JSON.decode(JSONValue.self, from: Array(json.utf8))
        #expect(try value(yaml) == expected)
    }

    @Test func whatIsWrongIsToldWithItsPlace() throws {
        let fault = #expect(throws: KubernetesYAML.Fault.self) { try value("a: 1\nb: [1\nc: 2") }
        #expect(fault?.description.hasPrefix("pod.yaml:") == true)
    }

    private func value(_ yaml: String) throws -> JSONValue {
        try KubernetesYAML.value(Array(yaml.utf8), file: "pod.yaml")
    }
}
