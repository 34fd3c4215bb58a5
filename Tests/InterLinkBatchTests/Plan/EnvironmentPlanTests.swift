import KubernetesModel
import Testing

@testable import InterLinkBatch

@Suite struct EnvironmentPlanTests {
    private func variables(_ env: String, sent: String = "", metadata: String = "") throws -> [String] {
        try firstContainer(request(main: #","env":[\#(env)]"#, metadata: metadata, sent: sent)).environment.texts
    }

    @Test func theLastOfEqualNamesCounts() throws {
        #expect(
            try variables(#"{"name":"A","value":"1"},{"name":"B","value":"2"},{"name":"A","value":"3"}"#) == [
                "A=3", "B=2",
            ])
    }

    @Test func aMissingValueIsEmpty() throws {
        #expect(try variables(#"{"name":"A"},{"name":"B","value":""}"#) == ["A=", "B="])
    }

    @Test(arguments: ["my.dot", "a-dash", "1digit", "with space", "semi;colon", "quote'", "$(X)", "~"])
    func everyNameThatKubernetesAllowsIsKept(name: String) throws {
        #expect(try variables(#"{"name":"\#(name)","value":"v"}"#) == ["\(name)=v"])
    }

    @Test(arguments: ["", "a=b", "naïve", "tab\\t", "nul\\u0000"])
    func otherNamesAreRefused(name: String) throws {
        let found = try objections(request(main: #","env":[{"name":"\#(name)","value":"v"}]"#))
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("spec.containers[0].env[0].name is ") == true)
    }

    @Test func valuesAreKeptToTheByte() throws {
        let value = "a'b\"c $HOME `id` \\ %d\nnewline ünï ~ && ${X} $(X) $$ \u{1}"
        let json = #"a'b\"c $HOME `id` \\ %d\nnewline ünï ~ && ${X} $(X) $$ \u0001"#
        #expect(try variables(#"{"name":"X","value":"y"},{"name":"V","value":"\#(json)"}"#) == ["X=y", "V=\(value)"])
    }

    @Test func aNULIsRefusedWithoutShowingTheValue() throws {
        #expect(
            try objections(request(main: #","env":[{"name":"A","value":"secret\u0000x"}]"#)) == [
                "spec.containers[0].env[0] (A) holds a NUL; make it shorter, or put it into a volume"
            ])
    }

    @Test func whatLinuxDoesNotPassIsRefused() throws {
        let longest = String(repeating: "x", count: 131_072 - 3)
        #expect(try objections(request(main: #","env":[{"name":"A","value":"\#(longest)"}]"#)) == [])
        #expect(
            try objections(request(main: #","env":[{"name":"A","value":"\#(longest)x"}]"#)) == [
                "spec.containers[0].env[0] (A) is longer than 131071 bytes, more than Linux passes to a program; "
                    + "make it shorter, or put it into a volume"
            ])
    }

    // MARK: Values that name other variables

    private static let chain =
        #"{"name":"A","value":"1"},{"name":"B","value":"<$(A)|$$(A)|$(C)>"},{"name":"C","value":"3"}"#

    @Test func aVirtualKubeletHasReplacedReferencesAlready() throws {
        #expect(try variables(Self.chain) == ["A=1", "B=<$(A)|$$(A)|$(C)>", "C=3"])
    }

    @Test(
        "Where nobody has, earlier variables are replaced, later ones are not",
        arguments: [
            (#","envFrom":[]"#, ",\"x\":1", ValueExpansion.always),
            (#","envFrom":[{"configMapRef":{"name":"no","optional":true}}]"#, "", .automatic),
        ])
    func references(main: String, status: String, expansion: ValueExpansion) throws {
        let pod = try request(main: #","env":[\#(Self.chain)]\#(main)"#, status: #""phase":"Pending"\#(status)"#)
        let container = try firstContainer(pod) { $0.containers.expandValues = expansion }
        #expect(container.environment.texts == ["A=1", "B=<1|$(A)|$(C)>", "C=3"])
    }

    @Test func aPodThatNoVirtualKubeletHasSeenIsReplaced() throws {
        let pod = try request(main: #","env":[\#(Self.chain)]"#, status: "")
        #expect(try firstContainer(pod).environment.texts == ["A=1", "B=<1|$(A)|$(C)>", "C=3"])
        #expect(
            try firstContainer(pod) { $0.containers.expandValues = .never }.environment.texts
                == ["A=1", "B=<$(A)|$$(A)|$(C)>", "C=3"])
    }

    @Test func whatComesFromObjectsIsNotReplaced() throws {
        let found = try variables(
            #"{"name":"A","value":"1"},{"name":"S","valueFrom":{"secretKeyRef":{"name":"s","key":"k"}}}"#,
            sent: #","secrets":[{"metadata":{"name":"s"},"data":{"k":"JChBKSQk"}}]"#)
        #expect(found == ["A=1", "S=$(A)$$"])
    }

    // MARK: Sources

    private static let objects = #"""
        ,"configMaps":[{"metadata":{"name":"c"},"data":{"k":"v","bad=name":"x"}}],
        "secrets":[{"metadata":{"name":"s"},"data":{"k":"d29ydGg=","bytes":"//4="}}]
        """#

    @Test(
        arguments: [
            (#"{"configMapKeyRef":{"name":"c","key":"k"}}"#, "v"),
            (#"{"secretKeyRef":{"name":"s","key":"k"}}"#, "worth"),
            (#"{"fieldRef":{"fieldPath":"metadata.name"}}"#, "p"),
            (#"{"fieldRef":{"fieldPath":"metadata.namespace"}}"#, "cms"),
            (#"{"fieldRef":{"fieldPath":"metadata.uid"}}"#, "0b5e7c1a-5f3e-4a55-8d9b-0a1b2c3d4e5f"),
            (#"{"fieldRef":{"fieldPath":"metadata.labels['app']"}}"#, "web"),
            (#"{"fieldRef":{"fieldPath":"metadata.labels['none']"}}"#, ""),
            (#"{"fieldRef":{"fieldPath":"metadata.annotations['a/b']"}}"#, "c"),
            (#"{"fieldRef":{"fieldPath":"spec.nodeName"}}"#, "vk-cms"),
            (#"{"fieldRef":{"fieldPath":"spec.serviceAccountName"}}"#, "robot"),
            (#"{"fieldRef":{"fieldPath":"status.hostIP"}}"#, "127.0.0.1"),
            (#"{"fieldRef":{"fieldPath":"status.podIP"}}"#, "127.0.0.1"),
        ])
    func sourcesAreLookedUp(source: String, value: String) throws {
        let found = try variables(
            #"{"name":"A","valueFrom":\#(source)}"#, sent: Self.objects,
            metadata: #","labels":{"app":"web"},"annotations":{"a/b":"c"}"#)
        #expect(found == ["A=\(value)"])
    }

    @Test func theAddressOfTheAnnotationCounts() throws {
        let found = try variables(
            #"{"name":"A","valueFrom":{"fieldRef":{"fieldPath":"status.podIP"}}}"#,
            metadata: #","annotations":{"interlink.eu/pod-ip":"10.0.0.7"}"#)
        #expect(found == ["A=10.0.0.7", "POD_IP=10.0.0.7"])
    }

    @Test(arguments: [
        #"{"configMapKeyRef":{"name":"c","key":"no","optional":true}}"#,
        #"{"secretKeyRef":{"name":"no","key":"k","optional":true}}"#,
    ])
    func whatIsOptionalAndMissingIsDropped(source: String) throws {
        #expect(try variables(#"{"name":"A","valueFrom":\#(source)}"#, sent: Self.objects) == [])
    }

    @Test(
        arguments: [
            (
                #"{"configMapKeyRef":{"name":"c","key":"no"}}"#,
                ".configMapKeyRef names ConfigMap \"c\", key \"no\", which"
            ),
            (
                #"{"secretKeyRef":{"name":"no","key":"k"}}"#,
                ".secretKeyRef names Secret \"no\", key \"k\", which interLink"
            ),
            (
                #"{"secretKeyRef":{"name":"s","key":"bytes"}}"#,
                ".secretKeyRef names Secret \"s\", key \"bytes\", which is no"
            ),
            (
                #"{"fieldRef":{"fieldPath":"status.phase"}}"#,
                ".fieldRef.fieldPath is \"status.phase\", which is no field"
            ),
            (#"{"resourceFieldRef":{"resource":"limits.tea"}}"#, ".resourceFieldRef (\"limits.tea\") is not cpu"),
            (#"{"fileKeyRef":{"volumeName":"v","path":"p","key":"k"}}"#, " is of a kind that is not supported"),
        ])
    func whatIsNeededAndMissingIsRefused(source: String, text: String) throws {
        let found = try objections(request(main: #","env":[{"name":"A","valueFrom":\#(source)}]"#, sent: Self.objects))
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("spec.containers[0].env[0].valueFrom\(text)") == true, "\(found)")
    }

    @Test func wholeObjectsBecomeVariables() throws {
        let pod = try request(
            main: #"""
                ,"env":[{"name":"X_k","value":"own"}],
                "envFrom":[{"prefix":"X_","configMapRef":{"name":"c"}},{"secretRef":{"name":"s"}},
                 {"configMapRef":{"name":"none","optional":true}}]
                """#, sent: Self.objects)
        let found = try plan(pod)
        #expect(found.containers[0].environment.texts == ["X_k=own", "k=worth"])
        #expect(
            found.remarks == [
                "spec.containers[0].envFrom[0] has the key \"bad=name\", which cannot be a variable; it is left out",
                "spec.containers[0].envFrom[1] has the key \"bytes\", which cannot be a variable; it is left out",
            ])
    }

    @Test(
        arguments: [
            ("limits.cpu", "", "2"), ("limits.cpu", "1m", "1500"), ("requests.cpu", "", "1"),
            ("limits.memory", "", "1073741824"), ("limits.memory", "1Mi", "1024"), ("requests.memory", "1Gi", "1"),
            ("limits.memory", "0", "1073741824"), ("requests.ephemeral-storage", "", "0"),
        ])
    func resourcesAreDividedAndRoundedUp(resource: String, divisor: String, value: String) throws {
        let pod = try request(
            main: #"""
                ,"resources":{"limits":{"cpu":"1500m","memory":"1Gi"},"requests":{"cpu":"1"}},
                "env":[{"name":"A","valueFrom":{"resourceFieldRef":{"resource":"\#(resource)"
                \#(divisor.isEmpty ? "" : #","divisor":"\#(divisor)""#)}}}]
                """#)
        #expect(try firstContainer(pod).environment.texts == ["A=\(value)"])
    }

    @Test func aLimitThatIsNotSetIsTheJobs() throws {
        let pod = try request(
            main: #","env":[{"name":"A","valueFrom":{"resourceFieldRef":{"resource":"limits.memory"}}}]"#)
        let memory = try amounts(["memory": "2Gi"])
        #expect(try firstContainer(pod) { $0.resources.defaults = memory }.environment.texts == ["A=2147483648"])
        let found = try plan(pod)
        #expect(found.containers[0].environment.isEmpty)
        #expect(found.remarks.count == 1)
    }

    @Test func commandAndArgumentsNameVariables() throws {
        let container = try firstContainer(
            request(
                main: #","command":["sh","$(A)"],"args":["$(A) $$(A) $(NONE)",""],"env":[{"name":"A","value":"1 2"}]"#))
        #expect(container.command == ["sh", "1 2"])
        #expect(container.arguments == ["1 2 $(A) $(NONE)", ""])
        let plain = try firstContainer(request(main: #","command":[],"args":null"#))
        #expect(plain.command == nil && plain.arguments == nil)
    }
}
