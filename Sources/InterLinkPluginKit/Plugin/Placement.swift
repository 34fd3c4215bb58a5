/// Where a pod's job runs, and as whom.
///
/// Made once from the request and the configuration, kept with the pod, and handed to every later call. Two pods with
/// equal placements are listed together, so put in what a listing needs, and nothing more.
public struct Placement: Hashable, Sendable {
    /// The site, cluster or service.
    public var site: String
    /// The account or project that is charged.
    public var account: String?
    /// The user that the job runs as.
    public var user: String?
    /// The name of a credential, never the credential itself.
    public var credential: String?
    /// The partition, queue or namespace.
    public var partition: String?

    /// A placement; what is nil is left to the backend.
    public init(
        site: String, account: String? = nil, user: String? = nil, credential: String? = nil, partition: String? = nil
    ) {
        self.site = site
        self.account = account
        self.user = user
        self.credential = credential
        self.partition = partition
    }
}
