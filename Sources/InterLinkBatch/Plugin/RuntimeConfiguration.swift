public import InterLinkPluginKit

/// What starts containers on the node.
///
/// ```yaml
/// runtime:
///   kind: apptainer
///   options: [--bind, /cvmfs]
///   imageFolder: /scratch/images
///   authFile: /etc/interlink/registries.json
/// ```
public struct RuntimeConfiguration: ConfigurationSection {
    /// The runtimes that there are.
    package enum Kind: String, Decodable, Sendable, CaseIterable {
        /// Plain processes: no image, and nothing is isolated.
        case process
        /// Containers by Apptainer.
        case apptainer
        /// Containers by Singularity, which is called like Apptainer.
        case singularity
        /// Containers by Podman.
        case podman
        /// Containers by Enroot.
        case enroot
    }

    /// Which one.
    package var kind = Kind.process
    /// The program, as jobs find it; nil: the name of the kind.
    package var command: String?
    /// More options for each container, word by word.
    package var options: [String] = []
    /// Where images of registries are kept as files (Apptainer, Enroot); nil: below the cache folder of the job's user.
    package var imageFolder: String?
    /// Whether jobs may ask registries. If not, images have to be there already.
    package var pull = true
    /// Credentials for registries, in the format of Docker's `config.json`; jobs read it (Apptainer, Podman).
    package var authFile: String?
    /// A folder of the node's own disk for what containers write to their roots (Apptainer); nil: memory.
    package var rootFolder: String?

    /// Plain processes.
    public init() {}

    /// Keys that the chosen runtime has no use for, and folders that are none.
    public func validate() -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        let uses: [(key: String, value: String?, kinds: Set<Kind>)] = [
            ("imageFolder", imageFolder, [.apptainer, .singularity, .enroot]),
            ("authFile", authFile, [.apptainer, .singularity, .podman]),
            ("rootFolder", rootFolder, [.apptainer, .singularity]),
        ]
        for (key, value, kinds) in uses {
            guard let value else { continue }
            if !kinds.contains(kind) {
                problems.append(
                    ConfigurationProblem(key, "is of no use to \(kind.rawValue)", advice: "leave it out"))
            }
            if !value.hasPrefix("/") {
                problems.append(ConfigurationProblem(key, "is no absolute path", advice: "write it from the root"))
            }
        }
        return problems
    }

    /// The runtime.
    package var runtime: any ContainerRuntime {
        switch kind {
        case .process: return ProcessRuntime()
        case .apptainer, .singularity:
            var runtime = ApptainerRuntime()
            runtime.command = command ?? kind.rawValue
            runtime.options = options
            runtime.imageFolder = imageFolder
            runtime.pullsImages = pull
            runtime.authFile = authFile
            if let rootFolder { runtime.writableRoot = .folder(rootFolder) }
            return runtime
        case .podman:
            var runtime = PodmanRuntime()
            runtime.command = command ?? runtime.command
            runtime.options = options
            runtime.pullsImages = pull
            runtime.authFile = authFile
            return runtime
        case .enroot:
            var runtime = EnrootRuntime()
            runtime.command = command ?? runtime.command
            runtime.options = options
            runtime.imageFolder = imageFolder
            runtime.pullsImages = pull
            return runtime
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
