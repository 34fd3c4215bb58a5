import Glibc

/// A text that must not be seen: a token, a password.
///
/// It is written in the configuration as the text itself, or, better, as the path of a file that holds it:
/// ```yaml
/// token: { file: /etc/interlink/token }
/// ```
/// Neither the file nor a configuration that holds the text itself may be readable by everybody. Printing, logging or
/// reflecting a `SensitiveText` shows `(hidden)`; only ``revealed`` gives the text.
public struct SensitiveText: Sendable, Hashable {
    /// The text itself, for the one place that needs it.
    public let revealed: String

    /// A text that must not be seen.
    public init(_ text: String) { revealed = text }

    /// Whether `candidate` is this text, in a time that does not tell how much of it is right.
    public func matches(_ candidate: String) -> Bool {
        let (mine, theirs) = (Array(revealed.utf8), Array(candidate.utf8))
        var difference = mine.count ^ theirs.count
        for index in mine.indices {
            difference |= Int(mine[index] ^ (theirs.indices.contains(index) ? theirs[index] : 0))
        }
        return difference == 0 && !mine.isEmpty
    }

    /// Reads the text from a private file, without the line end after it.
    public init(contentsOf path: String) throws(InvalidScalar) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw InvalidScalar(
                "the file \(quoted(path)) cannot be read: \(String(cString: strerror(errno)))",
                advice: "create it, readable by the user that runs this program")
        }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            throw InvalidScalar("\(quoted(path)) is not a file", advice: "give the path of a file with the text")
        }
        guard facts.st_mode & S_IROTH == 0 else {
            throw InvalidScalar(
                "everybody can read the file \(quoted(path))",
                advice: "run chmod o-r on it (in Kubernetes, set defaultMode: 0440 on the volume)")
        }
        var bytes = [UInt8](repeating: 0, count: Self.longest + 1)
        let count = read(descriptor, &bytes, bytes.count)
        guard count >= 0, count <= Self.longest, var text = String(validating: bytes.prefix(count), as: UTF8.self)
        else {
            throw InvalidScalar(
                "the file \(quoted(path)) is not a text of at most \(Self.longest) bytes",
                advice: "put only the secret text into it")
        }
        if text.hasSuffix("\r\n") || text.hasSuffix("\n") { text.removeLast() }
        guard !text.isEmpty else {
            throw InvalidScalar("the file \(quoted(path)) is empty", advice: "put the secret text into it")
        }
        revealed = text
    }

    private static let longest = 65_536
}

extension SensitiveText: Decodable {
    private enum CodingKeys: CodingKey { case file }

    /// Reads the text itself, or `{ file: path }`.
    public init(from decoder: any Decoder) throws {
        let reader = decoder as? ValueDecoder
        if let reader, case .mapping = reader.node.kind {
            let path = try reader.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .file)
            try self.init(contentsOf: path)
            return
        }
        let text = try decoder.singleValueContainer().decode(String.self)
        if let reader, reader.isInFileThatEverybodyReads {
            throw InvalidScalar(
                "a secret stands here, in a file that everybody can read",
                advice: "run chmod o-r on it, or put the secret into a file of its own and write { file: PATH }")
        }
        self.init(text)
    }
}

extension SensitiveText: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `(hidden)`
    public var description: String { "(hidden)" }
    /// `(hidden)`
    public var debugDescription: String { "(hidden)" }
    /// Nothing to see.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
