import InterLinkAPI
import InterLinkPluginKit
import Testing

@testable import InterLinkBatch

@Suite struct ContainerPlanTests {
    @Test func initContainersComeFirstAndHaveTheirRoles() throws {
        let pod = try request(
            containers: #",{"name":"b","image":"b"}"#,
            spec: #","initContainers":[{"name":"i","image":"i"},{"name":"s","image":"s","restartPolicy":"Always"}]"#)
        let found = try plan(pod)
        #expect(found.containers.map(\.name) == ["i", "s", "main", "b"])
        #expect(found.containers.map(\.role) == [.initial, .sidecar, .regular, .regular])
        #expect(found.containers.map(\.role) == found.pod.containers.map(\.role))
        #expect(found.mark.description == "il-k3x9ab2c-0b5e7c1a-5f3e-4a55-8d9b-0a1b2c3d4e5f")
    }

    @Test(
        arguments: [
            ("Always", [.onFailure, .always, .always, .never]),
            ("OnFailure", [.onFailure, .always, .onFailure, .never]),
            ("Never", [.never, .always, .never, .never]),
        ] as [(String, [PodDigest.RestartPolicy])])
    func theRoleDecidesWhatIsStartedAgain(policy: String, expected: [PodDigest.RestartPolicy]) throws {
        let text = #","containers":[{"name":"a","image":"a"},{"name":"b","image":"b","restartPolicy":"Never"}]"#
        let pod = try request(
            spec: #"""
                \#(text),"restartPolicy":"\#(policy)",
                "initContainers":[{"name":"i","image":"i"},{"name":"s","image":"s","restartPolicy":"Always"}]
                """#)
        #expect(try plan(pod).containers.map(\.restartPolicy) == expected)
    }

    @Test func rulesForSingleExitCodesAreRefusedOrIgnored() throws {
        let pod = try request(main: #","restartPolicyRules":[{"action":"Restart"}]"#)
        #expect(try objections(pod).count == 1)
        #expect(try objections(pod) { $0.containers.ignore = [.restartRules] } == [])
        #expect(try objections(request(main: #","restartPolicy":"Sometimes""#)).count == 1)
    }

    @Test(arguments: [("/a//b/", "/a/b"), ("/", "/"), ("/with space", "/with space")])
    func theWorkingDirectoryHasOneForm(path: String, expected: String) throws {
        #expect(try firstContainer(request(main: #","workingDir":"\#(path)""#)).workingDirectory == expected)
    }

    @Test(arguments: ["a", "/../x", "/a\\u0000"])
    func otherWorkingDirectoriesAreRefused(path: String) throws {
        #expect(try objections(request(main: #","workingDir":"\#(path)""#)).count == 1)
    }

    @Test func theTerminationMessageIsWhereThePodSays() throws {
        let usual = try firstContainer(
            request(main: #","terminationMessagePath":"","terminationMessagePolicy":"File""#))
        #expect(usual.terminationMessagePath == "/dev/termination-log" && !usual.messageFallsBackToLog)
        let own = try firstContainer(
            request(main: #","terminationMessagePath":"/tmp/why","terminationMessagePolicy":"FallbackToLogsOnError""#))
        #expect(own.terminationMessagePath == "/tmp/why" && own.messageFallsBackToLog)
        #expect(try objections(request(main: #","terminationMessagePath":"/../x""#)).count == 1)
        #expect(try objections(request(main: #","terminationMessagePath":"/""#)).count == 1)
        #expect(try objections(request(main: #","terminationMessagePolicy":"Shout""#)).count == 1)
    }

    @Test(arguments: [
        ("SIGTERM", "TERM"), ("SIGUSR1", "USR1"), ("INT", "INT"), ("SIGRTMIN+3", "RTMIN+3"),
        ("SIGRTMAX-14", "RTMAX-14"),
    ])
    func theStopSignalIsNamedAsBashDoes(signal: String, name: String) throws {
        #expect(try firstContainer(request(main: #","lifecycle":{"stopSignal":"\#(signal)"}"#)).stopSignal == name)
    }

    @Test(arguments: ["SIGFOO", "9", "SIGTERM; rm", "SIG", "SIGRTMIN+16", "SIGRTMIN+-1", "SIGRTMIN+03", "sigterm"])
    func otherSignalsAreRefused(signal: String) throws {
        #expect(try objections(request(main: #","lifecycle":{"stopSignal":"\#(signal)"}"#)).count == 1)
    }

    @Test(arguments: [
        (#""stdin":true"#, "stdin"), (#""tty":true"#, "tty"),
        (#""ports":[{"containerPort":80,"hostPort":8080}]"#, "ports[0].hostPort"),
    ])
    func whatHasNoEffectIsTold(member: String, field: String) throws {
        let remarks = try plan(request(main: ",\(member)")).remarks
        #expect(remarks.count == 1)
        #expect(remarks.first?.hasPrefix("spec.containers[0].\(field) ") == true)
    }

    @Test(
        arguments: [
            (#""volumeDevices":[{"name":"d","devicePath":"/dev/x"}]"#, IgnorableFeature.devices),
            (#""resources":{"claims":[{"name":"c"}]}"#, .resourceClaims),
            (#""securityContext":{"privileged":true}"#, .privileged),
            (#""securityContext":{"capabilities":{"add":["NET_ADMIN"]}}"#, .capabilities),
            (#""securityContext":{"procMount":"Unmasked"}"#, .procMount),
            (#""securityContext":{"seccompProfile":{"type":"Localhost","localhostProfile":"p"}}"#, .profiles),
            (#""securityContext":{"appArmorProfile":{"type":"Localhost","localhostProfile":"p"}}"#, .profiles),
            (#""securityContext":{"seLinuxOptions":{"level":"s0"}}"#, .profiles),
            (#""securityContext":{"runAsUser":0}"#, .users), (#""securityContext":{"runAsGroup":7}"#, .users),
        ] as [(String, IgnorableFeature)])
    func whatCannotBeGivenIsRefusedOrIgnored(member: String, feature: IgnorableFeature) throws {
        let pod = try request(main: ",\(member)")
        let found = try objections(pod)
        #expect(found.count == 1)
        #expect(found.first?.hasSuffix("(containers.ignore: [\(feature.rawValue)])") == true, "\(found)")
        let ignoring = try plan(pod) { $0.containers.ignore = [feature] }
        #expect(ignoring.remarks.count == 1)
        #expect(ignoring.containers[0].user == nil && ignoring.containers[0].group == nil)
    }

    @Test func whatTakesRightsAwayIsThereAlready() throws {
        let pod = try request(
            main: #"""
                ,"securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]},"privileged":false,
                "runAsNonRoot":true,"readOnlyRootFilesystem":true,"procMount":"Default"}
                """#)
        let found = try plan(pod)
        #expect(found.remarks.isEmpty)
        #expect(found.containers[0].readOnlyRoot)
        let profile = try request(main: #","securityContext":{"seccompProfile":{"type":"RuntimeDefault"}}"#)
        #expect(try plan(profile).remarks.count == 1)
    }

    @Test func usersComeFromAList() throws {
        func allow(_ settings: inout PlanSettings) {
            settings.containers.users = ["0", "1000-1999"]
            settings.containers.groups = ["100"]
        }
        let pod = try request(
            main: #","securityContext":{"runAsUser":1500}"#,
            containers: #",{"name":"b","image":"b"}"#, spec: #","securityContext":{"runAsUser":1000,"runAsGroup":100}"#)
        let found = try plan(pod, allow)
        #expect(found.containers.map(\.user) == [1500, 1000])
        #expect(found.containers.map(\.group) == [100, 100])
        for id in ["2000", "-1", "4294967296", "999"] {
            #expect(try objections(request(main: #","securityContext":{"runAsUser":\#(id)}"#), allow).count == 1)
        }
        let root = try request(main: #","securityContext":{"runAsUser":0,"runAsNonRoot":true}"#)
        #expect(
            try objections(root, allow)
                == ["spec.containers[0].securityContext.runAsNonRoot is true, and runAsUser is 0; use another user"])
    }
}
