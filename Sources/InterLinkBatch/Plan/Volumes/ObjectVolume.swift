import KubernetesModel

/// A configMap or secret volume, or such a source of a projected one: which keys become which files.
struct ObjectVolume {
    let kind: String
    let name: String
    let contents: ObjectContents?
    let items: [KeyToPath]?
    let optional: Bool
    /// Where it stands in the pod.
    let field: String

    /// Adds the files. With `missingOnly` only those that are not there yet: what interLink worked out stays as it is.
    func write(
        to volume: inout VolumeContents, _ modes: FileModes, missingOnly: Bool = false, _ notes: inout PlanNotes
    ) {
        guard let contents else {
            let expected = (items ?? []).filter { !isThere($0.path, in: volume) }
            if optional || (missingOnly && items != nil && expected.isEmpty) { return }
            notes.refuse(
                field, "names the \(kind) \(shown(name)), which interLink has not sent",
                "create it before the pod, or mark it as optional")
            return
        }
        guard let items else {
            for key in contents.keys where !(missingOnly && isThere(key, in: volume)) {
                add(key, key, modes.ofOthers, contents, to: &volume, at: field, &notes)
            }
            return
        }
        for (index, item) in items.enumerated() where !(missingOnly && isThere(item.path, in: volume)) {
            let place = "\(field).items[\(index)]"
            add(
                item.key, item.path, modes.mode(item.mode, at: place, &notes), contents, to: &volume, at: place,
                &notes)
        }
    }

    private func isThere(_ path: String, in volume: VolumeContents) -> Bool {
        guard let path = try? CheckedPath.relative(path) else { return false }
        return volume.holds(path)
    }

    private func add(
        _ key: String, _ path: String, _ mode: UInt32, _ contents: ObjectContents, to volume: inout VolumeContents,
        at place: String, _ notes: inout PlanNotes
    ) {
        guard let bytes = contents.bytes(of: key) else {
            if !optional {
                notes.refuse(
                    "\(place).key", "is \(shown(key)), which the \(kind) \(shown(name)) does not have",
                    "use one of its keys, or mark it as optional")
            }
            return
        }
        do throws(CheckedPath.Fault) {
            try volume.add(path, bytes, mode: mode)
        } catch {
            notes.refuse("\(place).path", "is \(shown(path))", "it \(error.why)")
        }
    }
}
