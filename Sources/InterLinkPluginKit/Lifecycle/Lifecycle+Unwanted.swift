/// A job, by the pod that it says it is for and the backend's id.
struct UnwantedKey: Hashable, Sendable {
    let uid: PodUID
    let id: String
}

extension Lifecycle {
    /// Takes note of a job of ours that should not be.
    func noteUnwanted(
        _ handle: JobHandle, of digest: PodDigest, at placement: Placement, isRemovable: Bool, seen start: Moment,
        why: String
    ) {
        let key = UnwantedKey(uid: digest.uid, id: handle.id)
        guard unwanted[key] == nil else { return }
        let job = TrackedJob(
            pod: digest, handle: handle, mark: JobMark(instance: store.instance, uid: digest.uid),
            placement: placement)
        unwanted[key] = UnwantedJob(job: job, isRemovable: isRemovable, seenAt: start)
        report(.unwanted(digest.uid, handle, why: why))
        look()
    }

    /// Finds what is to be done about them.
    func dueUnwanted(at now: Moment, _ due: inout Due) {
        for (key, job) in unwanted where !job.isAttended {
            due.urgent.insert(job.job.placement)
            switch job.step(at: now) {
            case .drop: unwanted[key] = nil
            case .stop, .remove: due.unwanted.append(key)
            case .wait(let moment): due.wake(at: moment)
            }
        }
    }

    /// Stops or removes one.
    func attend(to key: UnwantedKey) async {
        guard let entry = unwanted[key] else { return }
        let job = entry.job
        unwanted[key]?.isAttended = true
        failpoints.hit(.unwantedBefore)
        switch entry.step(at: clock.now) {
        case .stop:
            let outcome = await calls.call(.stop, within: settings.callDeadline) {
                try await $0.stop([job], grace: job.pod.grace)
            }
            failpoints.hit(.unwantedAfter)
            if case .done = outcome {
                unwanted[key]?.stopped(at: clock.now, settings: settings, succeeded: true)
            } else {
                unwanted[key]?.stopped(at: clock.now, settings: settings, succeeded: false)
            }
        case .remove:
            let outcome = await calls.call(.remove, within: settings.removeDeadline) { try await $0.remove(job) }
            if case .done = outcome {
                unwanted[key] = nil
            } else {
                unwanted[key]?.removalFailed(at: clock.now, settings: settings)
            }
        case .drop, .wait: break
        }
        unwanted[key]?.isAttended = false
    }
}
