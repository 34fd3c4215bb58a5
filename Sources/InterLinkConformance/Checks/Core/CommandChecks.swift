import KubernetesModel

/// That the container runs what the pod says.
enum CommandChecks {
    static let all = [exact, noShell, notFound]

    static let exact = ConformanceCheck(
        "core.command.exact-arguments", contract: "5.3",
        because: "a command is a list of words, and what a shell on the way makes of them is another program"
    ) { context in
        // `$(id)` names no variable of the container, so it stays as it is.
        let words = [
            "two words", "it's", "\"double\"", "back\\slash", "$HOME", "`id`", "$(id)", "*", "~", "a;b", "a&&b", "#no",
            "line\nbreak", "tab\there", "ünï☃", "", "-n", "%s",
        ]
        let facts =
            ["[ $# -eq \(words.count) ] || { echo \"$# arguments\"; wrong=1; }"]
            + words.map { word in
                "[ \"$1\" = \(Script.quoted(word)) ] || { printf '[%s] instead of [%s]\\n' \"$1\" "
                    + "\(Script.quoted(word)); wrong=1; }; shift"
            }
        let script = (["wrong=0"] + facts + ["exit $wrong"]).joined(separator: "\n")
        let container = Container(
            name: "main", args: ["name"] + words, command: context.options.target.shell + [script])
        try await context.expectAllWell(
            PodPlan(container), of: "POST /create with arguments that a shell would change")
    }

    static let noShell = ConformanceCheck(
        "core.command.list", contract: "5.3",
        because: "a command needs no shell, and must not be given to one"
    ) { context in
        let shell = context.options.target.shell
        let container = Container(name: "main", args: ["exit 9"], command: shell)
        let pod = try await context.start(PodPlan(container))
        let milestone = Milestone("main has ended with 9", within: .start) { $0.exitCode(of: "main") == 9 }
        try await context.expect(milestone, pod, of: "POST /create with command \(shell) and args [\"exit 9\"]")
    }

    static let notFound = ConformanceCheck(
        "core.command.not-found", contract: "6.2",
        because: "a program that is not there is a failure that users must see"
    ) { context in
        let container = Container(name: "main", command: ["/no/such/program-of-\(context.register.run)"])
        let pod = try await context.start(PodPlan(container))
        let sent = "POST /create with a command that does not exist"
        let sight = try await context.expect(.ended, pod, of: sent)
        context.expect(
            sight.exitCode(of: "main") != 0, sent: sent, got: sight.text, expected: "an end with a code that is not 0",
            consequence: sight.kubeletWords)
    }

}
