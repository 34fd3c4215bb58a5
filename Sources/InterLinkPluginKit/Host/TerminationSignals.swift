import Glibc
import InterLinkSystem

/// SIGTERM and SIGINT, taken by a thread of their own: the first asks the program to end in order, a second one ends it
/// at once.
struct TerminationSignals: Sendable {
    private let first = Eventual<Int32>()

    /// To be made before other threads run, which then leave these signals to this one.
    init() throws(SystemError) {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGTERM)
        sigaddset(&signals, SIGINT)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        try startThread(named: "signals") { [first, signals] in
            var signals = signals
            while true {
                var number: Int32 = 0
                guard sigwait(&signals, &number) == 0 else { continue }
                if !first.resolve(number) { _exit(128 + number) }
            }
        }
    }

    /// Waits for the first one.
    func wait() async -> Int32 { await first.value() }
}
