import InterLinkAPI
import Testing

@testable import InterLinkBatch

@Suite struct ProbePlanTests {
    private static let ports = #","ports":[{"name":"web","containerPort":8080},{"containerPort":9090}]"#

    private func pod(_ member: String, _ value: String) throws -> CreateRequest {
        try request(main: #"\#(Self.ports),"env":[{"name":"A","value":"1"}],"\#(member)":\#(value)"#)
    }

    private func action(_ probe: String) throws -> ProbeAction? {
        try firstContainer(pod("livenessProbe", "{\(probe)}")).livenessProbe?.action
    }

    @Test func whatIsLeftOutIsAsInKubernetes() throws {
        let probe = try firstContainer(pod("readinessProbe", #"{"tcpSocket":{"port":1}}"#)).readinessProbe
        var expected = ProbePlan(.tcp(host: "localhost", port: 1))
        (expected.initialDelay, expected.period, expected.timeout) = (0, 10, 1)
        (expected.successThreshold, expected.failureThreshold) = (1, 3)
        #expect(probe == expected)
    }

    @Test func numbersAreKept() throws {
        let probe = try firstContainer(
            pod(
                "startupProbe",
                #"""
                {"exec":{"command":["a"]},"initialDelaySeconds":1,"periodSeconds":2,"timeoutSeconds":3,
                "successThreshold":1,"failureThreshold":30,"terminationGracePeriodSeconds":7}
                """#)
        ).startupProbe
        var expected = ProbePlan(.exec(["a"]))
        (expected.initialDelay, expected.period, expected.timeout) = (1, 2, 3)
        (expected.successThreshold, expected.failureThreshold, expected.grace) = (1, 30, 7)
        #expect(probe == expected)
    }

    @Test(
        arguments: [
            (#""httpGet":{"port":"web"}"#, ProbeAction.http(host: "localhost", port: 8080, path: "/", headers: [])),
            (
                #""httpGet":{"port":80,"path":"a?b=c d","host":"127.0.0.1","scheme":"HTTP","httpHeaders":[{"name":"X-A","value":"b: c"}]}"#,
                .http(host: "127.0.0.1", port: 80, path: "/a?b=c d", headers: [EnvironmentVariable("X-A", "b: c")])
            ),
            (#""tcpSocket":{"port":"9090"}"#, .tcp(host: "localhost", port: 9090)),
            (#""tcpSocket":{"port":1,"host":"::1"}"#, .tcp(host: "::1", port: 1)),
            (#""exec":{"command":["sh","-c","$(A) $$(A)"]}"#, .exec(["sh", "-c", "1 $(A)"])),
        ] as [(String, ProbeAction)])
    func actionsHaveNumbersForPorts(probe: String, expected: ProbeAction) throws {
        #expect(try action(probe) == expected)
    }

    @Test(arguments: [
        (#""httpGet":{"port":"admin"}"#, "httpGet.port is \"admin\", which is no port of the container"),
        (#""httpGet":{"port":0}"#, "httpGet.port is \"0\", which is no port"),
        (#""tcpSocket":{"port":70000}"#, "tcpSocket.port is \"70000\", which"),
        (#""httpGet":{"port":1,"host":"-x"}"#, "httpGet.host is \"-x\"; "),
        (#""httpGet":{"port":1,"host":"a b"}"#, "httpGet.host is"),
        (#""httpGet":{"port":1,"path":"/a\r\nX: y"}"#, "httpGet.path is"),
        (
            #""httpGet":{"port":1,"httpHeaders":[{"name":"A","value":"b\nC: d"}]}"#,
            "httpGet.httpHeaders[0] is no header"
        ),
        (#""httpGet":{"port":1,"httpHeaders":[{"name":"A:","value":"b"}]}"#, "httpGet.httpHeaders[0] is no header"),
        (#""httpGet":{"port":1,"scheme":"GOPHER"}"#, "httpGet.scheme is \"GOPHER\""),
        (
            #""httpGet":{"port":1,"scheme":"HTTPS"}"#,
            "httpGet.scheme is HTTPS; remove it, or ask the site to ignore it "
        ),
        (#""grpc":{"port":1}"#, "grpc is a probe by gRPC; remove it, or ask the site to ignore it "),
        (#""exec":{"command":[]}"#, "exec.command is empty"),
        (#""exec":{"command":["a\u0000"]}"#, "exec.command holds a NUL"),
        (#""tcpSocket":{"port":1},"periodSeconds":-1"#, "periodSeconds is -1"),
        (#""tcpSocket":{"port":1},"successThreshold":2"#, "successThreshold is 2; write 1"),
        (#""tcpSocket":{"port":1},"terminationGracePeriodSeconds":0"#, "terminationGracePeriodSeconds is 0"),
    ])
    func whatCannotBeDoneIsRefused(probe: String, text: String) throws {
        let found = try objections(pod("livenessProbe", "{\(probe)}"))
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("spec.containers[0].livenessProbe.\(text)") == true, "\(found)")
    }

    @Test func aProbeWithoutAnActionIsRefused() throws {
        #expect(try objections(pod("livenessProbe", "{}")).count == 1)
    }

    @Test(arguments: [
        (#"{"httpGet":{"port":1,"scheme":"HTTPS"}}"#, IgnorableFeature.httpsProbes),
        (#"{"grpc":{"port":1}}"#, .grpcProbes),
    ])
    func aSiteMayHaveThemIgnored(probe: String, feature: IgnorableFeature) throws {
        let found = try plan(pod("readinessProbe", probe)) { $0.containers.ignore = [feature] }
        #expect(found.containers[0].readinessProbe == nil)
        #expect(found.remarks.count == 1)
    }

    @Test func initContainersHaveNoneButSidecarsDo() throws {
        let probe = #","startupProbe":{"tcpSocket":{"port":1}},"lifecycle":{"preStop":{"sleep":{"seconds":1}}}"#
        let initial = try request(spec: #","initContainers":[{"name":"i","image":"i"\#(probe)}]"#)
        #expect(try objections(initial).count == 1)
        let sidecar = try request(
            spec: #","initContainers":[{"name":"i","image":"i","restartPolicy":"Always"\#(probe)}]"#)
        #expect(try firstContainer(sidecar).startupProbe != nil)
    }

    @Test func aReadinessProbeEndsNothing() throws {
        #expect(
            try objections(
                pod("readinessProbe", #"{"tcpSocket":{"port":1},"terminationGracePeriodSeconds":1}"#)
            ).count == 1)
    }

    @Test(
        arguments: [
            (#"{"exec":{"command":["a","$(A)"]}}"#, ProbeAction.exec(["a", "$(A)"])),
            (#"{"httpGet":{"port":"web"}}"#, .http(host: "localhost", port: 8080, path: "/", headers: [])),
            (#"{"sleep":{"seconds":5}}"#, .sleep(seconds: 5)),
        ] as [(String, ProbeAction)])
    func hooksAreRunAsTheyAreWritten(hook: String, expected: ProbeAction) throws {
        let container = try firstContainer(pod("lifecycle", #"{"postStart":\#(hook),"preStop":\#(hook)}"#))
        #expect(container.postStart == HookPlan(expected))
        #expect(container.preStop == HookPlan(expected))
    }

    @Test(arguments: [
        #"{"tcpSocket":{"port":1}}"#, "{}", #"{"sleep":{"seconds":-1}}"#, #"{"httpGet":{"port":1,"scheme":"HTTPS"}}"#,
    ])
    func hooksThatKubernetesDoesNotRunAreRefused(hook: String) throws {
        #expect(try objections(pod("lifecycle", #"{"preStop":\#(hook)}"#)).count == 1)
    }
}
