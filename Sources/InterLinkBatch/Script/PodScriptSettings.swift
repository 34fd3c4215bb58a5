/// Times and texts of a job script that are the site's choice.
package struct PodScriptSettings: Equatable, Sendable {
    /// Seconds before a container is started again for the first time; doubled each time.
    package var firstBackOff = 10
    /// The longest such wait.
    package var longestBackOff = 300
    /// A container that ran that long is started again without memory of earlier failures.
    package var backOffReset = 600
    /// How often an image is asked for before the pod fails: a job holds its nodes while it waits.
    package var imageAttempts = 3
    /// Seconds between looks at the size of limited emptyDirs.
    package var scratchPeriod = 10
    /// Bash of the site, run before anything else: `module load apptainer`. Not of the pod.
    package var preamble = ""

    /// Kubernetes' own times.
    package init() {}
}
