public import InterLinkPluginKit

/// Where images come from.
///
/// ```yaml
/// images:
///   prefix: docker://
///   rules: [{ match: ghcr.io/cms/, replacement: /cvmfs/unpacked.cern.ch/ghcr.io/cms/ }]
///   folders: [/images, /cvmfs/unpacked.cern.ch]
///   roots: [/cvmfs/unpacked.cern.ch/]
/// ```
public struct ImagesConfiguration: ConfigurationSection, Hashable {
    /// What is put before an image that is no path and has no scheme.
    public var prefix = "docker://"
    /// Replacements. The first that fits an image counts, and nothing else is put before it.
    public var rules: [ImageRule] = []
    /// Folders in which images may lie that are paths. Empty: anywhere.
    public var folders: [String] = []
    /// Schemes that images may have.
    public var schemes = ["docker", "oras", "library", "https"]
    /// The annotation by which a pod has something else put before its images.
    public var rootAnnotation = "slurm-job.vk.io/image-root"
    /// What that annotation may say; one that ends with `/` allows all that begins with it. Empty: pods with the
    /// annotation are refused, since it leads around the rules for images.
    public var roots: [String] = []

    /// Images from the registries that pods name.
    public init() {}

    /// Folders that are no paths, and a prefix without a scheme.
    public func validate() -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        for (index, folder) in folders.enumerated() where (try? CheckedPath.absolute(folder)) == nil {
            problems.append(
                .init("folders[\(index)]", "is not the path of a folder", advice: "write it from the root"))
        }
        if !prefix.isEmpty, prefix.utf8.first != UInt8(ascii: "/"), !prefix.contains("://") {
            problems.append(
                .init("prefix", "has no scheme and is no path", advice: "write docker:// or a folder with / at its end")
            )
        }
        return problems
    }
}

/// Takes the beginning of an image's name for something else.
public struct ImageRule: ConfigurationSection, Hashable {
    /// The beginning of the name, to a slash, colon or at-sign, written out: `python:3` is `docker.io/library/python:3`.
    public var match = ""
    /// What stands there instead: a folder of unpacked images, a mirror.
    public var replacement = ""

    /// A rule to be filled in.
    public init() {}

    /// A rule without a name, or with a pattern, of which nobody could say what is replaced.
    public func validate() -> [ConfigurationProblem] {
        let advice = "write the beginning of a name, like ghcr.io/cms/"
        if match.isEmpty { return [.init("match", "is empty", advice: advice)] }
        return match.contains("*") ? [.init("match", "is a pattern", advice: advice)] : []
    }
}
