/// The job script of a pod: one bash file that is the only thing of ours on the compute node.
package struct PodScript: Sendable {
    /// The text.
    package let text: String
}
