import Foundation
import Glibc
import InterLinkAPI
import InterLinkHTTPClient
import KubernetesModel
import Testing

/// A process that nobody has reaped yet runs no more.
private func isRunning(_ pid: pid_t) -> Bool {
    guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return false }
    return !stat.contains(") Z ")
}

/// The Local plugin as a real process, with real jobs.
@Suite struct LocalPluginTests {
    @Test("hello: exit code, log, and nothing left after the delete")
    func hello() async throws {
        let program = try LocalProgram()
        try await program.start()
        let pod = TestPod(("main", "echo hello; exit 3"), ("other", "echo world >&2"))
        try await program.create(pod)
        #expect(try await program.codes(of: pod) == [3, 0])
        let main = try #require(try await program.containers(of: pod).first)
        #expect(main.containerID?.hasPrefix("local://1/") == true)
        #expect(try await program.logs(pod, "main") == "hello\n")
        #expect(try await program.logs(pod, "other") == "world\n")
        #expect(try await program.plugin.delete(pod.pod).status == 200)
        try await eventually("nothing is left") {
            !program.exists("jobs/n-\(pod.uid)") && !program.exists("queue/1")
        }
    }

    @Test("init containers run in order, and a failing one ends the pod")
    func initContainers() async throws {
        let program = try LocalProgram()
        try await program.start()
        let good = TestPod(
            ("main", "cat \(program.folder)/seen"),
            inits: [("one", "echo 1 >>\(program.folder)/seen"), ("two", "echo 2 >>\(program.folder)/seen")])
        try await program.create(good)
        #expect(try await program.codes(of: good) == [0, 0, 0])
        #expect(try await program.logs(good, "main") == "1\n2\n")
        let bad = TestPod(("main", "touch \(program.folder)/ran"), inits: [("one", "exit 9"), ("two", "true")])
        try await program.create(bad)
        let codes = try await program.codes(of: bad)
        #expect(codes.first == 9)
        #expect(codes.dropFirst().allSatisfy { $0 != 0 })
        #expect(!program.exists("ran"))
    }

    @Test("a pod that is deleted while it runs is asked to end, and gets its grace")
    func deletion() async throws {
        let program = try LocalProgram()
        try await program.start()
        var pod = TestPod(
            ("main", "trap 'echo bye >\(program.folder)/bye; exit 0' TERM; echo up; while :; do sleep 0.1; done"))
        pod.grace = 60
        try await program.create(pod)
        try await eventually("it is up") { try await program.logs(pod, "main") == "up\n" }
        _ = try await program.plugin.delete(pod.pod)
        try await eventually("everything is removed") { !program.exists("jobs/n-\(pod.uid)") }
        #expect(program.text("bye") == "bye\n")
    }

    @Test("what does not end when it is asked is killed when its grace is over, with everything that it started")
    func killed() async throws {
        let program = try LocalProgram()
        try await program.start()
        let pod = TestPod(
            (
                "main",
                "trap '' TERM; setsid sleep 1234567 & echo $! >\(program.folder)/child; while :; do sleep 0.1; done"
            ))
        try await program.create(pod)
        try await eventually("its child runs") { program.text("child")?.isEmpty == false }
        let child = try #require(pid_t(program.text("child")?.split(separator: "\n").first ?? ""))
        _ = try await program.plugin.delete(pod.pod)
        try await eventually("everything is removed") { !program.exists("jobs/n-\(pod.uid)") }
        #expect(!isRunning(child))
    }

    @Test("a log that is followed comes as it is written, and ends with its container")
    func follow() async throws {
        let program = try LocalProgram()
        try await program.start()
        let gate = "\(program.folder)/gate"
        let pod = TestPod(("main", "echo first; while [ ! -e \(gate) ]; do sleep 0.05; done; echo last"))
        try await program.create(pod)
        let response = try await program.plugin.logs(
            LogRequest(
                podUID: pod.uid, containerName: "main", namespace: "n", options: LogOptions(follow: true), podName: "p")
        )
        var text = ""
        for try await chunk in response.body {
            text += String(decoding: chunk, as: UTF8.self)
            if text.contains("first") { program.touch("gate") }
        }
        #expect(text == "first\nlast\n")
    }

