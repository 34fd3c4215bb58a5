import InterLinkSystem

/// What a bad plugin remembers from call to call.
final class Memory<Value>: Sendable {
    private let value: Lock<Value>

    init(_ value: sending Value) { self.value = Lock(value) }

    func change<Result>(_ body: (inout Value) -> Result) -> Result { value.withLock { body(&$0) } }
}
