/// What names, identifiers and paths of Kubernetes may look like. Each check answers what is wrong, or nil.
///
/// Nothing from a request becomes a path or an argument before it has passed one of these.
public enum NameSyntax {
    /// A DNS label: a container, a namespace, a volume. Lower case letters, digits and `-`, at most 63.
    public static func problem(withLabel name: String) -> String? {
        check(name, maximum: 63, isAllowed: { isLowerAlphanumeric($0) || $0 == UInt8(ascii: "-") })
            ?? edges(name, "must begin and end with a letter or a digit")
    }

    /// A DNS subdomain: a pod, a ConfigMap, a Secret. Labels joined by dots, at most 253.
    public static func problem(withSubdomain name: String) -> String? {
        if let problem = check(
            name, maximum: 253,
            isAllowed: { isLowerAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") })
        {
            return problem
        }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.lazy.compactMap { edges(String($0), "each part must begin and end with a letter or a digit") }
            .first
    }

    /// A UID: an UUID in lower case, or the hash of a static pod (32 hexadecimal digits).
    public static func problem(withUID uid: String) -> String? {
        let bytes = Array(uid.utf8)
        let isHash = bytes.count == 32 && bytes.allSatisfy(isLowerHexadecimal)
        let isUUID =
            bytes.count == 36
            && bytes.enumerated().allSatisfy { index, byte in
                [8, 13, 18, 23].contains(index) ? byte == UInt8(ascii: "-") : isLowerHexadecimal(byte)
            }
        return isHash || isUUID ? nil : "must be a UUID in lower case, like 1b4e28ba-2fa1-41d2-883f-0016d3cca427"
    }

    /// The name of an environment variable as Kubernetes takes it: printable ASCII without `=`.
    public static func problem(withEnvironmentVariable name: String) -> String? {
        if name.isEmpty { return "must not be empty" }
        return name.utf8.allSatisfy { 0x20..<0x7F ~= $0 && $0 != UInt8(ascii: "=") }
            ? nil : "must be printable ASCII without ="
    }

    /// A key of a ConfigMap or Secret, which becomes the name of a file: letters, digits, `-`, `_`, `.`, at most 253.
    public static func problem(withDataKey key: String) -> String? {
        if let problem = check(
            key, maximum: 253,
            isAllowed: { byte in
                isLowerAlphanumeric(byte) || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                    || [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ".")].contains(byte)
            })
        {
            return problem
        }
        return key == "." || key.hasPrefix("..") ? "must not be . and must not begin with .." : nil
    }

    /// A path below a volume: relative, without `..`, without empty or NUL parts.
    public static func problem(withRelativePath path: String) -> String? {
        if path.isEmpty { return "must not be empty" }
        if path.utf8.count > 4095 { return "is longer than 4095 bytes" }
        if path.utf8.contains(0) { return "must not hold a NUL" }
        if path.utf8.first == UInt8(ascii: "/") { return "must be relative" }
        return climbs(path) ? "must not hold .." : nil
    }

    /// A path inside a container: absolute, without NUL, without `..`.
    public static func problem(withAbsolutePath path: String) -> String? {
        if path.utf8.count > 4095 { return "is longer than 4095 bytes" }
        if path.utf8.contains(0) { return "must not hold a NUL" }
        if path.utf8.first != UInt8(ascii: "/") { return "must begin with /" }
        return climbs(path) ? "must not hold .." : nil
    }

    /// Whether a path holds a `..`. By bytes, as the system reads it: by characters, a `/` with an accent after it would
    /// be another letter.
    package static func climbs(_ path: String) -> Bool {
        path.utf8.split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual("..".utf8) }
    }

    private static func check(_ name: String, maximum: Int, isAllowed: (UInt8) -> Bool) -> String? {
        if name.isEmpty { return "must not be empty" }
        if name.utf8.count > maximum { return "is longer than \(maximum) characters" }
        return name.utf8.allSatisfy(isAllowed) ? nil : "holds a character that is not allowed here"
    }

    private static func edges(_ name: String, _ problem: String) -> String? {
        guard let first = name.utf8.first, let last = name.utf8.last else { return problem }
        return isLowerAlphanumeric(first) && isLowerAlphanumeric(last) ? nil : problem
    }

    private static func isLowerAlphanumeric(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }

    private static func isLowerHexadecimal(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
}
