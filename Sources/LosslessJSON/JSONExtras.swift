/// What a typed value cannot hold of the object that it was read from, so that it is written back unharmed.
///
/// Two kinds of member live here, each with its text as it stood in the document:
/// - members that the type does not know (a field of a future version);
/// - members that it knows, but whose text says more than the typed value: an explicit `null`, `1.0` for an integer, a
///   time with another offset. Such a text is written in place of the typed value, until that member is written to.
///
/// Empty in nearly all objects, and then it costs a pointer and no allocation.
///
/// ```swift
/// let spec = try JSON.decode(PodSpec.self, from: bytes)
/// spec.extras["fieldOfKubernetes140"]   // the JSON text of a member that this version does not know
/// ```
public struct JSONExtras: Hashable, Sendable {
    @usableFromInline struct Member: Hashable, Sendable {
        @usableFromInline let name: String
        /// Nil: the member was absent although its type calls it required, and stays absent.
        @usableFromInline let text: String?

        @inlinable init(name: String, text: String?) {
            self.name = name
            self.text = text
        }
    }

    @usableFromInline var members: [Member]

    /// Nothing extra.
    @inlinable public init() { members = [] }

    /// Whether the typed value says all that there is.
    @inlinable public var isEmpty: Bool { members.isEmpty }

    /// The names of the members kept here, in the order in which they were met.
    public var names: [String] { members.map(\.name) }

    /// The JSON text kept for a member.
    public subscript(name: String) -> String? {
        index(of: name).flatMap { members[$0].text }
    }

    /// Keeps a member that the type does not know, or overrides one that it knows.
    ///
    /// - Throws: ``JSONError`` if `text` is not one JSON value.
    public mutating func set(_ name: String, json text: String) throws(JSONError) {
        let value = try JSON.decode(JSONText.self, from: Array(text.utf8))
        keep(name, value.text)
    }

    /// Forgets what is kept for a member: it was given a new value. Generated code calls this.
    @inlinable public mutating func forget(_ name: StaticString) {
        if holds(name) { remove(name.description) }
    }

    /// Whether a text stands in place of the typed value of this member.
    @inlinable func holds(_ name: StaticString) -> Bool {
        !members.isEmpty && contains(name)
    }

    @inline(never) @usableFromInline func contains(_ name: StaticString) -> Bool {
        let bytes = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        return members.contains { $0.name.utf8.count == bytes.count && $0.name.utf8.elementsEqual(bytes) }
    }

    @usableFromInline func contains(_ name: String) -> Bool { index(of: name) != nil }

    /// Byte by byte: to JSON, names that only look equal are two.
    private func index(of name: String) -> Int? {
        members.firstIndex { $0.name.utf8.count == name.utf8.count && $0.name.utf8.elementsEqual(name.utf8) }
    }

    @usableFromInline mutating func keep(_ name: String, _ text: String?) {
        let member = Member(name: name, text: text)
        if let index = index(of: name) {
            members[index] = member
        } else {
            if members.isEmpty { members.reserveCapacity(2) }
            members.append(member)
        }
    }

    @usableFromInline mutating func remove(_ name: String) {
        if let index = index(of: name) { members.remove(at: index) }
    }
}

extension JSONExtras: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The names only: the texts may be secret.
    public var description: String { "extras(\(names.joined(separator: ", ")))" }
    /// The names only.
    public var debugDescription: String { description }
    /// The names only.
    public var customMirror: Mirror { Mirror(self, children: ["names": names]) }
}
