/// The header fields of a request, in the order they came.
///
/// They stay the bytes that were received until somebody asks, because most are never looked at.
struct HTTPHeaders: Sendable, ExpressibleByDictionaryLiteral {
    struct Field: Sendable {
        let name: Range<Int>
        let value: Range<Int>
    }

    private let bytes: [UInt8]
    private let fields: [Field]

    /// Fields as ranges of `bytes`.
    init(bytes: [UInt8], fields: [Field]) {
        self.bytes = bytes
        self.fields = fields
    }

    init(dictionaryLiteral elements: (String, String)...) {
        self.init(elements)
    }

    init(_ elements: [(String, String)]) {
        var bytes: [UInt8] = []
        var fields: [Field] = []
        for (name, value) in elements {
            let start = bytes.count
            bytes += name.utf8
            let middle = bytes.count
            bytes += value.utf8
            fields.append(Field(name: start..<middle, value: middle..<bytes.count))
        }
        self.init(bytes: bytes, fields: fields)
    }

    var count: Int { fields.count }

    /// The first value of that name, whatever its letter case; bytes that are not UTF-8 are replaced.
    subscript(name: String) -> String? {
        guard let field = fields.first(where: { isNamed(name, $0) }) else { return nil }
        return String(decoding: bytes[field.value], as: UTF8.self)
    }

    /// All values of that name.
    func values(of name: String) -> [String] {
        fields.filter { isNamed(name, $0) }.map { String(decoding: bytes[$0.value], as: UTF8.self) }
    }

    /// The elements of a list such as `gzip, deflate`, over all fields of that name, in lower case.
    func elements(of name: String) -> [String] {
        values(of: name).flatMap { $0.split(separator: ",") }
            .map { element in
                let element = element.drop { $0 == " " || $0 == "\t" }
                let end = element.lastIndex { $0 != " " && $0 != "\t" }
                return end.map { element[...$0].lowercased() } ?? ""
            }
            .filter { !$0.isEmpty }
    }

    private func isNamed(_ name: String, _ field: Field) -> Bool {
        guard field.name.count == name.utf8.count else { return false }
        return zip(bytes[field.name], name.utf8).allSatisfy { asciiLowercase($0) == asciiLowercase($1) }
    }
}

func asciiLowercase(_ byte: UInt8) -> UInt8 {
    UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
}
