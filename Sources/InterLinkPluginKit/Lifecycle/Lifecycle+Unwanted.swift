/// A job, by the pod that it says it is for and the backend's id.
struct UnwantedKey: Hashable, Sendable {
    let uid: PodUID
    let id: String
}

extension Lifecycle {
    /// Takes note of a job of ours that should not be.
    func noteUnwanted(
        _ handle: JobHandle, of pod: TrackedPod, seen start: Moment, why: String
    ) {
        let key = UnwantedKey(uid: pod.uid, id: handle.id)
        guard unwanted[key] == nil else { return }
        let job = TrackedJob(
            pod: pod.digest, handle: handle, mark: pod.mark(own: store.instance), placement: pod.placement)
        unwanted[key] = UnwantedJob(job: job, seenAt: start)
        report(.unwanted(pod.uid, handle, why: why))
        look()
    }

    /// Finds what is to be done about them.
    func dueUnwanted(at now: Moment, _ due: inout Due) {
        for (key, job) in unwanted where !job.isAttended {
            due.urgent.insert(job.job.placement)
            switch job.step(at: now) {
            case .drop: unwanted[key] = nil
            case .stop: due.unwanted.append(key)
            case .wait(let moment): due.wake(at: moment)
            }
        }
    }

    /// Stops one.
    func attend(to key: UnwantedKey) async {
        guard let job = unwanted[key]?.job else { return }
        unwanted[key]?.isAttended = true
        failpoints.hit(.unwantedBefore)
        let outcome = await calls.call(.stop, within: settings.callDeadline) {
            try await $0.stop([job], grace: job.pod.grace)
        }
        failpoints.hit(.unwantedAfter)
        let isDone = if case .done = outcome { true } else { false }
        unwanted[key]?.stopped(at: clock.now, settings: settings, succeeded: isDone)
        unwanted[key]?.isAttended = false
    }
}
