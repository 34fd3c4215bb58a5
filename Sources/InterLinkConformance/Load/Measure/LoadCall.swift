/// A call that is measured by itself.
public enum LoadCall: String, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// Run this pod. Its time begins when the pod was due, so waiting for an earlier one counts.
    case create
    /// How is this pod?
    case status
    /// Are you well?
    case ping
    /// What has this container printed?
    case logs
    /// The same, and go on; its time ends when the answer begins.
    case follow
    /// Stop this pod. Its time begins when it was due.
    case delete

    /// The name.
    public var description: String { rawValue }
}
