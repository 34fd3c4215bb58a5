private import CLinux
import Glibc

/// Starts a thread of our own, for what must not run in the cooperative pool: event loops and blocking calls.
///
/// It takes no signals, so that they reach the thread that waits for them.
func startThread(named name: String, _ body: @escaping @Sendable () -> Void) throws(SystemError) {
    let start = ThreadStart(name: name, body: body)
    let context = Unmanaged.passRetained(start)
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread = pthread_t()
    let code = pthread_create(
        &thread, &attributes,
        { context in
            guard let context else { return nil }
            let start = Unmanaged<ThreadStart>.fromOpaque(context).takeRetainedValue()
            il_thread_block_signals()
            il_thread_set_name(start.name)
            start.body()
            return nil
        }, context.toOpaque())
    guard code == 0 else {
        context.release()
        throw SystemError("pthread_create", name, code: code)
    }
}

private final class ThreadStart: Sendable {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, body: @escaping @Sendable () -> Void) {
        self.name = name
        self.body = body
    }
}
