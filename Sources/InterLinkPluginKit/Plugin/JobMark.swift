/// What a job of ours carries so that it is known again: `il-<instance>-<uid>`.
///
/// The instance is made with the record store. An id alone never identifies a job, since schedulers lose ids and use
/// them again: a job is ours when its mark is, and is *that* job when id and mark both match.
public struct JobMark: Hashable, Sendable, CustomStringConvertible {
    /// The record store that the job belongs to: eight letters and digits.
    public let instance: String
    /// The pod that the job is for.
    public let uid: PodUID

    /// The mark of a pod's job, for the records with this instance id.
    public init(instance: String, uid: PodUID) {
        self.instance = instance
        self.uid = uid
    }

    /// Reads a job's name; nil when it is not a mark of any interLink plugin.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "il", parts[1].utf8.count == 8,
            parts[1].utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) }),
            let uid = PodUID(String(parts[2]))
        else { return nil }
        self.init(instance: String(parts[1]), uid: uid)
    }

    /// As it stands in the job's name.
    public var description: String { "il-\(instance)-\(uid)" }
}
