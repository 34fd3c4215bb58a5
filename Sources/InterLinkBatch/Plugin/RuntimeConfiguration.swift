public import InterLinkPluginKit

/// What starts containers on the node.
///
/// ```yaml
/// runtime: { kind: apptainer, imageFolder: /scratch/images, writableRoot: /local/tmp }
/// ```
public struct RuntimeConfiguration: ConfigurationSection {
    /// The runtimes that there are.
    package enum Kind: String, Decodable, Sendable, CaseIterable {
        case apptainer, podman, enroot
        /// Plain processes: no image, and nothing is isolated.
        case process
    }

    /// Which one.
    package var kind = Kind.apptainer
    /// The program, where it has another name or lies elsewhere: `singularity`. Absent: the runtime's own name.
    package var command: String?
    /// More options for the start of each container.
    package var options: [String] = []
    /// Where images of registries are kept as files, for Apptainer and Enroot. Absent: below the user's cache folder.
    package var imageFolder: String?
    /// Whether jobs may ask registries.
    package var pullsImages = true
    /// Credentials for registries, in the format of Docker's `config.json`, for Apptainer and Podman.
    package var authFile: String?
    /// A folder of a local disk for what containers write to their roots, for Apptainer. Absent: memory.
    package var writableRoot: String?

    /// Apptainer.
    public init() {}

    /// What the chosen runtime does not know, and paths that are none.
    public func validate() -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        let known: Set<String> =
            switch kind {
            case .apptainer: ["command", "options", "imageFolder", "pullsImages", "authFile", "writableRoot"]
            case .podman: ["command", "options", "pullsImages", "authFile"]
            case .enroot: ["command", "options", "imageFolder", "pullsImages"]
            case .process: []
            }
        let given: [(String, Bool)] = [
            ("command", command != nil), ("options", !options.isEmpty), ("imageFolder", imageFolder != nil),
            ("pullsImages", !pullsImages), ("authFile", authFile != nil), ("writableRoot", writableRoot != nil),
        ]
        for (key, isGiven) in given where isGiven && !known.contains(key) {
            problems.append(ConfigurationProblem(key, "means nothing for \(kind.rawValue)", advice: "remove it"))
        }
        for (key, path) in [("imageFolder", imageFolder), ("authFile", authFile), ("writableRoot", writableRoot)] {
            if let path, !path.hasPrefix("/") {
                problems.append(ConfigurationProblem(key, "is not an absolute path", advice: "begin it with /"))
            }
        }
        return problems
    }

    /// The runtime.
    package var runtime: any ContainerRuntime {
        switch kind {
        case .apptainer:
            var runtime = ApptainerRuntime()
            if let command { runtime.command = command }
            runtime.options = options
            runtime.imageFolder = imageFolder
            runtime.pullsImages = pullsImages
            runtime.authFile = authFile
            if let writableRoot { runtime.writableRoot = .folder(writableRoot) }
            return runtime
        case .podman:
            var runtime = PodmanRuntime()
            if let command { runtime.command = command }
            runtime.options = options
            runtime.pullsImages = pullsImages
            runtime.authFile = authFile
            return runtime
        case .enroot:
            var runtime = EnrootRuntime()
            if let command { runtime.command = command }
            runtime.options = options
            runtime.imageFolder = imageFolder
            runtime.pullsImages = pullsImages
            return runtime
        case .process: return ProcessRuntime()
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
