import InterLinkHTTPClient

/// The plugin under test, and what is known of the place where its pods run.
struct TableTarget: Sendable {
    let client: InterLinkClient
    /// The images that the plugin is given for the names of the table.
    let image: @Sendable (String) -> String
    /// What its runtime cannot do.
    let lacks: Set<PodCase.Need>
    /// A folder at the same path here and where pods run, for files that pods leave.
    let hostFolder: String
    /// How long a case may take.
    let limit: Duration
}
