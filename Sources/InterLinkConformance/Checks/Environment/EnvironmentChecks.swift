import KubernetesModel

/// Variables, as interLink sends them: resolved, in any order, with values of every kind.
enum EnvironmentChecks {
    static let all = [
        exact, lines, empty, oddNames, lastWins, inArguments, inValues, leftover, eachItsOwn, workingFolder,
    ]

    private static func plan(_ variables: [(String, String?)], _ facts: [Script.Fact]) -> PodPlan {
        PodPlan(
            Container.script("main", Script.assert(facts)).with { container in
                container.env = variables.map { EnvVar(name: $0.0, value: $0.1) }
            })
    }

    static let exact = ConformanceCheck(
        "env.exact", contract: "5.1", because: "a value with a quote in it must not become another value, or a command"
    ) { context in
        let values = [
            "it's", "\"double\"", "'single'", "both ' and \"", "back\\slash", "{\"json\": [1, \"two\"]}", "`id`",
            "a && b",
            "a; exit 1", "@#%^&*()", "   ", "ünï ☃ 你好", "a=b=c", "#no comment", "~/x", "*", "tab\there", "$HOME",
            "100%s",
        ]
        let variables = values.enumerated().map { ("VALUE_\($0.offset)", Optional($0.element)) }
        try await context.expectAllWell(
            plan(variables, variables.map { .variable($0.0, is: $0.1 ?? "") }),
            of: "POST /create with variables that have quotes, blanks and signs in them")
    }

    static let lines = ConformanceCheck(
        "env.lines", contract: "5.1", because: "keys and certificates are values of several lines"
    ) { context in
        let value = "-----BEGIN KEY-----\nfirst\n\nlast\n-----END KEY-----\n"
        try await context.expectAllWell(
            plan(
                [("PEM", value), ("ESCAPES", "no\\nline\\tend")],
                [.variable("PEM", is: value), .variable("ESCAPES", is: "no\\nline\\tend")]),
            of: "POST /create with a variable of several lines")
    }

    static let empty = ConformanceCheck(
        "env.empty", contract: "1.4",
        because: "an empty value arrives as a name alone, and means set to nothing, not unset"
    ) { context in
        try await context.expectAllWell(
            plan([("NOTHING", nil), ("EMPTY", "")], [.variable("NOTHING", is: ""), .variable("EMPTY", is: "")]),
            of: "POST /create with {\"name\": \"NOTHING\"}")
    }

    static let oddNames = ConformanceCheck(
        "env.odd-names", contract: "5.1",
        because: "Kubernetes allows dots and dashes in names, which no shell can export"
    ) { context in
        // Looked for without a shell in between, which could drop such names; not every busybox has printenv.
        var container = Container(
            name: "main", command: ["awk", "BEGIN { exit ENVIRON[\"odd.name-1\"] != \"there\" }"])
        container.env = [EnvVar(name: "odd.name-1", value: "there"), EnvVar(name: "PLAIN", value: "too")]
        let pod = try await context.start(PodPlan(container))
        let sent = "POST /create with a variable odd.name-1, and awk that looks for it in ENVIRON"
        let sight = try await context.expect(.ended, pod, of: sent)
        context.expect(
            sight.exitCode(of: "main") == 0, sent: sent, got: sight.text,
            expected: "an end with 0: the program has the variable")
    }

    static let lastWins = ConformanceCheck(
        "env.last-wins", contract: "5.1", because: "a name can come twice, and the last one counts"
    ) { context in
        try await context.expectAllWell(
            plan([("TWICE", "first"), ("OTHER", "x"), ("TWICE", "last")], [.variable("TWICE", is: "last")]),
            of: "POST /create with one variable given twice")
    }

    static let inArguments = ConformanceCheck(
        "env.in-arguments", contract: "5.1",
        because: "$(NAME) in commands and arguments is replaced by nobody before the plugin"
    ) { context in
        let facts: [Script.Fact] = [
            .that("[ \"$1\" = 'value=a b' ]", "the first argument is wrong"),
            .that("[ \"$2\" = '$'\"(NAME)\" ]", "the second argument is wrong"),
            .that("[ \"$3\" = '$'\"(NOT_DEFINED)\" ]", "the third argument is wrong"),
            .that("[ \"$4\" = 'a ba b' ]", "the fourth argument is wrong"),
        ]
        let show = "printf '[%s]\\n' \"$@\""
        var container = Container(
            name: "main", args: ["name", "value=$(NAME)", "$$(NAME)", "$(NOT_DEFINED)", "$(NAME)$(NAME)"],
            command: context.options.target.shell + [show + "\n" + Script.assert(facts)])
        container.env = [EnvVar(name: "NAME", value: "a b")]
        try await context.expectAllWell(
            PodPlan(container), of: "POST /create with $(NAME), $$(NAME) and $(NOT_DEFINED) in its arguments")
    }

    static let inValues = ConformanceCheck(
        "env.in-values", contract: "5.1",
        because: "$(NAME) in values is replaced by interLink or left to the plugin, and is never a command for a shell"
    ) { context in
        // A Virtual Kubelet with its default settings has replaced it: what is still there then is meant as it stands.
        let replaced = "[ \"$URL\" = 'http://example/' ]"
        let kept = "[ \"$URL\" = 'http://$'\"(HOST)/\" ]"
        try await context.expectAllWell(
            plan([("HOST", "example"), ("URL", "http://$(HOST)/")], [.that("\(replaced) || \(kept)", "URL is wrong")]),
            of: "POST /create with a variable that is http://$(HOST)/")
    }

    static let leftover = ConformanceCheck(
        "env.leftover-source", contract: "5.1",
        because:
            "what could not be resolved arrives with its source and without a value, and the pod must run all the same"
    ) { context in
        var container = Container.script("main", Script.assert(.variable("OTHER", is: "there")))
        container.env = [
            EnvVar(
                name: "GONE",
                valueFrom: EnvVarSource(secretKeyRef: SecretKeySelector(key: "k", name: "s", optional: true))),
            EnvVar(
                name: "FIELD",
                valueFrom: EnvVarSource(fieldRef: ObjectFieldSelector(fieldPath: "metadata.annotations['x']"))),
            EnvVar(name: "OTHER", value: "there"),
        ]
        try await context.expectAllWell(
            PodPlan(container), of: "POST /create with variables that still have valueFrom")
    }

    static let eachItsOwn = ConformanceCheck(
        "env.each-its-own", contract: "5.1", because: "a secret of one container is none of the other's business"
    ) { context in
        let left = Container.script(
            "left", Script.assert(.variable("OWN", is: "left"), .that("[ -z \"${RIGHT+x}\" ]", "RIGHT is set"))
        )
        .with { $0.env = [EnvVar(name: "OWN", value: "left"), EnvVar(name: "LEFT", value: "1")] }
        let right = Container.script(
            "right", Script.assert(.variable("OWN", is: "right"), .that("[ -z \"${LEFT+x}\" ]", "LEFT is set"))
        )
        .with { $0.env = [EnvVar(name: "OWN", value: "right"), EnvVar(name: "RIGHT", value: "1")] }
        try await context.expectAllWell(
            PodPlan(left, right), of: "POST /create of two containers with variables of their own")
    }

    static let workingFolder = ConformanceCheck(
        "env.working-folder", contract: "5.3", because: "programs look for their files where workingDir says"
    ) { context in
        let container = Container.script("main", Script.assert(.output(of: "pwd", is: "/tmp\n", "the folder")))
            .with { $0.workingDir = "/tmp" }
        try await context.expectAllWell(PodPlan(container), of: "POST /create with workingDir /tmp")
    }
}
