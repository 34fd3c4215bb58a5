/// A fault that a ``ScriptedBackend`` can be told to have.
public enum ScriptedFault: Equatable, Sendable {
    /// It takes that long, and then does what was asked.
    case slow(Duration)
    /// It never returns, not even when cancelled. What was asked is not done.
    case hang
    /// It does what was asked and then never returns.
    case hangAfterwards
    /// It fails, and has done nothing.
    case fail
    /// It does what was asked, and the answer is lost: to the caller it looks like a failure.
    case loseAnswer
    /// It fails, and does what was asked that much later all the same.
    case acceptLater(Duration)
    /// It answers what makes no sense.
    case nonsense
    /// It takes nothing now.
    case busy(Duration)
    /// It refuses for good.
    case reject(String)
}

/// The calls that faults can be ordered for.
public enum ScriptedCall: String, CaseIterable, Sendable {
    /// `submit`, for each pod of it.
    case submit
    /// `list`.
    case list
    /// `find`.
    case find
    /// `explain`.
    case explain
    /// `refresh`.
    case refresh
    /// `stop`.
    case stop
    /// `remove`.
    case remove
}
