public import InterLinkPluginKit

/// What pods may mount besides their own ConfigMaps, Secrets and emptyDirs.
///
/// ```yaml
/// volumes:
///   hostPaths: [/cvmfs:ro, /scratch]
///   binds: [/cvmfs:/cvmfs:ro, /opt/site/certificates:/etc/grid-security:ro]
///   claims:
///     - { claim: cms/datasets, path: /lustre/cms/datasets, readOnly: true }
///     - { claim: "*/scratch-*", path: "/scratch/{namespace}/{claim}", create: true }
/// ```
public struct VolumesConfiguration: ConfigurationSection, Hashable {
    /// Folders that hostPath volumes may lie in, `/scratch`, or `/cvmfs:ro` to have them read-only whatever the pod says.
    /// Empty: no hostPath. Links are followed on the node before it is decided where a path lies.
    public var hostPaths: [HostFolder] = []
    /// What every container sees of the node: `source:target`, or `source:target:ro`.
    public var binds: [HostBind] = []
    /// Where the claims of pods lie at the site. The first rule that fits counts; a claim without one is refused.
    public var claims: [ClaimRule] = []
    /// Whether an ephemeral volume (one with a claim template) is an emptyDir. If not, it is refused.
    public var ephemeralAsEmptyDir = false

    /// Only what pods bring along.
    public init() {}
}

/// Where persistent volume claims lie at the site. interLink sends no more of a claim than its name.
public struct ClaimRule: ConfigurationSection, Hashable {
    /// Which claims: `namespace/name`, or `name` for any namespace, both with `*` for anything.
    public var claim = ""
    /// The folder. `{namespace}` and `{claim}` stand for the claim's; then links must not lead out of the folder that is
    /// named before them.
    public var path = ""
    /// Whether containers may only read it.
    public var readOnly = false
    /// Whether the folder is made where it is not there.
    public var create = false

    /// A rule to be filled in.
    public init() {}

    /// A rule without a claim or a path.
    public func validate() -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        if claim.isEmpty {
            problems.append(.init("claim", "is empty", advice: "write namespace/name, or * for every claim"))
        }
        do throws(CheckedPath.Fault) {
            let sample = try CheckedPath.absolute(path(of: "claim", in: "namespace"))
            if sample == "/" { problems.append(.init("path", "is the root of the node", advice: "write a folder")) }
            if sample.contains("{") {
                problems.append(
                    .init("path", "has a { that means nothing", advice: "only {namespace} and {claim} are known"))
            }
        } catch {
            problems.append(.init("path", "is not the path of a folder", advice: "it \(error.why)"))
        }
        return problems
    }

    func fits(_ name: String, in namespace: String) -> Bool {
        NamePattern(claim).matches(claim.contains("/") ? "\(namespace)/\(name)" : name)
    }

    /// The folder of a claim. Names of claims and namespaces hold no `/`, and are neither `.` nor `..`.
    func path(of name: String, in namespace: String) -> String {
        let text = TextTemplate.fill(path, ["namespace": namespace, "claim": name])
        return (try? CheckedPath.absolute(text)) ?? text
    }

    /// The folder that a claim's must not leave: what is the same for all claims, if the path tells them apart.
    func root(of name: String, in namespace: String) -> String {
        guard let opener = path.firstIndex(of: "{"), let slash = path[..<opener].lastIndex(of: "/") else {
            return path(of: name, in: namespace)
        }
        return (try? CheckedPath.absolute("/\(path[..<slash])")) ?? path(of: name, in: namespace)
    }
}

/// `{name}` in a configured text.
enum TextTemplate {
    static func fill(_ text: String, _ values: [String: String]) -> String {
        var result = ""
        var rest = text[...]
        while let opener = rest.firstIndex(of: "{"), let closer = rest[opener...].firstIndex(of: "}") {
            let name = rest[rest.index(after: opener)..<closer]
            result += rest[..<opener] + (values[String(name)] ?? "{\(name)}")
            rest = rest[rest.index(after: closer)...]
        }
        return result + rest
    }
}
