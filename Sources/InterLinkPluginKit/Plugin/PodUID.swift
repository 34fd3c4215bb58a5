/// The UID of a pod: what Kubernetes never gives twice.
///
/// Only text that is safe as a part of a path, a job name or an argument becomes one.
public struct PodUID: Hashable, Sendable, CustomStringConvertible {
    /// The UID as Kubernetes wrote it.
    public let text: String

    /// Nil unless `text` is 1 to 64 lower-case letters, digits and inner hyphens.
    ///
    /// Kubernetes writes UUIDs; static pods have hexadecimal hashes instead.
    public init?(_ text: String) {
        let bytes = text.utf8
        guard (1...64).contains(bytes.count), bytes.first != UInt8(ascii: "-"), bytes.last != UInt8(ascii: "-") else {
            return nil
        }
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                continue
            default: return nil
            }
        }
        self.text = text
    }

    /// The UID as Kubernetes wrote it.
    public var description: String { text }
}
