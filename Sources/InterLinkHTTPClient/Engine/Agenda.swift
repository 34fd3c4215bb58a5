/// When the engine has to look at the deadlines of its transfers. It belongs to the engine's thread.
///
/// Deadlines move on with every byte; what is noted here may be earlier than what still holds, never later.
final class Agenda {
    private(set) var next: Duration?

    func note(_ deadline: Duration?) {
        guard let deadline else { return }
        next = min(next ?? deadline, deadline)
    }

    /// Whether the time has come. Then all transfers are to be looked at, and note what is next.
    func isDue(_ now: Duration) -> Bool {
        guard let next, next <= now else { return false }
        self.next = nil
        return true
    }
}
