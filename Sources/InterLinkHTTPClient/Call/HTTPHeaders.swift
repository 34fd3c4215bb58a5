extension HTTPClient {
    /// Header fields in their order. Names are compared without regard to case; a name may occur several times.
    ///
    /// The description hides the values of fields that carry credentials.
    public struct Headers: Hashable, Sendable, ExpressibleByDictionaryLiteral, CustomStringConvertible {
        /// One field.
        public struct Field: Hashable, Sendable {
            /// As `Content-Type`; upper and lower case mean the same.
            public var name: String
            /// Text without line ends.
            public var value: String

            /// A field; it is checked when it is sent.
            public init(name: String, value: String) {
                self.name = name
                self.value = value
            }
        }

        /// All fields, as they were added or received.
        public private(set) var fields: [Field] = []

        /// No fields.
        public init() {}

        /// Fields in that order: `["Accept": "application/json"]`.
        public init(dictionaryLiteral elements: (String, String)...) {
            fields = elements.map { Field(name: $0.0, value: $0.1) }
        }

        /// The first value of that name. Setting it replaces all of that name; `nil` removes them.
        public subscript(name: String) -> String? {
            get { fields.first { Self.same($0.name, name) }?.value }
            set {
                fields.removeAll { Self.same($0.name, name) }
                if let newValue { add(name, newValue) }
            }
        }

        /// All values of that name.
        public func values(of name: String) -> [String] {
            fields.filter { Self.same($0.name, name) }.map(\.value)
        }

        /// Adds a field, beside those of the same name.
        public mutating func add(_ name: String, _ value: String) {
            fields.append(Field(name: name, value: value))
        }

        /// A field a line, without the secrets.
        public var description: String {
            fields.map { "\($0.name): \(Self.isSecret($0.name) ? "(hidden)" : $0.value)" }.joined(separator: "\n")
        }

        private static func same(_ a: String, _ b: String) -> Bool {
            a.utf8.elementsEqual(b.utf8) { lowercase($0) == lowercase($1) }
        }

        private static func lowercase(_ byte: UInt8) -> UInt8 {
            (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
        }

        /// Fields that carry credentials, and those whose name says so.
        private static func isSecret(_ name: String) -> Bool {
            let name = name.lowercased()
            return ["authorization", "cookie", "token", "secret", "password", "key"].contains { name.contains($0) }
        }
    }
}
