import KubernetesModel

/// A projected volume. interLink sends most of it as one map of paths and contents; what it leaves out is added from what
/// else the request carries, and refused when it is not there.
struct ProjectedVolume {
    let name: String
    let source: ProjectedVolumeSource
    let sent: SentObjects
    let downward: DownwardFiles
    /// Where it stands in the pod: `spec.volumes[2].projected`.
    let field: String

    func contents(_ notes: inout PlanNotes) -> VolumeContents {
        var volume = VolumeContents(volume: name)
        let modes = FileModes(source.defaultMode, at: field, &notes)
        let sources = source.sources ?? []
        let map = sent.projection(name)
        let own = itemModes(sources, modes, &notes)
        for (path, text) in (map ?? [:]).sorted(by: { $0.key < $1.key }) {
            do throws(CheckedPath.Fault) {
                try volume.add(path, Array(text.utf8), mode: own[path] ?? modes.ofOthers)
            } catch {
                notes.refuse(field, "has the path \(shown(path))", "it \(error.why)")
            }
        }
        var left: [String] = []
        for (index, part) in sources.enumerated() {
            complete(part, at: "\(field).sources[\(index)]", &volume, modes, isSent: map != nil, &left, &notes)
        }
        if map == nil, !left.isEmpty {
            notes.remark(field, "was not sent by interLink; it lacks \(left.joined(separator: ", "))")
        }
        return volume
    }

    /// Modes that single files have of their own, by path.
    private func itemModes(
        _ sources: [VolumeProjection], _ modes: FileModes, _ notes: inout PlanNotes
    ) -> [String: UInt32] {
        var result: [String: UInt32] = [:]
        for (index, source) in sources.enumerated() {
            let place = "\(field).sources[\(index)]"
            let keys = (source.configMap?.items ?? []) + (source.secret?.items ?? [])
            let items = keys.map { ($0.path, $0.mode) } + (source.downwardAPI?.items ?? []).map { ($0.path, $0.mode) }
            for (path, mode) in items where mode != nil { result[path] = modes.mode(mode, at: place, &notes) }
        }
        return result
    }

    /// Adds what a source has and the map has not.
    private func complete(
        _ part: VolumeProjection, at place: String, _ volume: inout VolumeContents, _ modes: FileModes, isSent: Bool,
        _ left: inout [String], _ notes: inout PlanNotes
    ) {
        if let source = part.configMap {
            let contents = sent.contents(ofConfigMap: source.name)
            // A map without items may be complete; only the site's cluster knows all keys.
            if contents == nil, isSent, source.items == nil { return }
            if contents == nil, !isSent { return left.append("ConfigMap \(source.name ?? "")") }
            ObjectVolume(
                kind: "ConfigMap", name: source.name ?? "", contents: contents, items: source.items,
                optional: source.optional ?? false, field: "\(place).configMap"
            ).write(to: &volume, modes, missingOnly: true, &notes)
        } else if let source = part.secret {
            let contents = sent.contents(ofSecret: source.name)
            if contents == nil, !isSent { return left.append("Secret \(source.name ?? "")") }
            if contents == nil, source.optional == true {
                return notes.remark("\(place).secret", "is not sent by interLink; its files are missing")
            }
            if contents == nil {
                return notes.refuse(
                    "\(place).secret", "names the Secret \(shown(source.name ?? "")), which interLink does not send",
                    "mount it as a secret volume of its own")
            }
            ObjectVolume(
                kind: "Secret", name: source.name ?? "", contents: contents, items: source.items,
                optional: source.optional ?? false, field: "\(place).secret"
            ).write(to: &volume, modes, missingOnly: true, &notes)
        } else if let source = part.downwardAPI {
            downward.write(source.items, to: &volume, modes, at: "\(place).downwardAPI", &notes)
        } else if let source = part.serviceAccountToken {
            completeToken(source, at: place, volume, isSent: isSent, &left, &notes)
        } else if let source = part.clusterTrustBundle {
            if source.optional == true {
                notes.remark("\(place).clusterTrustBundle", "is not sent by interLink; its file is missing")
            } else {
                notes.refuse(
                    "\(place).clusterTrustBundle", "is not sent by interLink",
                    "put the certificates into a ConfigMap")
            }
        } else {
            notes.refuse(place, "is of a kind that interLink does not send", "use a ConfigMap or a Secret")
        }
    }

    private func completeToken(
        _ token: ServiceAccountTokenProjection, at place: String, _ volume: VolumeContents, isSent: Bool,
        _ left: inout [String], _ notes: inout PlanNotes
    ) {
        if !isSent {
            left.append("the token of the service account")
        } else if let path = try? CheckedPath.relative(token.path), !volume.holds(path) {
            notes.remark("\(place).serviceAccountToken", "is not sent by interLink; its file is missing")
        }
    }
}
