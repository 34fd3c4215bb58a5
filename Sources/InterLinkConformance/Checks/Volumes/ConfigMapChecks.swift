import KubernetesModel

/// ConfigMaps and Secrets as files: interLink sends the whole objects, and the plugin lays the files out.
enum ConfigMapChecks {
    static let all = [
        configMap, items, modes, binaryData, optional, subPath, secret, secretModes, large, escapes, severalMounts,
    ]

    static let configMap = ConformanceCheck(
        "volumes.config-map", contract: "5.2", because: "each key of a ConfigMap is a file, with exactly its text"
    ) { context in
        let object = VolumePlan.configMap(
            "settings", ["app.conf": "key = value\n", "no-end": "last line", "empty": ""], in: context)
        try await context.expectAllWell(
            VolumePlan.one(
                PodVolume(name: "v", configMap: ConfigMapVolumeSource(name: "settings")), configMaps: [object],
                .names("app.conf", "empty", "no-end"), .file("app.conf", holds: "key = value\n"),
                .file("no-end", holds: "last line"), .file("empty", holds: "")),
            of: "POST /create with a ConfigMap volume")
    }

    static let items = ConformanceCheck(
        "volumes.items", contract: "5.2",
        because: "items choose keys and give them other paths; the other keys are not there"
    ) { context in
        let object = VolumePlan.configMap("settings", ["a": "of a\n", "b": "of b\n", "c": "of c\n"], in: context)
        let source = ConfigMapVolumeSource(
            items: [KeyToPath(key: "a", path: "renamed"), KeyToPath(key: "b", path: "deep/er/b")], name: "settings")
        try await context.expectAllWell(
            VolumePlan.one(
                PodVolume(name: "v", configMap: source), configMaps: [object], .names("deep", "renamed"),
                .file("renamed", holds: "of a\n"), .file("deep/er/b", holds: "of b\n")),
            of: "POST /create with a ConfigMap volume that has items")
    }

    static let modes = ConformanceCheck(
        "volumes.modes", contract: "5.2",
        because: "scripts must be executable, and some programs refuse keys that others may read"
    ) { context in
        let object = VolumePlan.configMap("settings", ["plain": "x", "script": "x"], in: context)
        let source = ConfigMapVolumeSource(
            defaultMode: 0o440,
            items: [KeyToPath(key: "plain", path: "plain"), KeyToPath(key: "script", path: "script", mode: 0o550)],
            name: "settings")
        try await context.expectAllWell(
            VolumePlan.one(
                PodVolume(name: "v", configMap: source), configMaps: [object], .mode(of: "plain", is: "440"),
                .mode(of: "script", is: "550")),
            of: "POST /create with defaultMode 0440 and an item of mode 0550")
    }

    static let binaryData = ConformanceCheck(
        "volumes.binary-data", contract: "5.2",
        because: "what is no text stands in binaryData, and data may be missing then"
    ) { context in
        let bytes: [UInt8] = [0, 1, 2, 0xff, 0xfe, 10, 13, 0]
        let object = VolumePlan.configMap("settings", nil, binary: ["blob": bytes], in: context)
        try await context.expectAllWell(
            VolumePlan.one(
                PodVolume(name: "v", configMap: ConfigMapVolumeSource(name: "settings")), configMaps: [object],
                .output(
                    of: "od -An -tx1 \(VolumePlan.folder)/blob | tr -d ' \\n'", is: "000102fffe0a0d00", "blob")),
            of: "POST /create with a ConfigMap that has binaryData only")
    }

    static let optional = ConformanceCheck(
        "volumes.optional", contract: "5.2", because: "an optional ConfigMap that is not there is an empty folder"
    ) { context in
        let source = ConfigMapVolumeSource(name: "not-there", optional: true)
        try await context.expectAllWell(
            VolumePlan.one(PodVolume(name: "v", configMap: source), .names()),
            of: "POST /create with an optional ConfigMap that was not sent")
    }