    @Test("kill -9 of the plugin: jobs go on, and are told truthfully afterwards")
    func pluginKilled() async throws {
        let program = try LocalProgram()
        try await program.start()
        let gate = "\(program.folder)/gate"
        let long = TestPod(("main", "echo on; while [ ! -e \(gate) ]; do sleep 0.05; done; echo off; exit 5"))
        let short = TestPod(("main", "while [ ! -e \(program.folder)/killed ]; do sleep 0.05; done; exit 6"))
        for pod in [long, short] { try await program.create(pod) }
        try await eventually("both run") {
            let areRunning = try await [program.isRunning(long), program.isRunning(short)]
            return areRunning == [true, true]
        }
        program.kill9()
        // One ends while nobody looks.
        program.touch("killed")
        try await eventually("the short one has ended") { program.exists("jobs/n-\(short.uid)/closing") }
        try await program.start()
        #expect(try await program.codes(of: short) == [6])
        #expect(try await program.isRunning(long))
        program.touch("gate")
        #expect(try await program.codes(of: long) == [5])
        #expect(try await program.logs(long, "main") == "on\noff\n")
    }

    @Test(
        "kill -9 of the supervisor: failed with a reason, and what it left running is ended", arguments: [true, false])
    func supervisorKilled(whilePluginRuns: Bool) async throws {
        let program = try LocalProgram()
        try await program.start()
        let pod = TestPod(("main", "setsid sleep 1234567 & echo $! >\(program.folder)/child; wait"))
        try await program.create(pod)
        try await eventually("it runs") { try await program.isRunning(pod) && program.text("child")?.isEmpty == false }
        let child = try #require(pid_t(program.text("child")?.split(separator: "\n").first ?? ""))
        let supervisor = try #require(program.supervisor(of: pod))
        if !whilePluginRuns { program.kill9() }
        kill(supervisor, SIGKILL)
        if !whilePluginRuns { try await program.start() }
        #expect(try await program.codes(of: pod) == [137])
        let end = try #require(try await program.containers(of: pod).first?.state?.terminated)
        #expect(end.message?.contains(whilePluginRuns ? "by signal 9" : "nobody was looking") == true)
        #expect(!isRunning(child))
    }

    @Test("no more jobs run than there is room for; the others wait in order, over a restart")
    func queue() async throws {
        let program = try LocalProgram(local: "running: 1")
        try await program.start()
        let gate = "\(program.folder)/gate"
        let order = "\(program.folder)/order"
        let pods = (1...3).map { number in
            TestPod(("main", "echo \(number) >>\(order); while [ ! -e \(gate)\(number) ]; do sleep 0.05; done"))
        }
        for pod in pods { try await program.create(pod) }
        try await eventually("the first runs") { try await program.isRunning(pods[0]) }
        try await eventually("the others say that they wait") {
            try await program.containers(of: pods[2]).first?.state?.waiting?.message?.contains("waits for its turn")
                == true
        }
        program.kill9()
        try await program.start()
        for number in 1...3 {
            program.touch("gate\(number)")
            #expect(try await program.codes(of: pods[number - 1]) == [0])
        }
        #expect(program.text("order") == "1\n2\n3\n")
    }

    @Test("what this machine never has room for is refused with the reason")
    func tooLarge() async throws {
        let program = try LocalProgram(local: "cpus: 2")
        try await program.start()
        var pod = TestPod(("main", "true"))
        pod.resources = #"{"requests":{"cpu":"3"},"limits":{"cpu":"3"}}"#
        let reply = try await program.plugin.create(CreateRequest(pod: try pod.pod))
        #expect(reply.status == 422)
        #expect(String(decoding: reply.response.body, as: UTF8.self).contains("3 CPUs"))
        #expect(!program.exists("jobs/n-\(pod.uid)"))
    }

    @Test("--script prints the job script of a pod from a manifest, and submits nothing")
    func script() async throws {
        let program = try LocalProgram()
        try """
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: settings }
        data: { greeting: "it's" }
        ---
        apiVersion: v1
        kind: Pod
        metadata: { name: demo, namespace: science }
        spec:
          containers:
          - name: main
            image: busybox
            command: [sh, -c, 'echo "$GREETING"']
            env:
            - name: GREETING
              valueFrom: { configMapKeyRef: { name: settings, key: greeting } }
        """.write(toFile: "\(program.folder)/pod.yaml", atomically: false, encoding: .utf8)
        let text = try await program.run(["--script", "\(program.folder)/pod.yaml"])
        #expect(text.hasPrefix("#!"))
        #expect(text.contains("POD_NAME=demo"))
        #expect(!program.exists("jobs"))
        let trouble = try await program.run(["--script", "\(program.folder)/none.yaml"])
        #expect(trouble.contains("none.yaml"))
    }
}
