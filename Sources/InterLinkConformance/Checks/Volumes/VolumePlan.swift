import KubernetesModel

/// A pod that looks at what is mounted.
enum VolumePlan {
    static let folder = "/conformance"

    /// One container with one volume at `/conformance`.
    static func one(
        _ volume: PodVolume, configMaps: [ConfigMap] = [], secrets: [Secret] = [], projected: [String: String]? = nil,
        mount: (inout VolumeMount) -> Void = { _ in }, _ facts: Script.Fact...
    ) -> PodPlan {
        var place = VolumeMount(mountPath: folder, name: volume.name)
        mount(&place)
        var plan = PodPlan(Container.script("main", Script.assert(facts)).with { $0.volumeMounts = [place] })
        plan.volumes = [volume]
        plan.configMaps = configMaps
        plan.secrets = secrets
        if let projected { plan.projected = [volume.name: projected] }
        return plan
    }

    static func configMap(
        _ name: String, _ data: [String: String]?, binary: [String: [UInt8]] = [:], in context: CheckContext
    ) -> ConfigMap {
        ConfigMap(
            metadata: ObjectMeta(name: name, namespace: context.options.target.namespace),
            binaryData: binary.isEmpty ? nil : binary.mapValues { Base64Data($0) }, data: data)
    }

    static func secret(_ name: String, _ data: [String: String], in context: CheckContext) -> Secret {
        Secret(
            metadata: ObjectMeta(name: name, namespace: context.options.target.namespace),
            data: data.mapValues { Base64Data(Array($0.utf8)) }, type: "Opaque")
    }
}

extension Script.Fact {
    /// A file at `/conformance` holds that text.
    static func file(_ name: String, holds text: String) -> Script.Fact {
        .output(of: "cat \(VolumePlan.folder)/\(name)", is: text, name)
    }

    /// A file at `/conformance` has that mode.
    static func mode(of name: String, is mode: String) -> Script.Fact {
        .output(of: "stat -L -c %a \(VolumePlan.folder)/\(name)", is: mode + "\n", "the mode of \(name)")
    }

    /// What stands in `/conformance`, apart from hidden files.
    static func names(_ names: String...) -> Script.Fact {
        .output(of: "ls \(VolumePlan.folder)", is: names.map { $0 + "\n" }.joined(), "the folder")
    }
}