    static let subPath = ConformanceCheck(
        "volumes.sub-path", contract: "5.2", because: "subPath mounts one file of a volume, at exactly that path"
    ) { context in
        let object = VolumePlan.configMap("settings", ["a": "of a\n", "b": "of b\n"], in: context)
        let plan = VolumePlan.one(
            PodVolume(name: "v", configMap: ConfigMapVolumeSource(name: "settings")), configMaps: [object],
            mount: {
                $0.mountPath = "\(VolumePlan.folder)/only.txt"
                $0.subPath = "b"
            }, .file("only.txt", holds: "of b\n"), .names("only.txt"))
        try await context.expectAllWell(plan, of: "POST /create with subPath b at /conformance/only.txt")
    }

    static let secret = ConformanceCheck(
        "volumes.secret", contract: "5.2", because: "the values of a Secret are base64 on the wire, and not in the file"
    ) { context in
        let object = VolumePlan.secret("keys", ["token": "s3cret\n", "user": "me"], in: context)
        try await context.expectAllWell(
            VolumePlan.one(
                PodVolume(name: "v", secret: SecretVolumeSource(secretName: "keys")), secrets: [object],
                .names("token", "user"), .file("token", holds: "s3cret\n"), .file("user", holds: "me")),
            of: "POST /create with a Secret volume")
    }

    static let secretModes = ConformanceCheck(
        "volumes.secret-modes", contract: "5.2", because: "ssh refuses a key that others may read"
    ) { context in
        let object = VolumePlan.secret("keys", ["id": "key\n"], in: context)
        let source = SecretVolumeSource(
            defaultMode: 0o400, items: [KeyToPath(key: "id", path: "id_ed25519")], secretName: "keys")
        try await context.expectAllWell(
            VolumePlan.one(
                PodVolume(name: "v", secret: source), secrets: [object], .mode(of: "id_ed25519", is: "400"),
                .file("id_ed25519", holds: "key\n")), of: "POST /create with a Secret of mode 0400")
    }

    static let large = ConformanceCheck(
        "volumes.large", contract: "5.2", because: "a ConfigMap may have a megabyte, and a pod several of them"
    ) { context in
        let text = String(repeating: "0123456789abcdef0123456789abcdef\n", count: 27_000)
        let object = VolumePlan.configMap("settings", ["big": text], in: context)
        try await context.expectAllWell(
            VolumePlan.one(
                PodVolume(name: "v", configMap: ConfigMapVolumeSource(name: "settings")), configMaps: [object],
                .output(of: "wc -c < \(VolumePlan.folder)/big | tr -d ' '", is: "\(text.utf8.count)\n", "the size")),
            of: "POST /create with a ConfigMap of \(text.utf8.count) bytes")
    }

    static let escapes = ConformanceCheck(
        "volumes.text-unchanged", contract: "5.2",
        because: "a backslash in a file is a backslash, and a dollar a dollar"
    ) { context in
        let text = "a\\nb\\tc $HOME `id` $(id) 'x' \"y\" \\\\ %s\nEOF\n<<EOF\n"
        let object = VolumePlan.configMap("settings", ["text": text], in: context)
        try await context.expectAllWell(
            VolumePlan.one(
                PodVolume(name: "v", configMap: ConfigMapVolumeSource(name: "settings")), configMaps: [object],
                .file("text", holds: text)), of: "POST /create with a ConfigMap full of signs")
    }

    static let severalMounts = ConformanceCheck(
        "volumes.mount-order", contract: "6.2", because: "mounts may be listed in any order, the inner one first too"
    ) { context in
        let outer = VolumePlan.configMap("outer", ["file": "outer\n"], in: context)
        let container = Container.script(
            "main", Script.assert(.file("inner/made", holds: "x\n"), .file("inner/../inner/made", holds: "x\n"))
        ).with {
            $0.volumeMounts = [
                VolumeMount(mountPath: "\(VolumePlan.folder)/inner", name: "inner"),
                VolumeMount(mountPath: VolumePlan.folder, name: "outer"),
            ]
        }
        var plan = PodPlan(container)
        plan.inits = [
            Container.script("make", "echo x > /made-here/made").with {
                $0.volumeMounts = [VolumeMount(mountPath: "/made-here", name: "inner")]
            }
        ]
        plan.volumes = [
            PodVolume(name: "inner", emptyDir: EmptyDirVolumeSource()),
            PodVolume(name: "outer", emptyDir: EmptyDirVolumeSource()),
        ]
        plan.configMaps = [outer]
        try await context.expectAllWell(
            plan, of: "POST /create with a mount inside of another, the inner one listed first")
    }
}
