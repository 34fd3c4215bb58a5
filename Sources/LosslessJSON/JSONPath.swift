/// Finds the name of a place in a document from its byte offset, by walking the document once more.
///
/// Only errors need it, so the reader itself keeps no path.
enum JSONPath {
    /// The path of the innermost member or element that holds the byte at `offset`; with `ofObject`, of the object that
    /// the byte belongs to.
    static func path(to offset: Int, ofObject: Bool, in bytes: UnsafeBufferPointer<UInt8>) -> String {
        var walker = Walker(bytes: bytes, target: min(offset, bytes.count))
        walker.walk()
        if ofObject { _ = walker.levels.popLast() }
        return walker.text
    }

    private enum Level {
        case object(member: String?)
        case array(index: Int)
    }

    /// Tolerates everything, because it walks documents that are known to be broken.
    private struct Walker {
        let bytes: UnsafeBufferPointer<UInt8>
        let target: Int
        var position = 0
        var levels: [Level] = []
        var expectsKey = false

        mutating func walk() {
            while position < target {
                switch bytes[position] {
                case UInt8(ascii: "{"):
                    levels.append(.object(member: nil))
                    expectsKey = true
                case UInt8(ascii: "["):
                    levels.append(.array(index: 0))
                    expectsKey = false
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    _ = levels.popLast()
                    expectsKey = false
                case UInt8(ascii: ","): next()
                case UInt8(ascii: "\""):
                    string()
                    continue
                default: break
                }
                position += 1
            }
        }

        private mutating func next() {
            switch levels.popLast() {
            case .array(let index): levels.append(.array(index: index + 1))
            case .object:
                levels.append(.object(member: nil))
                expectsKey = true
            case nil: break
            }
        }

        private mutating func string() {
            let start = position + 1
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
                end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
            }
            position = min(end, bytes.count - 1) + 1
            guard expectsKey, position <= target, case .object = levels.last else { return }
            expectsKey = false
            levels[levels.count - 1] = .object(
                member: String(decoding: bytes[start..<min(end, bytes.count)], as: UTF8.self))
        }

        var text: String {
            var text = ""
            for level in levels {
                switch level {
                case .array(let index): text += "[\(index)]"
                case .object(.none): break
                case .object(.some(let name)): text += JSONPath.step(name, after: text)
                }
            }
            return text
        }
    }

    /// `.name`, or `["odd name"]` where the name is not a plain word; shortened, free of control characters.
    private static func step(_ name: String, after text: String) -> String {
        let isPlain = name.utf8.allSatisfy { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "_")
                || byte == UInt8(ascii: "-")
        }
        if isPlain, !name.isEmpty, name.utf8.count <= 64 { return text.isEmpty ? name : ".\(name)" }
        let shortened =
            name.utf8.count > 64 ? String(String.UnicodeScalarView(name.unicodeScalars.prefix(64))) + "…" : name
        return "[\(shortened.debugDescription)]"
    }
}
