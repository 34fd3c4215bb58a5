import KubernetesModel

/// Finds out what each volume of a pod is at the site.
struct VolumePlanner {
    let configuration: VolumesConfiguration
    let namespace: String
    let sent: SentObjects
    let downward: DownwardFiles

    /// The volume that stands at `field`: `spec.volumes[3]`. What has to be made on the node is added to `plan`.
    func volume(
        _ volume: PodVolume, at field: String, _ plan: inout PodPlan, _ notes: inout PlanNotes
    ) -> PlannedVolume {
        if let problem = NameSyntax.problem(withLabel: volume.name) {
            notes.refuse("\(field).name", "is \(shown(volume.name)): \(problem)", "change the name")
            return .refused
        }
        if let source = volume.configMap {
            return object(
                "ConfigMap", source.name, sent.contents(ofConfigMap: source.name), source.items, source.optional,
                source.defaultMode, named: volume.name, at: "\(field).configMap", &notes)
        }
        if let source = volume.secret {
            return object(
                "Secret", source.secretName, sent.contents(ofSecret: source.secretName), source.items, source.optional,
                source.defaultMode, named: volume.name, at: "\(field).secret", &notes)
        }
        if let source = volume.projected {
            let projected = ProjectedVolume(
                name: volume.name, source: source, sent: sent, downward: downward, field: "\(field).projected")
            return .contents(projected.contents(&notes))
        }
        if let source = volume.downwardAPI {
            var contents = VolumeContents(volume: volume.name)
            let modes = FileModes(source.defaultMode, at: "\(field).downwardAPI", &notes)
            downward.write(source.items, to: &contents, modes, at: "\(field).downwardAPI", &notes)
            return .contents(contents)
        }
        if let source = volume.emptyDir {
            return emptyDir(source, named: volume.name, at: "\(field).emptyDir", &plan, &notes)
        }
        if let source = volume.hostPath { return hostPath(source, at: "\(field).hostPath", &plan, &notes) }
        if let source = volume.persistentVolumeClaim {
            return claim(source, at: "\(field).persistentVolumeClaim", &plan, &notes)
        }
        if volume.ephemeral != nil, configuration.ephemeralAsEmptyDir {
            notes.remark("\(field).ephemeral", "is an emptyDir here")
            return emptyDir(EmptyDirVolumeSource(), named: volume.name, at: field, &plan, &notes)
        }
        guard let kind = volume.kindWithoutSupport else {
            // Kubernetes takes a volume that says nothing for an emptyDir.
            return emptyDir(EmptyDirVolumeSource(), named: volume.name, at: field, &plan, &notes)
        }
        notes.refuse(
            "\(field).\(kind)", "(\(volume.name)) is a kind of volume that this site does not have", Self.advice(kind))
        return .refused
    }

    private static func advice(_ kind: String) -> String {
        switch kind {
        case "image": "put the files into the container's image"
        case "nfs", "cephfs", "glusterfs": "use a hostPath where the site has the filesystem mounted"
        case "ephemeral": "use an emptyDir"
        default: "use a configMap, secret, projected, emptyDir or hostPath volume, or a claim that the site maps"
        }
    }

    private func object(
        _ kind: String, _ name: String?, _ contents: ObjectContents?, _ items: [KeyToPath]?, _ optional: Bool?,
        _ defaultMode: Int32?, named volume: String, at field: String, _ notes: inout PlanNotes
    ) -> PlannedVolume {
        var files = VolumeContents(volume: volume)
        let modes = FileModes(defaultMode, at: field, &notes)
        ObjectVolume(
            kind: kind, name: name ?? "", contents: contents, items: items, optional: optional ?? false, field: field
        ).write(to: &files, modes, &notes)
        return .contents(files)
    }

