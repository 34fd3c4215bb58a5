import InterLinkAPI
import Testing

@testable import InterLinkBatch

@Suite struct PodPlanTests {
    @Test(
        arguments: [
            (#""hostPID":true"#, IgnorableFeature.namespaces), (#""hostIPC":true"#, .namespaces),
            (#""shareProcessNamespace":true"#, .namespaces), (#""resourceClaims":[{"name":"c"}]"#, .resourceClaims),
            (#""securityContext":{"sysctls":[{"name":"n","value":"v"}]}"#, .sysctls),
            (#""securityContext":{"supplementalGroups":[7]}"#, .groups),
            (#""securityContext":{"seccompProfile":{"type":"Localhost"}}"#, .profiles),
        ] as [(String, IgnorableFeature)])
    func whatCannotBeGivenIsRefusedOrIgnored(member: String, feature: IgnorableFeature) throws {
        let pod = try request(spec: ",\(member)")
        #expect(try objections(pod).count == 1)
        #expect(try plan(pod) { $0.containers.ignore = [feature] }.remarks.count == 1)
    }

    @Test(arguments: [
        #""imagePullSecrets":[{"name":"s"}]"#, #""dnsConfig":{"searches":["a"]}"#, #""runtimeClassName":"nvidia""#,
        #""setHostnameAsFQDN":true"#, #""securityContext":{"fsGroup":7}"#,
    ])
    func whatHasNoEffectIsTold(member: String) throws {
        #expect(try plan(request(spec: ",\(member)")).remarks.count == 1)
    }

    @Test(arguments: [
        #""hostNetwork":true"#, #""dnsPolicy":"ClusterFirst""#, #""priorityClassName":"high""#,
        #""enableServiceLinks":true"#, #""os":{"name":"linux"}"#, #""hostUsers":false"#, #""nodeSelector":{"a":"b"}"#,
        #""tolerations":[{"operator":"Exists"}]"#, #""imagePullSecrets":[]"#,
    ])
    func whatIsSoAnywayIsNotTold(member: String) throws {
        #expect(try plan(request(spec: ",\(member)")).remarks.isEmpty)
    }

    @Test func windowsIsRefused() throws {
        #expect(try objections(request(spec: #","os":{"name":"windows"}"#)).count == 1)
    }

    @Test func annotationsThatPutArgumentsIntoACommandAreTold() throws {
        let pod = try request(metadata: #","annotations":{"slurm-job.vk.io/singularity-options":"--fakeroot"}"#)
        #expect(
            try plan(pod).remarks
                == ["metadata.annotations[slurm-job.vk.io/singularity-options] has no effect here"])
    }

    @Test(arguments: [
        ("", "p"), (#","hostname":"web-0""#, "web-0"),
        (#","hostname":"web-0","hostnameOverride":"other.name""#, "other.name"),
    ])
    func theHostnameIsThePodsUnlessItSaysAnother(spec: String, name: String) throws {
        #expect(try plan(request(spec: spec)).hostname == name)
    }

    @Test(arguments: [".b", "-b", "b.c"]) func aLongNameIsCutAsKubernetesDoes(end: String) throws {
        let name = String(repeating: "a", count: 62)
        let expected = end.hasPrefix("b") ? "\(name)b" : name
        #expect(try plan(request(metadata: #","name":"\#(name)\#(end)""#)).hostname == expected)
    }

    @Test(arguments: ["Web", "a b", "a;b", "-a", "a\\u0000", "a\\nb"])
    func anImpossibleHostnameIsRefused(name: String) throws {
        #expect(try objections(request(spec: #","hostname":"\#(name)""#)).count == 1)
    }

    @Test func hostAliasesAreChecked() throws {
        let pod = try request(
            spec: #","hostAliases":[{"ip":"10.0.0.1","hostnames":["a.b","c"]},{"ip":"fe80::1"}]"#)
        #expect(
            try plan(pod).hostAliases == [
                HostAliasPlan(address: "10.0.0.1", names: ["a.b", "c"]), HostAliasPlan(address: "fe80::1", names: []),
            ])
        for alias in [#"{"ip":"10.0.0"}"#, #"{"ip":"1.2.3.4\n"}"#, #"{"ip":"1.2.3.4","hostnames":["a b"]}"#] {
            #expect(try objections(request(spec: #","hostAliases":[\#(alias)]"#)).count == 1)
        }
    }

    @Test func theDeadlineIsKept() throws {
        #expect(try plan(request(spec: #","activeDeadlineSeconds":90"#)).activeDeadline == 90)
        #expect(try plan(request()).activeDeadline == nil)
        #expect(try objections(request(spec: #","activeDeadlineSeconds":0"#)).count == 1)
    }

    @Test func theScriptOfInterLinkIsKept() throws {
        #expect(try plan(request(beside: ##","jobScript":"#!/bin/sh\necho""##)).jobScript == "#!/bin/sh\necho")
        #expect(try plan(request(beside: #","jobScript":"""#)).jobScript == nil)
    }

    @Test func containersOfTheClusterAreNotOurs() throws {
        // A Virtual Kubelet has taken them out of the pod, but for the annotation and what they alone mount.
        let pod = try request(
            spec: #","volumes":[{"name":"v","csi":{"driver":"d"}}]"#,
            metadata: #","annotations":{"interlink.eu/disable-offload-containers":"proxy"}"#)
        let found = try plan(pod)
        #expect(found.containers.map(\.name) == ["main"])
        #expect(found.remarks.isEmpty)
    }

    @Test func everythingIsToldAtOnce() throws {
        let found = try objections(
            request(
                main: #","image":"-x","workingDir":"a","livenessProbe":{}"#, spec: #","hostPID":true,"hostname":"A""#))
        #expect(found.count == 5)
        let error = PlanError((0..<7).map { PlanProblem("f\($0)", "is wrong", advice: "change it") })
        #expect("\(error)".hasPrefix("the pod cannot run here: f0 is wrong; change it. f1 "))
        #expect("\(error)".hasSuffix(". And 2 more"))
    }

    @Test func aRequestThatIsNoPodIsObjectedTo() throws {
        #expect(try PodPlanner(PlanSettings()).objections(to: request(metadata: #","uid":"../x""#)).count == 1)
    }
}
