package import InterLinkAPI
import LosslessJSON

/// What the host knows of a pod that it was asked for.
package enum KnownPod: Sendable {
    case tracked(PodView)
    case untracked(UntrackedPod)
}

/// The last function before the wire: what is known of a pod becomes an answer that no Virtual Kubelet trips over.
package enum StatusAnswer {
    /// The answer for one pod, nil to leave it out; and what to remember of having told it.
    package static func pod(
        _ known: KnownPod, asked reference: PodReference, settings: AnswerSettings
    ) -> (answer: PodStatusAnswer?, marks: ReportMarks?) {
        switch known {
        case .untracked(let pod): return (pod.answer(to: reference), nil)
        // Taken over from records that were lost: who asks knows more than the host, until it sees the job itself.
        case .tracked(let view)
        where view.statuses.isEmpty && !view.isEnding && reference.held.contains(where: \.isRunning):
            return (nil, nil)
        case .tracked(let view):
            let made = PodAnswer(view, asked: reference, settings: settings)
            if let answer = made.answer { return (answer, made.marks == view.marks ? nil : made.marks) }
            // A job that came after its pod was deleted or given up is tracked without its containers.
            let late = UntrackedPod.ended(reason: "Deleted", why: "the pod was deleted or given up")
            return (late.answer(to: reference), nil)
        }
    }

    /// The body for any number of pods, in the order of the request. `remember` is called with the marks of each pod that
    /// has new ones.
    package static func body(
        for pods: [(asked: PodReference, known: KnownPod)], settings: AnswerSettings,
        remember: (PodUID, ReportMarks) -> Void
    ) -> [UInt8] {
        var writer = JSONWriter(capacity: 1024 * max(pods.count, 1))
        writer.beginArray()
        for (reference, known) in pods {
            let (answer, marks) = pod(known, asked: reference, settings: settings)
            if let marks, case .tracked(let view) = known { remember(view.pod.uid, marks) }
            guard let answer else { continue }
            writer.separate()
            answer.write(to: &writer)
        }
        writer.endArray()
        return writer.bytes
    }
}
