package import InterLinkPluginKit

/// The name of a pod's folder, `<namespace>-<uid>`, made only from parts that are safe in a path.
package struct WorkspaceName: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// Nil where the namespace is no DNS label.
    package init?(namespace: String, uid: PodUID) {
        let bytes = namespace.utf8
        guard (1...63).contains(bytes.count), bytes.first != UInt8(ascii: "-"),
            bytes.allSatisfy({
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
            })
        else { return nil }
        description = "\(namespace)-\(uid)"
    }
}
