import Dispatch
import Glibc

/// Ctrl-C and SIGTERM: the first asks, a second one ends the program at once.
struct Interruption {
    private let sources: [any DispatchSourceSignal]

    init(_ ask: @escaping @Sendable () -> Void) {
        let queue = DispatchQueue(label: "interruption")
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            let state = Counter()
            source.setEventHandler {
                if state.next() > 1 { _exit(128 + number) }
                ask()
            }
            source.resume()
            return source
        }
    }

    func end() { for source in sources { source.cancel() } }

    /// Used on the queue of the signals only.
    private final class Counter: @unchecked Sendable {
        private var count = 0

        func next() -> Int {
            count += 1
            return count
        }
    }
}
