extension HTTPClient {
    /// What is asked of the resource: `.get`, `.post` and so on, or any other token of HTTP.
    public struct Method: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
        /// The method as it is written on the wire; upper and lower case differ.
        public let rawValue: String

        /// A method by its name. Anything that is not a token of HTTP is refused when the request is sent.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// `GET`
        public static let get = Method(rawValue: "GET")
        /// `HEAD`
        public static let head = Method(rawValue: "HEAD")
        /// `POST`
        public static let post = Method(rawValue: "POST")
        /// `PUT`
        public static let put = Method(rawValue: "PUT")
        /// `PATCH`
        public static let patch = Method(rawValue: "PATCH")
        /// `DELETE`
        public static let delete = Method(rawValue: "DELETE")
        /// `OPTIONS`
        public static let options = Method(rawValue: "OPTIONS")

        /// Whether doing it twice is the same as doing it once, by the definition of HTTP.
        public var isIdempotent: Bool {
            switch self {
            case .get, .head, .put, .delete, .options: true
            default: false
            }
        }

        /// The name.
        public var description: String { rawValue }
    }
}
