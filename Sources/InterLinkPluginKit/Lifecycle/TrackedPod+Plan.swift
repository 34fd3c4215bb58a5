/// What is to be done for a pod.
package enum Step: Hashable, Sendable {
    case submit
    /// Nothing was submitted and nothing shall be: the pod is forgotten.
    case withdraw
    /// Nobody named it in time: it is to end.
    case giveUp
    case writeStage
    case stop(grace: Duration)
    case remove
}

/// The next step of a pod, if there is one now; when to look again; whether a list would help.
package struct Plan: Hashable, Sendable {
    package var step: Step?
    package var wake: Moment?
    package var needsList = false

    static func now(_ step: Step) -> Plan { Plan(step: step) }

    static func at(_ moment: Moment?, _ now: Moment, _ step: Step, needsList: Bool = false) -> Plan {
        guard let moment, moment > now else { return Plan(step: step, needsList: needsList) }
        return Plan(wake: moment, needsList: needsList)
    }

    static let nothing = Plan()
}

extension TrackedPod {
    /// What follows from all that is known, at this moment.
    package func plan(at now: Moment, settings: LifecycleSettings) -> Plan {
        var plan = stepOfPhase(at: now, settings: settings)
        guard unwrittenStage != nil else { return plan }
        // First to the disk. While that fails, what is to end is ended all the same.
        let write = Plan.at(retryAt, now, .writeStage)
        if write.step != nil || deletion == nil { return write }
        plan.wake = [plan.wake, write.wake].compactMap(\.self).min()
        return plan
    }

    private func stepOfPhase(at now: Moment, settings: LifecycleSettings) -> Plan {
        switch phase {
        case .recording, .calling: return .nothing
        case .queued(let notBefore):
            if deletion != nil { return .at(retryAt, now, .withdraw) }
            if let claimBy { return .at(max(claimBy, retryAt ?? claimBy), now, .giveUp) }
            return .at(notBefore, now, .submit)
        case .unclear: return Plan(needsList: true)
        case .rejected:
            if deletion != nil { return .at(retryAt, now, .withdraw) }
            return claimBy.map { .at(max($0, retryAt ?? $0), now, .giveUp) } ?? .nothing
        case .started:
            guard let deletion else {
                return claimBy.map { .at(max($0, retryAt ?? $0), now, .giveUp) } ?? .nothing
            }
            guard hasEnded else {
                return .at(deletion.nextStop, now, .stop(grace: deletion.grace), needsList: true)
            }
            let retained = (goneAt ?? book.endedAt ?? now) + settings.retention
            return .at(max(retained, deletion.nextRemoval ?? retained), now, .remove)
        }
    }
}
