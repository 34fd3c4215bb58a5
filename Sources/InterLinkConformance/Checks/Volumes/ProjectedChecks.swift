import KubernetesModel

/// Projected volumes, which arrive as pseudo ConfigMaps by the name of the volume.
enum ProjectedChecks {
    static let all = [files, serviceAccount, missing]

    static let files = ConformanceCheck(
        "volumes.projected", contract: "5.2",
        because: "the content comes by the name of the volume, with paths that may be nested"
    ) { context in
        let sources = [
            VolumeProjection(configMap: ConfigMapProjection(name: "settings")),
            VolumeProjection(
                downwardAPI: DownwardAPIProjection(items: [
                    DownwardAPIVolumeFile(path: "pod/name", fieldRef: ObjectFieldSelector(fieldPath: "metadata.name"))
                ])),
        ]
        let volume = PodVolume(name: "v", projected: ProjectedVolumeSource(defaultMode: 0o444, sources: sources))
        let content = ["settings.txt": "line one\nline two\n", "pod/name": "the-name"]
        try await context.expectAllWell(
            VolumePlan.one(
                volume, projected: content, .file("settings.txt", holds: "line one\nline two\n"),
                .file("pod/name", holds: "the-name"), .mode(of: "settings.txt", is: "444")),
            of: "POST /create with a projected volume")
    }

    static let serviceAccount = ConformanceCheck(
        "volumes.service-account", contract: "5.2",
        because: "every ordinary pod has one, below /var/run, which is a link in many images"
    ) { context in
        let path = "/var/run/secrets/kubernetes.io/serviceaccount"
        let sources = [
            VolumeProjection(
                serviceAccountToken: ServiceAccountTokenProjection(path: "token", expirationSeconds: 3607)),
            VolumeProjection(
                configMap: ConfigMapProjection(
                    items: [KeyToPath(key: "ca.crt", path: "ca.crt")], name: "kube-root-ca.crt")),
        ]
        let volume = PodVolume(
            name: "kube-api-access-abcde", projected: ProjectedVolumeSource(defaultMode: 0o644, sources: sources))
        let certificate = "-----BEGIN CERTIFICATE-----\nMIID\nBAg=\n-----END CERTIFICATE-----\n"
        let plan = VolumePlan.one(
            volume, projected: ["token": "a.b.c", "ca.crt": certificate],
            mount: {
                $0.mountPath = path
                $0.readOnly = true
            }, .output(of: "cat \(path)/token", is: "a.b.c", "the token"),
            .output(of: "cat \(path)/ca.crt", is: certificate, "the certificate"))
        try await context.expectAllWell(plan, of: "POST /create with the volume that every ordinary pod has")
    }

    static let missing = ConformanceCheck(
        "volumes.projected-missing", contract: "5.2",
        because: "interLink can be told to send no projected content; the pod and its mounts stay as they are"
    ) { context in
        let source = ProjectedVolumeSource(sources: [VolumeProjection(configMap: ConfigMapProjection(name: "settings"))]
        )
        try await context.expectAllWell(
            VolumePlan.one(PodVolume(name: "v", projected: source), .that("true", "")),
            of: "POST /create with a projected volume whose content was not sent")
    }
}
