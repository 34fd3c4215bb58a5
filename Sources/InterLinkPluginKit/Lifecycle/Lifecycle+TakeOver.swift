package import KubernetesModel

extension Lifecycle {
    /// Tracks a pod again that records knew which are lost: its job is a stray here, and somebody who holds the answer of
    /// those records names it, which the annotation `JobID` shows.
    package func takeOver(_ pod: Pod) async {
        guard let mark = pod.metadata.annotations?["JobID"].flatMap({ JobMark($0) }),
            let digest = try? PodDigest(pod.offloaded), digest.uid == mark.uid, table.pod(mark.uid) == nil,
            tombstones[mark.uid] == nil,
            case .seen(let stray) = sightings.look(for: mark.uid, mark: mark, at: clock.now), stray.mark == mark
        else { return }
        // When it cannot be recorded now, the next question brings it here again.
        try? await takeOver(stray, as: digest, isClaimed: true)
    }

    /// Makes a stray the job of a pod: from now on the pod is like one that these records have always known.
    func takeOver(_ stray: Stray, as digest: PodDigest, isClaimed: Bool) async throws(CreateError) {
        let uid = digest.uid
        let record = PodRecord(
            digest: digest, jobID: stray.mark.description, placement: stray.placement, createdAt: clock.now,
            stage: .started(stray.job.handle, at: stray.seenAt), isClaimed: isClaimed)
        var pod = TrackedPod(
            digest: digest, jobID: record.jobID, placement: record.placement, at: record.createdAt)
        if isClaimed { pod.claim() }
        // In the table before the first await: a concurrent create or delete meets it there.
        table.insert(pod)
        do throws(StoreError) {
            try await store.recordIntent(record)
        } catch {
            report(.recordFailed(uid, error))
            outcomes.removeValue(forKey: uid)?.resolve(.failure(.notRecorded(error)))
            // A delete that came meanwhile is pursued for as long as this process lives.
            guard table.pod(uid)?.deletion != nil else {
                table.remove(uid)
                throw .notRecorded(error)
            }
        }
        if tombstones[uid]?.isDeleted == false { tombstones[uid] = nil }
        table.update(uid) { $0.phase = .started(stray.job.handle, at: stray.seenAt) }
        report(.adopted(uid, stray.job.handle))
        let heard = table.update(uid) { [settings] in
            $0.hear(list: [stray.job], begun: stray.seenAt, settings: settings)
        }
        if let heard { _ = follow(heard, uid, seen: stray.seenAt) }
        outcomes.removeValue(forKey: uid)?.resolve(.success(()))
        touch(uid)
    }
}

extension Pod {
    /// Without what interLink keeps in the cluster: a create does not bring those containers, a status does.
    fileprivate var offloaded: Pod {
        var pod = self
        func names(_ annotation: String) -> Set<Substring> {
            let list = metadata.annotations?["interlink.eu/\(annotation)"] ?? ""
            return Set(list.split { $0 == "," || $0 == " " })
        }
        let containers = names("disable-offload-containers")
        let inits = names("disable-offload-init-containers")
        pod.spec.containers.removeAll { containers.contains($0.name[...]) }
        pod.spec.initContainers?.removeAll { inits.contains($0.name[...]) }
        return pod
    }
}
