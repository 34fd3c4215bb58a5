/// A place in a document, from ``JSONReader/mark``.
public struct JSONMark {
    @usableFromInline let position: UnsafePointer<UInt8>

    @inlinable init(_ position: UnsafePointer<UInt8>) { self.position = position }
}

/// What generated code needs to keep an object whole.
extension JSONReader {
    /// The place of the value that comes next.
    @inlinable public var mark: JSONMark { JSONMark(position) }

    /// Keeps a member that the type does not know.
    public mutating func keep(_ key: JSONKey, in extras: inout JSONExtras) throws(JSONError) {
        let name = try name(of: key)
        extras.keep(name, try rawValue())
        isUnusual = false
    }

    /// Behind every member that the type knows: keeps its text if it was unusual, and drops an earlier one.
    @inlinable public mutating func settle(
        _ name: String, from mark: JSONMark, in extras: inout JSONExtras
    ) throws(JSONError) {
        if isUnusual || !extras.isEmpty { try settleUnusual(name, from: mark, in: &extras) }
    }

    @inline(never) @usableFromInline mutating func settleUnusual(
        _ name: String, from mark: JSONMark, in extras: inout JSONExtras
    ) throws(JSONError) {
        if isUnusual {
            let isNull = mark.position.pointee == UInt8(ascii: "n")
            extras.keep(name, isNull ? "null" : try text(from: mark.position))
        } else {
            extras.remove(name)
        }
        isUnusual = false
    }

    /// Keeps the text of a member that was read under another name than its own, which is then not written.
    public mutating func settle(
        alias key: JSONKey, of name: StaticString, from mark: JSONMark, in extras: inout JSONExtras
    ) throws(JSONError) {
        extras.keep(try self.name(of: key), try text(from: mark.position))
        extras.keep(name.description, nil)
        isUnusual = false
    }

    /// A required member did not come: an error, or its zero, which is then not written (see ``Options``).
    public mutating func missing(_ name: StaticString, in extras: inout JSONExtras) throws(JSONError) {
        guard options.missingMembersAreZero else {
            throw JSONError(offset: offset - 1, problem: .missing(member: name.description))
        }
        if !extras.contains(name.description) { extras.keep(name.description, nil) }
    }
}
