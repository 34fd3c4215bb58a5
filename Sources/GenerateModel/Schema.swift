import LosslessJSON

/// The kind of a member or element, as the schema tells it.
indirect enum Kind: Equatable {
    case string, boolean, int32, int64, base64, anyJSON
    case list(Kind)
    case map(Kind)
    /// A type of the schema, by its short name there.
    case named(String)
    /// A string of known values, by the name of its Swift type.
    case openEnum(String)
}

/// A member of an object type.
struct Member {
    let jsonName: String
    let swiftName: String
    let kind: Kind
    let isRequired: Bool
    let alias: String?
    let documentation: String?
    /// What Go writes as `null` when it is empty, besides everything that is optional.
    let isNullable: Bool
}

/// An object type of the schema.
struct ObjectType {
    let schemaName: String
    let swiftName: String
    let documentation: String
    let members: [Member]
}

/// A string type whose known values have names.
struct EnumType {
    let swiftName: String
    let documentation: String
    let cases: [(name: String, value: String)]
}

/// A mistake in the description files, told with its place.
struct SchemaError: Error, CustomStringConvertible {
    let description: String
}
