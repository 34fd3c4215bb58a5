import KubernetesModel

/// The fields of a pod that its containers may see: `fieldRef` of variables and of downward API files.
struct PodFields {
    enum Answer: Equatable {
        case text(String)
        /// There is such a field, and nobody knows it before the job runs.
        case notKnown
        /// Kubernetes gives no such field.
        case noField
    }

    let pod: Pod
    /// The address that interLink gave the pod.
    let address: String?

    func text(of path: String) -> Answer {
        let metadata = pod.metadata
        let spec = pod.spec
        switch path {
        case "metadata.name": return .text(metadata.name ?? "")
        case "metadata.namespace": return .text(metadata.namespace ?? "")
        case "metadata.uid": return .text(metadata.uid ?? "")
        case "metadata.labels": return .text(Self.lines(metadata.labels))
        case "metadata.annotations": return .text(Self.lines(metadata.annotations))
        case "spec.nodeName": return .text(spec.nodeName ?? "")
        case "spec.serviceAccountName": return .text(spec.serviceAccountName ?? spec.serviceAccount ?? "")
        case "status.podIP", "status.podIPs": return Self.known(address ?? pod.status?.podIP)
        case "status.hostIP", "status.hostIPs": return Self.known(pod.status?.hostIP)
        default: break
        }
        if let key = Self.key(in: path, of: "metadata.labels") { return .text(metadata.labels?[key] ?? "") }
        if let key = Self.key(in: path, of: "metadata.annotations") { return .text(metadata.annotations?[key] ?? "") }
        return .noField
    }

    private static func known(_ text: String?) -> Answer {
        guard let text, !text.isEmpty else { return .notKnown }
        return .text(text)
    }

    /// `app` in `metadata.labels['app']`.
    private static func key(in path: String, of map: String) -> String? {
        guard path.hasPrefix("\(map)['"), path.hasSuffix("']"), path.count > map.count + 4 else { return nil }
        return String(path.dropFirst(map.count + 2).dropLast(2))
    }

    /// Labels or annotations as lines `key="value"`, sorted.
    private static func lines(_ map: [String: String]?) -> String {
        (map ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\(QuotedValue.text($0.value))" }
            .joined(separator: "\n")
    }
}

/// A text in quotes as Go writes it, which is what files of the downward API hold.
enum QuotedValue {
    static func text(_ value: String) -> String {
        var result = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{07}": result += "\\a"
            case "\u{08}": result += "\\b"
            case "\u{0C}": result += "\\f"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0B}": result += "\\v"
            case _ where isShown(scalar): result.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x80: result += "\\x\(hexadecimal(scalar, digits: 2))"
            case _ where scalar.value < 0x10000: result += "\\u\(hexadecimal(scalar, digits: 4))"
            default: result += "\\U\(hexadecimal(scalar, digits: 8))"
            }
        }
        return result + "\""
    }

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        case .spaceSeparator: scalar == " "
        default: true
        }
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar, digits: Int) -> String {
        let text = String(scalar.value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
