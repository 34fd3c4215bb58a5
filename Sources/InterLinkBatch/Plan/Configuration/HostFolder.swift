public import InterLinkPluginKit

/// A folder of the node that pods may use: `/scratch`, or `/cvmfs:ro` for reading only.
public struct HostFolder: ConfigurationScalar, Hashable {
    /// The path, from the root.
    public let path: String
    /// Whether it may only be read.
    public let readOnly: Bool

    /// Reads `/path` or `/path:ro`.
    public init(configurationText text: String) throws(InvalidScalar) {
        let isReadOnly = text.hasSuffix(":ro")
        do throws(CheckedPath.Fault) {
            path = try CheckedPath.absolute(String(isReadOnly ? text.dropLast(3) : text[...]))
        } catch {
            throw InvalidScalar(
                "\(shown(text)) is not the path of a folder: it \(error.why)", advice: "write /scratch or /cvmfs:ro")
        }
        readOnly = isReadOnly
    }

    /// As it is written.
    public var configurationText: String { readOnly ? "\(path):ro" : path }
}

/// A path of the node that every container sees: `source:target`, or `source:target:ro` for reading only.
public struct HostBind: ConfigurationScalar, Hashable {
    /// The path on the node.
    public let source: String
    /// The path in containers.
    public let target: String
    /// Whether it may only be read.
    public let readOnly: Bool

    /// Reads `source:target` or `source:target:ro`.
    public init(configurationText text: String) throws(InvalidScalar) {
        let advice = "write /source:/target or /source:/target:ro"
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 || (parts.count == 3 && ["ro", "rw"].contains(parts[2])) else {
            throw InvalidScalar("\(shown(text)) is not a bind", advice: advice)
        }
        do throws(CheckedPath.Fault) {
            source = try CheckedPath.absolute(parts[0])
            target = try CheckedPath.absolute(parts[1])
        } catch {
            throw InvalidScalar("\(shown(text)) is not a bind: a path \(error.why)", advice: advice)
        }
        guard target != "/" else {
            throw InvalidScalar("\(shown(text)) would hide the whole container", advice: advice)
        }
        readOnly = parts.last == "ro"
    }

    /// As it is written.
    public var configurationText: String { "\(source):\(target)\(readOnly ? ":ro" : "")" }
}
