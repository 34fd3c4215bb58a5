import KubernetesModel

/// Empty folders, and what several containers do with them.
enum EmptyFolderChecks {
    static let all = [shared, fromInit, own, readOnly, memory]

    private static func mounted(_ name: String, _ script: String, readOnly: Bool? = nil) -> Container {
        Container.script(name, script).with {
            $0.volumeMounts = [VolumeMount(mountPath: VolumePlan.folder, name: "v", readOnly: readOnly)]
        }
    }

    private static func plan(_ containers: Container..., inits: [Container] = [], medium: String? = nil) -> PodPlan {
        var plan = PodPlan("")
        plan.containers = containers
        plan.inits = inits
        plan.volumes = [PodVolume(name: "v", emptyDir: EmptyDirVolumeSource(medium: medium))]
        return plan
    }

    /// Waits in the container, with all the patience that the run has.
    private static func wait(for file: String, _ context: CheckContext) -> String {
        let seconds = Int(context.allowances.start + context.allowances.change)
        return
            "n=0; while [ ! -e \(VolumePlan.folder)/\(file) ]; do n=$((n+1)); [ $n -gt \(seconds) ] && exit 9; sleep 1; done"
    }

    static let shared = ConformanceCheck(
        "volumes.empty-folder-shared", contract: "5.2",
        because: "containers of a pod talk through an empty folder, and run at the same time to do so"
    ) { context in
        let asks = "echo question > \(VolumePlan.folder)/question; \(wait(for: "answer", context)); exit 0"
        let answers = "\(wait(for: "question", context)); echo answer > \(VolumePlan.folder)/answer; exit 0"
        try await context.expectAllWell(
            plan(mounted("asks", asks), mounted("answers", answers)),
            of: "POST /create of two containers that wait for each other's file in an empty folder")
    }

    static let fromInit = ConformanceCheck(
        "volumes.empty-folder-from-init", contract: "5.2", because: "init containers fetch what the containers work on"
    ) { context in
        let check = Script.assert(.names("fetched"), .file("fetched", holds: "by init\n"))
        let fetch = mounted(
            "fetch", "[ -z \"$(ls -A \(VolumePlan.folder))\" ] && echo by init > \(VolumePlan.folder)/fetched")
        try await context.expectAllWell(
            plan(mounted("main", check), inits: [fetch]),
            of: "POST /create with an init container that fills an empty folder")
    }

    static let own = ConformanceCheck(
        "volumes.empty-folder-own", contract: "5.2",
        because: "an empty folder belongs to one pod, whatever it is called in others"
    ) { context in
        let first = try await context.start(
            plan(mounted("main", "echo x > \(VolumePlan.folder)/of-the-first; \(Script.hold)")))
        try await context.reach(.running, first)
        try await context.expectAllWell(
            plan(mounted("main", Script.assert(.names()))),
            of: "POST /create of a second pod with an empty folder of the same name")
    }

    static let readOnly = ConformanceCheck(
        "volumes.read-only", contract: "6.2", because: "a mount that is read-only must really refuse to be written to"
    ) { context in
        let check = Script.assert(
            .file("kept", holds: "by init\n"),
            .that("! (echo x > \(VolumePlan.folder)/new) 2>/dev/null", "a file could be made"),
            .that("! rm -f \(VolumePlan.folder)/kept 2>/dev/null", "a file could be removed"))
        let fill = mounted("fill", "echo by init > \(VolumePlan.folder)/kept")
        try await context.expectAllWell(
            plan(mounted("main", check, readOnly: true), inits: [fill]), of: "POST /create with readOnly: true")
    }

    static let memory = ConformanceCheck(
        "volumes.empty-folder-in-memory", contract: "5.2", because: "medium Memory is an empty folder too"
    ) { context in
        let script = "echo x > \(VolumePlan.folder)/f; " + Script.assert(.file("f", holds: "x\n"))
        try await context.expectAllWell(
            plan(mounted("main", script), medium: "Memory"), of: "POST /create with an empty folder in memory")
    }
}
