import InterLinkAPI
import Testing

@testable import InterLinkBatch

@Suite struct ContentVolumeTests {
    private static let sent = #"""
        ,"configMaps":[{"metadata":{"name":"c"},"data":{"a":"one\r\n","b.conf":"two"},"binaryData":{"bin":"AAEC/w=="}}],
        "secrets":[{"metadata":{"name":"s"},"data":{"key":"cEBzcw==","crt":"eA=="}}]
        """#

    private func pod(_ volume: String, mount: String = "", sent: String = sent) throws -> CreateRequest {
        try request(
            main: #","volumeMounts":[{"name":"v","mountPath":"/v"\#(mount)}]"#,
            spec: #","volumes":[{"name":"v",\#(volume)}]"#, sent: sent)
    }

    private func files(_ volume: String) throws -> [String] {
        try plan(pod(volume)).files.map { "\($0.path) \(String($0.mode, radix: 8)) \($0.contents.count)" }
    }

    @Test func aConfigMapBecomesFilesOfItsKeys() throws {
        let found = try plan(pod(#""configMap":{"name":"c"}"#))
        #expect(found.files.map(\.path) == ["volumes/v/a", "volumes/v/b.conf", "volumes/v/bin"])
        #expect(found.files.map(\.text).prefix(2) == ["one\r\n", "two"])
        #expect(found.files.last?.contents == [0, 1, 2, 255])
        #expect(found.files.allSatisfy { $0.mode == 0o644 })
        #expect(found.folders == ["volumes/v"])
        #expect(
            found.containers[0].mounts == [MountPlan(source: .workspace("volumes/v"), target: "/v", readOnly: true)])
        #expect(found.remarks.isEmpty)
    }

    @Test func aSecretIsDecoded() throws {
        let found = try plan(pod(#""secret":{"secretName":"s","defaultMode":256}"#))
        #expect(found.files.map(\.text) == ["x", "p@ss"])
        #expect(found.files.map(\.mode) == [0o400, 0o400])
    }

    @Test func itemsChooseKeysPathsAndModes() throws {
        #expect(
            try files(
                #""configMap":{"name":"c","defaultMode":416,"items":[{"key":"a","path":"sub/./dir//x","mode":384},{"key":"bin","path":"y"}]}"#
            ) == ["volumes/v/sub/dir/x 600 5", "volumes/v/y 640 4"])
        #expect(try files(#""configMap":{"name":"c","items":[]}"#) == [])
    }

    @Test func nullModesAreTheUsualOnes() throws {
        #expect(
            try files(#""secret":{"secretName":"s","defaultMode":null,"items":[{"key":"key","path":"k","mode":null}]}"#)
                == ["volumes/v/k 644 4"])
    }

    @Test(arguments: [
        #""configMap":{"name":"none","optional":true}"#, #""secret":{"secretName":"none","optional":true}"#,
        #""configMap":{"name":"c","optional":true,"items":[{"key":"none","path":"x"}]}"#,
    ])
    func whatIsOptionalAndMissingIsAnEmptyFolder(volume: String) throws {
        let found = try plan(pod(volume))
        #expect(found.files.isEmpty)
        #expect(found.folders == ["volumes/v"])
        #expect(found.containers[0].mounts.count == 1)
    }

    @Test(
        arguments: [
            (#""configMap":{"name":"none"}"#, "configMap names the ConfigMap \"none\", which interLink has not sent"),
            (#""secret":{"secretName":"none"}"#, "secret names the Secret \"none\", which interLink has not sent"),
            (
                #""configMap":{"name":"c","items":[{"key":"z","path":"z"}]}"#,
                "configMap.items[0].key is \"z\", which the ConfigMap \"c\" does not have"
            ),
            (
                #""configMap":{"name":"c","items":[{"key":"a","path":"../x"}]}"#,
                "configMap.items[0].path is \"../x\"; it must not hold .."
            ),
            (
                #""configMap":{"name":"c","items":[{"key":"a","path":"/x"}]}"#,
                "configMap.items[0].path is \"/x\"; it must be relative"
            ),
            (
                #""configMap":{"name":"c","items":[{"key":"a","path":"x"},{"key":"a","path":"x/y"}]}"#,
                "configMap.items[1].path is \"x/y\"; it must not lie below another file"
            ),
            (
                #""configMap":{"name":"c","items":[{"key":"a","path":"x/y"},{"key":"a","path":"x"}]}"#,
                "configMap.items[1].path is \"x\"; it must not be the folder of another file"
            ),
            (
                #""configMap":{"name":"c","items":[{"key":"a","path":"."}]}"#,
                "configMap.items[0].path is \".\"; it must not be empty"
            ),
            (#""configMap":{"name":"c","defaultMode":512}"#, "configMap.defaultMode is 512; write a number from 0"),
            (
                #""configMap":{"name":"c","items":[{"key":"a","path":"x","mode":-1}]}"#,
                "configMap.items[0].mode is -1"
            ),
        ])
    func whatCannotBeWrittenIsRefused(volume: String, text: String) throws {
        let found = try objections(pod(volume))
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("spec.volumes[0].\(text)") == true, "\(found)")
    }

    @Test func aKeyThatIsNoFileNameIsRefused() throws {
        let hostile = #","configMaps":[{"metadata":{"name":"c"},"data":{"../../etc/x":"y"}}]"#
        #expect(try objections(pod(#""configMap":{"name":"c"}"#, sent: hostile)).count == 1)
    }

    @Test func aVolumeIsWrittenOnceForAllContainers() throws {
        let mounts = #","volumeMounts":[{"name":"v","mountPath":"/v"},{"name":"v","mountPath":"/w"}]"#
        let pod = try request(
            main: mounts, containers: #",{"name":"b","image":"b"\#(mounts)}"#,
            spec: #","volumes":[{"name":"v","configMap":{"name":"c"}}]"#, sent: Self.sent)
        let found = try plan(pod)
        #expect(found.files.count == 3)
        #expect(found.containers.map(\.mounts.count) == [2, 2])
    }

    @Test func aVolumeThatNobodyMountsIsNotMissed() throws {
        #expect(
            try objections(
                request(
                    spec:
                        #","volumes":[{"name":"v","configMap":{"name":"none"}},{"name":"w","nfs":{"server":"s","path":"/"}}]"#
                )
            ) == [])
    }

    // MARK: A part of a volume

    @Test func subPathMountsAFileOrAFolder() throws {
        let volume = #""configMap":{"name":"c","items":[{"key":"a","path":"d/x"}]}"#
        for (path, source) in [
            ("d/x", "volumes/v/d/x"), ("d", "volumes/v/d"), ("./d/", "volumes/v/d"), ("", "volumes/v"),
        ] {
            let found = try plan(pod(volume, mount: #","subPath":"\#(path)""#))
            #expect(found.containers[0].mounts.map(\.source) == [.workspace(source)])
            #expect(found.remarks.isEmpty)
        }
    }

    @Test func aSubPathThatIsNotThereIsAnEmptyFolderAndTold() throws {
        let found = try plan(pod(#""configMap":{"name":"c"}"#, mount: #","subPath":"no/where""#))
        #expect(found.folders == ["volumes/v", "volumes/v/no", "volumes/v/no/where"])
        #expect(found.remarks.count == 1)
    }

    @Test(arguments: [
        ("../x", "is \"../x\"; it must not hold .."),
        ("/x", "is \"/x\"; it must be relative, without / at its beginning"),
        ("a/b", "leads through a file; name a file or folder of the volume"),
        ("nul\\u0000", "is \"nul \"; it must not hold a NUL"),
        ("..\\/\\u0301x", "is \"../\u{301}x\"; it must not hold .."),
    ])
    func aSubPathNeverLeavesTheVolume(path: String, text: String) throws {
        #expect(
            try objections(pod(#""configMap":{"name":"c"}"#, mount: #","subPath":"\#(path)""#))
                == ["spec.containers[0].volumeMounts[0].subPath \(text)"])
    }
}
