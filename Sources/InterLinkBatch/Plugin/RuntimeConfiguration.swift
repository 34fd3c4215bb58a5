public import InterLinkPluginKit

/// What starts containers on the node.
public struct RuntimeConfiguration: ConfigurationSection {
    /// The runtimes that there are.
    package enum Kind: String, Decodable, Sendable, CaseIterable {
        /// Plain processes: no image, and nothing is isolated.
        case process
        /// Containers by Apptainer.
        case apptainer
    }

    /// Which one.
    package var kind = Kind.process

    /// Plain processes.
    public init() {}

    /// The runtime.
    package var runtime: any ContainerRuntime {
        switch kind {
        case .process: ProcessRuntime()
        case .apptainer: ApptainerRuntime()
        }
    }
}

/// Times and texts of the job script that are the site's choice.
public struct ScriptConfiguration: ConfigurationSection {
    /// Bash of the site, run before anything else: `module load apptainer`.
    package var preamble = ""
    /// Before a container is started again for the first time; doubled each time.
    package var firstBackOff: Duration = .seconds(10)
    /// The longest such wait.
    package var longestBackOff: Duration = .seconds(300)
    /// A container that ran that long is started again without memory of earlier failures.
    package var backOffReset: Duration = .seconds(600)
    /// How often an image is asked for before the pod fails.
    package var imageAttempts = 3
    /// Between looks at the size of limited emptyDirs.
    package var scratchPeriod: Duration = .seconds(10)

    /// Kubernetes' own times.
    public init() {}

    /// Times that are too short for a script.
    public func validate() -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        for (key, value) in [
            ("firstBackOff", firstBackOff), ("longestBackOff", longestBackOff), ("backOffReset", backOffReset),
            ("scratchPeriod", scratchPeriod),
        ] where value < .seconds(1) {
            problems.append(ConfigurationProblem(key, "is below 1s", advice: "write at least 1s"))
        }
        if imageAttempts < 1 {
            problems.append(ConfigurationProblem("imageAttempts", "is below 1", advice: "write at least 1"))
        }
        return problems
    }

    var settings: PodScriptSettings {
        var settings = PodScriptSettings()
        settings.preamble = preamble
        settings.firstBackOff = Int(firstBackOff.components.seconds)
        settings.longestBackOff = Int(longestBackOff.components.seconds)
        settings.backOffReset = Int(backOffReset.components.seconds)
        settings.imageAttempts = imageAttempts
        settings.scratchPeriod = Int(scratchPeriod.components.seconds)
        return settings
    }
}
