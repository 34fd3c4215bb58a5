/// Keeps a seldom used member on the heap, so that the type that holds it stays small while it is absent.
@propertyWrapper @frozen public struct Boxed<Value: Sendable>: Sendable {
    // Sendable holds because `value` changes only while the box is filled, before anybody else has it.
    @usableFromInline final class Box: @unchecked Sendable {
        @usableFromInline var value: Value
        @inlinable init(_ value: Value) { self.value = value }
    }

    @usableFromInline var box: Box?

    /// Boxes a value that may be absent.
    @inlinable public init(wrappedValue: Value?) {
        if let wrappedValue { box = Box(wrappedValue) } else { box = nil }
    }

    /// Reads an object into a box of its own.
    @inlinable init(reading reader: inout JSONReader) throws(JSONError) where Value: JSONObject {
        let box = Box(.blank)
        try box.value.read(from: &reader)
        self.box = box
    }

    /// The value.
    @inlinable public var wrappedValue: Value? {
        get { if let box { box.value } else { nil } }
        set { self = Boxed(wrappedValue: newValue) }
    }
}

extension Boxed: Equatable where Value: Equatable {
    /// Compares the values.
    public static func == (left: Boxed, right: Boxed) -> Bool {
        left.box === right.box || left.wrappedValue == right.wrappedValue
    }
}
