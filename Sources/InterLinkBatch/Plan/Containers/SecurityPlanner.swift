import KubernetesModel

/// Works out the users of a container, and looks at what else its security context asks for.
///
/// A job runs as one user of the site, without capabilities and unable to gain any: what takes rights away is there
/// already, and what would give more cannot be had.
struct SecurityPlanner {
    let configuration: ContainersConfiguration
    let pod: PodSecurityContext?

    func apply(_ context: SecurityContext?, at path: String, to plan: inout ContainerPlan, _ notes: inout PlanNotes) {
        let field = "\(path).securityContext"
        let user = context?.runAsUser ?? pod?.runAsUser
        let group = context?.runAsGroup ?? pod?.runAsGroup
        plan.user = id(user, configuration.users, "\(field).runAsUser", &notes)
        plan.group = id(group, configuration.groups, "\(field).runAsGroup", &notes)
        if context?.runAsNonRoot ?? pod?.runAsNonRoot ?? false, plan.user == 0 {
            notes.refuse("\(field).runAsNonRoot", "is true, and runAsUser is 0", "use another user")
        }
        plan.readOnlyRoot = context?.readOnlyRootFilesystem ?? false
        guard let context else { return }
        if context.privileged == true { notes.lack(.privileged, "\(field).privileged", "is true") }
        if let added = context.capabilities?.add, !added.isEmpty {
            notes.lack(.capabilities, "\(field).capabilities.add", "asks for \(shown(added.joined(separator: ", ")))")
        }
        if let type = context.procMount, type != .default {
            notes.lack(.procMount, "\(field).procMount", "is \(shown(type.rawValue))")
        }
        profiles(context.seccompProfile, context.appArmorProfile, context.seLinuxOptions, at: field, &notes)
        if context.windowsOptions != nil { notes.refuse("\(field).windowsOptions", "is for Windows", "remove it") }
    }

    /// What stands in the pod's own context, once for the pod.
    func checkPod(_ notes: inout PlanNotes) {
        guard let pod else { return }
        let field = "spec.securityContext"
        profiles(pod.seccompProfile, pod.appArmorProfile, pod.seLinuxOptions, at: field, &notes)
        for (index, group) in (pod.supplementalGroups ?? []).enumerated() {
            notes.lack(
                .groups, "\(field).supplementalGroups[\(index)]", "is \(group); groups are those of the job's user")
        }
        if pod.fsGroup != nil { notes.remark("\(field).fsGroup", "has no effect: volumes belong to the job's user") }
        if let sysctls = pod.sysctls, !sysctls.isEmpty { notes.lack(.sysctls, "\(field).sysctls", "is set") }
        if pod.windowsOptions != nil { notes.refuse("\(field).windowsOptions", "is for Windows", "remove it") }
    }

    private func id(_ id: Int64?, _ allowed: [String], _ field: String, _ notes: inout PlanNotes) -> Int? {
        guard let id else { return nil }
        if id >= 0, id <= Int64(UInt32.max), ContainersConfiguration.allows(id, allowed) { return Int(id) }
        let list = allowed.isEmpty ? "" : " (allowed: \(allowed.joined(separator: ", ")))"
        notes.lack(.users, field, "is \(id), and the site lets containers run as the job's user only\(list)")
        return nil
    }

    private func profiles(
        _ seccomp: SeccompProfile?, _ appArmor: AppArmorProfile?, _ seLinux: SELinuxOptions?, at field: String,
        _ notes: inout PlanNotes
    ) {
        if seccomp?.type == .localhost { notes.lack(.profiles, "\(field).seccompProfile", "lies on a node") }
        if appArmor?.type == .localhost { notes.lack(.profiles, "\(field).appArmorProfile", "lies on a node") }
        if seLinux != nil { notes.lack(.profiles, "\(field).seLinuxOptions", "is set") }
        if seccomp?.type == .runtimeDefault || appArmor?.type == .runtimeDefault {
            notes.remark(field, "asks for the runtime's default profile, which is whatever the site's runtime does")
        }
    }
}
