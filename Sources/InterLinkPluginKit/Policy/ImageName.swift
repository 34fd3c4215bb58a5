import KubernetesModel

/// An image by its whole name, so that rules need not know every way to write it.
///
/// `python:3.12` is `docker.io/library/python:3.12`, and so is `docker://index.docker.io/library/python:3.12`. Paths
/// and images of other schemes (`oras://`, `library://`) are left as they are.
package struct ImageName: CustomStringConvertible {
    package let description: String

    package init(_ reference: String) {
        var rest = reference.drop { $0 == " " }
        if rest.lowercased().hasPrefix("docker://") { rest = rest.dropFirst("docker://".count) }
        guard !rest.isEmpty, rest.first != "/", rest.first != ".", !rest.contains("://") else {
            description = String(rest)
            return
        }
        let slash = rest.firstIndex(of: "/")
        let first = rest[..<(slash ?? rest.endIndex)]
        guard let slash, first == "localhost" || first.contains(".") || first.contains(":") else {
            description = slash == nil ? "docker.io/library/\(rest)" : "docker.io/\(rest)"
            return
        }
        let registry = first.lowercased()
        let repository = rest[rest.index(after: slash)...]
        guard registry == "index.docker.io" || registry == "registry-1.docker.io" || registry == "docker.io" else {
            description = "\(registry)/\(repository)"
            return
        }
        description = repository.contains("/") ? "docker.io/\(repository)" : "docker.io/library/\(repository)"
    }

    /// Whether a rule means this image: the beginning of its name up to the end of a word, or a pattern.
    package func matches(_ rule: String) -> Bool {
        // A path that climbs is not where it seems to be.
        if NameSyntax.climbs(description) { return false }
        if rule.contains("*") { return NamePattern(rule).matches(description) }
        guard description.hasPrefix(rule) else { return false }
        guard let next = description.dropFirst(rule.count).first, let last = rule.last else { return !rule.isEmpty }
        return "/:@".contains(last) || "/:@".contains(next)
    }
}
