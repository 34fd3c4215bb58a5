/// What starts containers on the node, as text of a script: Apptainer, Podman, Enroot, or plain processes.
///
/// A runtime is a few bash functions with fixed names, which the supervisor calls. They are the only part of a script
/// that knows the runtime.
package protocol ContainerRuntime: Sendable {
    /// One word: `apptainer`.
    var name: String { get }

    /// The functions, as text that a person reads. What they do is said in `Script/Supervisor.swift`, where they are
    /// called.
    func functions(for plan: PodPlan) throws -> String

    /// What this runtime cannot do for the pod, as reasons to refuse it.
    func objections(to plan: PodPlan) -> [String]
}
