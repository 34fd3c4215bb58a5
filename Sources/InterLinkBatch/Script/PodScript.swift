import InterLinkPluginKit

/// The job script of a pod: one bash file that is the only thing of ours on the compute node.
///
/// First comes the pod, as data; then the runtime's functions; then the supervisor, which is the same for every pod.
/// The parts are in this folder, a file a subject; ``Supervisor`` lists them and says what they expect of a runtime.
package struct PodScript: Sendable {
    /// The text.
    package let text: String

    /// The script of a pod. `workspace` is its folder on a shared filesystem, an absolute path; nil is the folder in which
    /// the script is started, where the workspace has been unpacked. Throws what the runtime throws.
    package init(
        plan: PodPlan, runtime: any ContainerRuntime, workspace: String?,
        settings: PodScriptSettings = PodScriptSettings()
    ) throws {
        let sections =
            [
                Self.opening(plan: plan, runtime: runtime),
                PodScriptData(plan: plan, workspace: workspace, settings: settings).text,
                try runtime.functions(for: plan),
            ] + Supervisor.sections
        text = sections.map { $0.hasSuffix("\n") ? $0 : $0 + "\n" }.joined(separator: "\n")
    }

    private static func opening(plan: PodPlan, runtime: any ContainerRuntime) -> String {
        let folder = plan.pod.uid.description
        return """
            #!/usr/bin/env bash
            # A pod of Kubernetes as a batch job, run by the runtime "\(runtime.name)". Made for the pod \(folder).
            #
            # It reads: what the pod is; how the runtime starts a container; the supervisor, the same for every pod.
            # It needs bash 4.4, the usual commands, and the runtime. It writes only in its workspace, and in /dev/shm
            # where the pod asks for memory. See the files state, closing, supervisor.log and logs/ there.
            #
            # Values that a runtime has no use for stay unused; functions are called by name; what is quoted is data.
            # shellcheck disable=SC2034,SC2317,SC2016,SC1003,SC1112,SC2089,SC2090,SC2209
            """
    }
}
