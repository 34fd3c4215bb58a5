import KubernetesModel

/// Files of the downward API, worked out here where interLink has not done it.
struct DownwardFiles {
    let fields: PodFields
    let resources: ResourceFields

    /// Adds those that are not there yet.
    func write(
        _ items: [DownwardAPIVolumeFile]?, to volume: inout VolumeContents, _ modes: FileModes, at field: String,
        _ notes: inout PlanNotes
    ) {
        for (index, item) in (items ?? []).enumerated() {
            let place = "\(field).items[\(index)]"
            do throws(CheckedPath.Fault) {
                if volume.holds(try CheckedPath.relative(item.path)) { continue }
                guard let text = text(of: item, at: place, &notes) else { continue }
                try volume.add(item.path, Array(text.utf8), mode: modes.mode(item.mode, at: place, &notes))
            } catch {
                notes.refuse("\(place).path", "is \(shown(item.path))", "it \(error.why)")
            }
        }
    }

    private func text(of item: DownwardAPIVolumeFile, at place: String, _ notes: inout PlanNotes) -> String? {
        if let reference = item.fieldRef {
            switch fields.text(of: reference.fieldPath) {
            case .text(let text): return text
            case .notKnown:
                notes.remark(
                    "\(place).fieldRef.fieldPath",
                    "is \(shown(reference.fieldPath)), which is not known before the job runs; the file is empty")
                return ""
            case .noField:
                notes.refuse(
                    "\(place).fieldRef.fieldPath",
                    "is \(shown(reference.fieldPath)), which is no field that pods may see",
                    "use metadata.name, metadata.labels or the like")
                return nil
            }
        }
        guard let reference = item.resourceFieldRef else {
            notes.refuse(place, "says neither fieldRef nor resourceFieldRef", "add one of them")
            return nil
        }
        switch resources.text(of: reference, in: nil) {
        case .text(let text): return text
        case .notKnown:
            notes.remark(
                "\(place).resourceFieldRef",
                "is \(shown(reference.resource)), which has no value here; the file is empty")
            return ""
        case .noField(let why):
            notes.refuse(
                "\(place).resourceFieldRef", "(\(shown(reference.resource))) \(why)",
                "name a container and limits.cpu, requests.memory or the like")
            return nil
        }
    }
}
