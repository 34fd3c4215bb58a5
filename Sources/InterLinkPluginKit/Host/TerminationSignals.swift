import Dispatch
import Glibc

/// SIGTERM and SIGINT: the first asks the program to end in order, a second one ends it at once.
struct TerminationSignals: Sendable {
    private let first = Eventual<Int32>()

    /// Sources that are never cancelled live as long as the program.
    init() {
        let queue = DispatchQueue(label: "signals")
        for number in [SIGTERM, SIGINT] {
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { [first] in
                // Holds on to the source, and counts signals that came together.
                if !first.resolve(number) || source.data > 1 { _exit(128 + number) }
            }
            source.resume()
        }
    }

    /// Waits for the first one.
    func wait() async -> Int32 { await first.value() }
}
