import KubernetesModel

/// Works out what a container sees of the volumes, and where.
struct MountPlanner {
    let configuration: VolumesConfiguration

    /// The mounts of a container, parents before what lies in them. `volumes` and `plan` get the folders that subPath
    /// mounts need.
    func mounts(
        of container: Container, _ environment: [EnvironmentVariable], at path: String,
        _ volumes: inout [String: PlannedVolume], _ plan: inout PodPlan, _ notes: inout PlanNotes
    ) -> [MountPlan] {
        var mounts: [MountPlan] = []
        var targets: Set<String> = []
        for (index, mount) in (container.volumeMounts ?? []).enumerated() {
            let field = "\(path).volumeMounts[\(index)]"
            guard let target = target(mount, at: field, &notes) else { continue }
            guard targets.insert(target).inserted else {
                notes.refuse("\(field).mountPath", "is \(shown(mount.mountPath)) for a second time", "use another path")
                continue
            }
            guard let volume = volumes[mount.name] else {
                notes.refuse(
                    "\(field).name", "is \(shown(mount.name)), which is no volume of the pod", "add the volume")
                continue
            }
            guard let below = subPath(mount, environment, at: field, &notes) else { continue }
            switch volume {
            case .refused: continue
            case .contents(var contents):
                guard !contents.isBelowFile(below) else {
                    notes.refuse("\(field).subPath", "leads through a file", "name a file or folder of the volume")
                    continue
                }
                if !contents.holds(below) {
                    notes.remark("\(field).subPath", "names nothing that the volume holds; it is an empty folder")
                    contents.addFolder(below)
                    volumes[mount.name] = .contents(contents)
                }
                mounts.append(
                    MountPlan(
                        source: .workspace(CheckedPath.join(contents.folder, below)), target: target, readOnly: true))
            case .scratch(let folder):
                plan.addScratchFolder(below, in: folder)
                mounts.append(
                    MountPlan(
                        source: .workspace(CheckedPath.join(folder, below)), target: target,
                        readOnly: mount.readOnly == true))
            case .node(let folder, let root, let onlyReadable):
                let source = CheckedPath.join(folder, below)
                if !below.isEmpty { plan.require(HostPathPlan(path: source, in: root, requirement: .anything)) }
                check(mount, isReadOnlyHere: onlyReadable, at: field, &notes)
                mounts.append(
                    MountPlan(
                        source: .node(source), target: target, readOnly: onlyReadable || mount.readOnly == true))
            }
        }
        return Self.ordered(mounts + binds(beside: targets, at: path, &notes))
    }

    /// Parents first; otherwise as they stand in the pod.
    static func ordered(_ mounts: [MountPlan]) -> [MountPlan] {
        mounts.enumerated().sorted { left, right in
            let (above, below) = (CheckedPath.depth(left.element.target), CheckedPath.depth(right.element.target))
            return above == below ? left.offset < right.offset : above < below
        }.map(\.element)
    }

    private func binds(beside targets: Set<String>, at path: String, _ notes: inout PlanNotes) -> [MountPlan] {
        configuration.binds.compactMap { bind in
            guard !targets.contains(bind.target) else {
                notes.remark("\(path).volumeMounts", "hide the site's \(bind.target)")
                return nil
            }
            return MountPlan(source: .node(bind.source), target: bind.target, readOnly: bind.readOnly)
        }
    }

    private func target(_ mount: VolumeMount, at field: String, _ notes: inout PlanNotes) -> String? {
        let text = mount.mountPath
        do throws(CheckedPath.Fault) {
            // Kubernetes takes a relative path from the root.
            let target = try CheckedPath.absolute(text.utf8.first == UInt8(ascii: "/") ? text : "/\(text)")
            if target != "/" { return target }
            notes.refuse("\(field).mountPath", "is the root of the container", "mount the volume below it")
        } catch {
            notes.refuse("\(field).mountPath", "is \(shown(text))", "it \(error.why)")
        }
        return nil
    }

    /// The part of the volume that is mounted; empty for all of it, nil when it was refused.
    private func subPath(
        _ mount: VolumeMount, _ environment: [EnvironmentVariable], at field: String, _ notes: inout PlanNotes
    ) -> String? {
        var text = mount.subPath ?? ""
        var place = "\(field).subPath"
        let written: String
        if let expression = mount.subPathExpr, !expression.isEmpty {
            place = "\(field).subPathExpr"
            written = expression
            guard text.isEmpty else {
                notes.refuse(place, "stands beside subPath", "use one of them")
                return nil
            }
            var unknown: String?
            text = VariableExpansion.expand(expression) { name in
                let value = environment.first { $0.name == name }?.value
                if value == nil { unknown = name }
                return value
            }
            if let unknown {
                notes.refuse(
                    place, "is \(shown(expression)), and there is no variable \(shown(unknown))",
                    "set the variable before it is used")
                return nil
            }
        } else {
            written = text
        }
        do throws(CheckedPath.Fault) {
            return try CheckedPath.relative(text)
        } catch {
            // As it is written: a variable may hold a secret.
            notes.refuse(place, "is \(shown(written))", "it \(error.why)")
            return nil
        }
    }

    /// What mounts from the node may ask for beyond what a bind can do. In the workspace there is nothing below a folder
    /// that could be mounted on its own.
    private func check(
        _ mount: VolumeMount, isReadOnlyHere: Bool, at field: String, _ notes: inout PlanNotes
    ) {
        if isReadOnlyHere, mount.readOnly != true { notes.remark(field, "is read-only here") }
        if mount.recursiveReadOnly == "Enabled" {
            notes.lack(
                .recursiveReadOnly, "\(field).recursiveReadOnly",
                "is Enabled, and filesystems below the folder stay as the node has them")
        }
        switch mount.mountPropagation {
        case .bidirectional:
            notes.lack(.mountPropagation, "\(field).mountPropagation", "is Bidirectional, which needs root on the node")
        case .hostToContainer:
            notes.remark("\(field).mountPropagation", "is HostToContainer, which depends on how the site mounts images")
        default: break
        }
    }
}

extension PodPlan {
    /// Adds a folder below an emptyDir, once.
    fileprivate mutating func addScratchFolder(_ below: String, in folder: String) {
        guard !below.isEmpty, let index = scratch.firstIndex(where: { $0.path == folder }),
            !scratch[index].folders.contains(below)
        else { return }
        scratch[index].folders.append(below)
    }
}