    private func emptyDir(
        _ source: EmptyDirVolumeSource, named name: String, at field: String, _ plan: inout PodPlan,
        _ notes: inout PlanNotes
    ) -> PlannedVolume {
        let path = "\(WorkspaceLayout.volumes)/\(name)"
        let medium = source.medium ?? ""
        if !["", "Memory"].contains(medium) {
            notes.refuse("\(field).medium", "is \(shown(medium))", "leave it out, or write Memory")
        }
        var limit: Int?
        if let amount = source.sizeLimit {
            if amount < .zero {
                notes.refuse("\(field).sizeLimit", "is below zero", "write an amount like 1Gi")
            } else if amount > .zero {
                limit = Int(amount.units)
            }
        }
        plan.scratch.append(ScratchPlan(path: path, inMemory: medium == "Memory", sizeLimit: limit))
        return .scratch(path: path)
    }

    private func hostPath(
        _ source: HostPathVolumeSource, at field: String, _ plan: inout PodPlan, _ notes: inout PlanNotes
    ) -> PlannedVolume {
        let path: String
        do throws(CheckedPath.Fault) {
            path = try CheckedPath.absolute(source.path)
        } catch {
            notes.refuse("\(field).path", "is \(shown(source.path))", "it \(error.why)")
            return .refused
        }
        // The rule for the folder that is nearest: /data may be read-only, and /data/shared not.
        let rules = configuration.hostPaths.filter { CheckedPath.isInside(path, $0.path) }
        guard let folder = rules.max(by: { $0.path.utf8.count < $1.path.utf8.count }) else {
            let allowed = configuration.hostPaths.map(\.path).joined(separator: ", ")
            notes.refuse(
                "\(field).path", "is \(shown(path)), which the site does not allow",
                allowed.isEmpty ? "the site allows no hostPath (volumes.hostPaths)" : "allowed: \(allowed)")
            return .refused
        }
        guard let requirement = Self.requirement(source.type) else {
            notes.refuse(
                "\(field).type", "is \(shown(source.type?.rawValue ?? ""))",
                "write Directory, DirectoryOrCreate, File, FileOrCreate, Socket, CharDevice or BlockDevice")
            return .refused
        }
        plan.require(HostPathPlan(path: path, in: folder.path, requirement: requirement))
        return .node(path: path, root: folder.path, readOnly: folder.readOnly)
    }

    private static func requirement(_ type: HostPathType?) -> HostPathPlan.Requirement? {
        switch type {
        case nil, .unchecked: .anything
        case .directory: .folder
        case .directoryOrCreate: .folderOrNew
        case .file: .file
        case .fileOrCreate: .fileOrNew
        case .socket: .socket
        case .charDevice: .characterDevice
        case .blockDevice: .blockDevice
        default: nil
        }
    }

    private func claim(
        _ source: PersistentVolumeClaimVolumeSource, at field: String, _ plan: inout PodPlan, _ notes: inout PlanNotes
    ) -> PlannedVolume {
        let name = source.claimName
        if let problem = NameSyntax.problem(withSubdomain: name) ?? NameSyntax.problem(withLabel: namespace) {
            notes.refuse(
                "\(field).claimName", "is \(shown(name)), in the namespace \(shown(namespace)): \(problem)",
                "change the name")
            return .refused
        }
        guard let rule = configuration.claims.first(where: { $0.fits(name, in: namespace) }) else {
            notes.refuse(
                "\(field).claimName", "is \(shown(name)), which the site does not map to a path",
                "ask the site for it (volumes.claims: [{ claim: \(namespace)/\(name), path: … }])")
            return .refused
        }
        let path = rule.path(of: name, in: namespace)
        let root = rule.root(of: name, in: namespace)
        plan.require(HostPathPlan(path: path, in: root, requirement: rule.create ? .folderOrNew : .folder))
        return .node(path: path, root: root, readOnly: rule.readOnly || source.readOnly == true)
    }
}

extension PodPlan {
    /// Adds a path of the node, once.
    mutating func require(_ path: HostPathPlan) {
        if !hostPaths.contains(path) { hostPaths.append(path) }
    }
}
