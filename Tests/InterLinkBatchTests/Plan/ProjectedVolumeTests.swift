import InterLinkAPI
import Testing

@testable import InterLinkBatch

@Suite struct ProjectedVolumeTests {
    private func pod(_ sources: String, map: String?, beside: String = "", mode: String = "") throws -> CreateRequest {
        let maps = map.map { #","projectedvolumemaps":[{"metadata":{"name":"v"},"data":{\#($0)}}]"# } ?? ""
        return try request(
            main: #","resources":{"limits":{"cpu":"2"}},"volumeMounts":[{"name":"v","mountPath":"/v"}]"#,
            spec: #","volumes":[{"name":"v","projected":{"sources":[\#(sources)]\#(mode)}}]"#,
            metadata: #","labels":{"b":"2 \"x\"","a":"1"}"#, sent: maps + beside)
    }

    private func files(_ request: CreateRequest) throws -> [String] {
        try plan(request).files.map { "\($0.path) \(String($0.mode, radix: 8)) \($0.text)" }
    }

    @Test func theMapIsWrittenWithTheModesOfItsSources() throws {
        let sources = #"""
            {"configMap":{"name":"c","items":[{"key":"k","path":"deep/er/k","mode":256}]}},
            {"serviceAccountToken":{"path":"token"}}
            """#
        #expect(
            try files(pod(sources, map: #""deep/er/k":"v","token":"t""#, mode: #","defaultMode":292"#))
                == ["volumes/v/deep/er/k 400 v", "volumes/v/token 444 t"])
    }

    @Test(arguments: ["../x", "/etc/x", "a/../../x", ""])
    func aPathOutsideOfTheVolumeIsRefused(path: String) throws {
        #expect(try objections(pod("", map: #""\#(path)":"v""#)).count == 1)
    }

    @Test func whatTheVirtualKubeletLeavesOutOfTheDownwardAPIIsAdded() throws {
        let sources = #"""
            {"downwardAPI":{"items":[{"path":"name","fieldRef":{"fieldPath":"metadata.name"}},
             {"path":"a","fieldRef":{"fieldPath":"metadata.labels['a']"}},
             {"path":"cpu","mode":384,"resourceFieldRef":{"containerName":"main","resource":"limits.cpu","divisor":"1m"}}]}}
            """#
        #expect(
            try files(pod(sources, map: #""name":"as sent""#))
                == ["volumes/v/a 644 1", "volumes/v/cpu 600 2000", "volumes/v/name 644 as sent"])
    }

    @Test func aSecretIsTakenFromWhatTheRequestCarries() throws {
        let source = #"{"secret":{"name":"s"}}"#
        let secret = #","secrets":[{"metadata":{"name":"s"},"data":{"k":"eA=="}}]"#
        #expect(try files(pod(source, map: "", beside: secret)) == ["volumes/v/k 644 x"])
        #expect(
            try objections(pod(source, map: ""))
                == [
                    "spec.volumes[0].projected.sources[0].secret names the Secret \"s\", which interLink does not send; "
                        + "mount it as a secret volume of its own"
                ])
        #expect(try plan(pod(#"{"secret":{"name":"s","optional":true}}"#, map: "")).remarks.count == 1)
    }

    @Test func anItemThatIsMissingInTheMapIsRefused() throws {
        let source = #"{"configMap":{"name":"c","items":[{"key":"bin","path":"bin"}]}}"#
        #expect(try objections(pod(source, map: "")).count == 1)
        let carried = #","configMaps":[{"metadata":{"name":"c"},"binaryData":{"bin":"AP8="}}]"#
        #expect(try plan(pod(source, map: "", beside: carried)).files.map(\.contents) == [[0, 255]])
    }

    @Test(arguments: [
        (#"{"clusterTrustBundle":{"path":"p"}}"#, 1), (#"{"clusterTrustBundle":{"path":"p","optional":true}}"#, 0),
        (#"{"podCertificate":{"signerName":"s","keyType":"ED25519"}}"#, 1), ("{}", 1),
    ])
    func sourcesThatAreNeverSentAreRefusedUnlessOptional(source: String, count: Int) throws {
        let pod = try pod(source, map: "")
        #expect(try objections(pod).count == count)
        if count == 0 { #expect(try plan(pod).remarks.count == 1) }
    }

    @Test func withoutAMapTheVolumeIsThereWithWhatIsKnown() throws {
        let sources = #"""
            {"serviceAccountToken":{"path":"token"}},{"configMap":{"name":"kube-root-ca.crt"}},
            {"downwardAPI":{"items":[{"path":"namespace","fieldRef":{"fieldPath":"metadata.namespace"}}]}}
            """#
        let pod = try pod(sources, map: nil)
        #expect(try files(pod) == ["volumes/v/namespace 644 cms"])
        let found = try plan(pod)
        #expect(found.folders == ["volumes/v"])
        #expect(
            found.remarks == [
                "spec.volumes[0].projected was not sent by interLink; it lacks the token of the service account, "
                    + "ConfigMap kube-root-ca.crt"
            ])
    }

    @Test func aDownwardVolumeThatWasNotSentIsWorkedOut() throws {
        let pod = try request(
            main: #","volumeMounts":[{"name":"v","mountPath":"/v"}]"#,
            spec: #"""
                ,"volumes":[{"name":"v","downwardAPI":{"defaultMode":288,"items":[
                 {"path":"labels","fieldRef":{"fieldPath":"metadata.labels"}},
                 {"path":"ip","fieldRef":{"fieldPath":"status.podIP"}}]}}]
                """#, metadata: #","labels":{"b":"2 \"x\"\né","a":"1"}"#, status: "")
        let found = try plan(pod)
        #expect(found.files.map(\.text) == ["", "a=\"1\"\nb=\"2 \\\"x\\\"\\né\""])
        #expect(found.files.map(\.mode) == [0o440, 0o440])
        #expect(found.remarks.count == 1)
    }

    @Test(arguments: [
        ("plain ü ✓", "\"plain ü ✓\""), ("\u{7}\u{8}\t\n\u{b}\u{c}\r\"\\", #""\a\b\t\n\v\f\r\"\\""#),
        ("\u{1}\u{7f}", #""\x01\x7f""#), ("\u{a0}\u{200b}\u{e000}", #""\u00a0\u200b\ue000""#),
        ("\u{10ffff}", #""\U0010ffff""#),
    ])
    func valuesAreQuotedAsGoDoes(value: String, text: String) {
        #expect(QuotedValue.text(value) == text)
    }
}
