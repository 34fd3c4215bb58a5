import InterLinkSystem

/// A job with the mark of a pod that the records do not know, as a backend showed it.
struct Stray: Equatable, Sendable {
    let mark: JobMark
    let job: ListedJob
    let placement: Placement
    /// When the list or the question began.
    let seenAt: Moment

    var key: UnwantedKey { UnwantedKey(uid: mark.uid, id: job.handle.id) }
}

/// What the backends show of pods that the records do not know. Anybody may look, from any thread.
final class SightingTable: Sendable {
    enum Sighting: Equatable, Sendable {
        case seen(Stray)
        /// Not seen anywhere; since when that is sure, if it is.
        case notSeen(sureSince: Moment?)
    }

    /// A mark that somebody named, and where its job was looked for.
    private struct Question {
        var namedAt: Moment
        var answers: [Placement: Moment] = [:]
        var found: Stray?
    }

    private struct State {
        /// Where jobs can be; nil while nobody can say.
        var placements: Set<Placement>?
        /// When the first list of this process began there.
        var listedAt: [Placement: Moment] = [:]
        var strays: [Placement: [PodUID: [Stray]]] = [:]
        var questions: [JobMark: Question] = [:]
    }

    /// Anybody may name any pod: no more marks than that are looked for at a time.
    static let mostQuestions = 10_000
    /// A mark that nobody named for that long makes room for others.
    static let questionTime: Duration = .seconds(600)

    private let state = Lock(State())

    /// Takes note of where jobs can be.
    func look(only placements: Set<Placement>?) {
        state.withLock { state in
            guard state.placements != placements else { return }
            state.placements = placements
            guard let placements else { return }
            state.listedAt = state.listedAt.filter { placements.contains($0.key) }
            state.strays = state.strays.filter { placements.contains($0.key) }
        }
    }

    /// Takes the strays of a complete list in.
    func heard(strays: [Stray], at placement: Placement, begun start: Moment) {
        state.withLock { state in
            state.strays[placement] = strays.isEmpty ? nil : Dictionary(grouping: strays, by: \.mark.uid)
            if state.listedAt[placement] == nil { state.listedAt[placement] = start }
        }
    }

    func isKnown(_ stray: UnwantedKey) -> Bool {
        state.withLock { $0.strays.values.contains { $0[stray.uid]?.contains { $0.key == stray } ?? false } }
    }

    /// The job of a pod that the last lists showed; a live one rather than one that ended.
    func stray(of uid: PodUID) -> Stray? { state.withLock { Self.stray(of: uid, in: $0) } }

    private static func stray(of uid: PodUID, in state: State) -> Stray? {
        let all = state.strays.values.flatMap { $0[uid] ?? [] }
        return all.first { !$0.job.hasEnded } ?? all.first
    }

    /// What is known of a pod; if that is little, its mark is looked for from now on.
    func look(for uid: PodUID, mark: JobMark?, at now: Moment) -> Sighting {
        state.withLock { state in
            if let stray = Self.stray(of: uid, in: state) { return .seen(stray) }
            guard let mark, mark.uid == uid else { return .notSeen(sureSince: nil) }
            guard var question = state.questions[mark] else {
                Self.ask(mark, now, &state)
                return .notSeen(sureSince: nil)
            }
            question.namedAt = now
            state.questions[mark] = question
            if let found = question.found { return .seen(found) }
            guard let placements = state.placements, !placements.isEmpty else { return .notSeen(sureSince: nil) }
            var sure = Moment.distantPast
            for placement in placements {
                guard let listed = state.listedAt[placement], let answered = question.answers[placement] else {
                    return .notSeen(sureSince: nil)
                }
                sure = max(sure, listed, answered)
            }
            return .notSeen(sureSince: sure)
        }
    }

    /// Marks that a placement was not asked for yet.
    func open(at placement: Placement, atMost limit: Int) -> [JobMark] {
        state.withLock { state in
            var open: [JobMark] = []
            for (mark, question) in state.questions where question.answers[placement] == nil && question.found == nil {
                if open.count == limit { break }
                open.append(mark)
            }
            return open
        }
    }

    /// Takes in which of these marks the backend knows; a backend without a memory knows none.
    func answered(_ marks: [JobMark], found: [JobMark: Stray], at placement: Placement, asked start: Moment) {
        state.withLock { state in
            for mark in marks {
                state.questions[mark]?.answers[placement] = start
                if let stray = found[mark] { state.questions[mark]?.found = stray }
            }
        }
    }

    private static func ask(_ mark: JobMark, _ now: Moment, _ state: inout State) {
        if state.questions.count >= mostQuestions {
            state.questions = state.questions.filter { now - $0.value.namedAt < questionTime }
            guard state.questions.count < mostQuestions else { return }
        }
        state.questions[mark] = Question(namedAt: now)
    }
}
