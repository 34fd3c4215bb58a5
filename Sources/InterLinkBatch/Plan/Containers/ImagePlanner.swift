import InterLinkPluginKit
import KubernetesModel

/// What a runtime is given as the image of a container.
struct ImagePlanner {
    let configuration: ImagesConfiguration
    /// What the pod's annotation has put before its images.
    private let root: String?

    /// Looks at the annotation, once for the pod.
    init(_ configuration: ImagesConfiguration, pod: Pod, _ notes: inout PlanNotes) {
        self.configuration = configuration
        guard let wanted = pod.metadata.annotations?[configuration.rootAnnotation], !wanted.isEmpty else {
            root = nil
            return
        }
        root = wanted
        let isAllowed = configuration.roots.contains {
            wanted == $0 || ($0.hasSuffix("/") && wanted.utf8.starts(with: $0.utf8))
        }
        if !isAllowed {
            let allowed = configuration.roots.joined(separator: ", ")
            notes.refuse(
                "metadata.annotations[\(configuration.rootAnnotation)]",
                "is \(shown(wanted)), which the site does not allow",
                allowed.isEmpty ? "remove it" : "allowed: \(allowed)")
        }
    }

    func image(_ reference: String?, at field: String, _ notes: inout PlanNotes) -> String {
        let reference = reference ?? ""
        guard !reference.isEmpty, reference.utf8.first != UInt8(ascii: "-"), reference.utf8.count <= 4095,
            reference.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
        else {
            notes.refuse(
                field, reference.isEmpty ? "is missing" : "is \(shown(reference)), which is no image",
                "name an image")
            return ""
        }
        let image = located(reference)
        if image.utf8.first == UInt8(ascii: "/") { return path(image, at: field, &notes) }
        guard let (scheme, name) = Self.split(image) else {
            notes.refuse(field, "is \(shown(image)), which says not where it is", "write docker:// before it")
            return image
        }
        if !configuration.schemes.contains(scheme) {
            notes.refuse(
                field, "has the scheme \(shown(scheme)), which the site does not allow",
                "use one of \(configuration.schemes.joined(separator: ", "))")
        }
        return scheme == "docker" ? "docker://\(Self.withoutNeedlessTag(name))" : image
    }

    /// What Kubernetes takes for granted: the newest may have changed, a version has not.
    static func pullRule(_ policy: ImagePullPolicy?, _ reference: String?) -> ImagePullRule {
        switch policy {
        case .always: return .always
        case .never: return .never
        case .ifNotPresent: return .ifNotPresent
        default: break
        }
        let name = (reference ?? "").split(separator: "/").last ?? ""
        if name.contains("@") || (reference ?? "").utf8.first == UInt8(ascii: "/") { return .ifNotPresent }
        return !name.contains(":") || name.hasSuffix(":latest") ? .always : .ifNotPresent
    }

    /// The reference with what the rules, the annotation or the site put before it.
    private func located(_ reference: String) -> String {
        let name = ImageName(reference)
        for rule in configuration.rules where name.matches(rule.match) {
            let rest = name.description.utf8.dropFirst(rule.match.utf8.count)
            return rule.replacement + String(Substring(rest))
        }
        guard reference.utf8.first != UInt8(ascii: "/"), Self.split(reference) == nil else { return reference }
        return (root ?? configuration.prefix) + reference
    }

    private func path(_ image: String, at field: String, _ notes: inout PlanNotes) -> String {
        let path: String
        do throws(CheckedPath.Fault) {
            path = try CheckedPath.absolute(image)
        } catch {
            notes.refuse(field, "is \(shown(image))", "it \(error.why)")
            return image
        }
        let folders = configuration.folders.compactMap { try? CheckedPath.absolute($0) }
        if !folders.isEmpty, !folders.contains(where: { CheckedPath.isInside(path, $0) }) {
            notes.refuse(
                field, "is \(shown(path)), which lies in no folder for images",
                "use one below \(folders.joined(separator: ", "))")
        }
        return path
    }

    private static func split(_ image: String) -> (scheme: String, name: String)? {
        let bytes = Array(image.utf8)
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[(colon + 1)...].starts(with: "//".utf8) else {
            return nil
        }
        return (
            String(decoding: bytes[..<colon], as: UTF8.self).lowercased(),
            String(decoding: bytes[(colon + 3)...], as: UTF8.self)
        )
    }

    /// A digest says it all, and some runtimes refuse a tag beside it.
    private static func withoutNeedlessTag(_ name: String) -> String {
        guard let at = name.firstIndex(of: "@") else { return name }
        let start = name[..<at].lastIndex(of: "/").map { name.index(after: $0) } ?? name.startIndex
        guard let colon = name[start..<at].firstIndex(of: ":") else { return name }
        return String(name[..<colon] + name[at...])
    }
}
