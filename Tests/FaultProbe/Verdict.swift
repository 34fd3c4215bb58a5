import InterLinkPluginKit
import InterLinkTesting

/// What must hold after a round, told from what the backend and the client noted.
struct Verdict {
    private(set) var violations: [String] = []
    /// The answer had left, and the host was killed before it knew: with nobody asking it may go either way.
    private(set) var inDoubt = 0
    private(set) var jobs = 0
    /// Second jobs that came later than the settle time, and were stopped.
    private(set) var doubles = 0

    init(folder: String, isAsking: Bool) {
        let diary = Diary(path: folder + "/diary")
        let backend = ScriptedBackend(clock: SystemTimeSource(), journal: folder + "/backend")
        // All that is judged is judged as it was when the last host had come to rest.
        let rested = diary.lines().last { $0.entry == .rested }.flatMap { Int64($0.value) }
        if rested == nil { violations.append("the last host did not end by itself") }
        let now = rested.map(Moment.init(nanoseconds:)) ?? SystemTimeSource().now
        let answered = diary.pods(.answered)
        let claimed = diary.pods(.claimed)
        let deleting = diary.pods(.deleting)
        let deleted = diary.pods(.deleted)
        let finals = Dictionary(
            diary.lines().filter { $0.entry == .final }.map { ($0.number, $0.value) }, uniquingKeysWith: { $1 })
        let tracked = Set(finals.keys)
        jobs = backend.jobs.count
        if diary.lines().contains(where: { $0.entry == .restless }) { violations.append("a host did not come to rest") }
        for pod in TestPod.allCases {
            guard let uid = pod.uid else { continue }
            let number = pod.rawValue
            let mine = backend.jobs(of: uid)
            let isLive = mine.contains { $0.isLive(at: now) }
            func complain(_ text: String) { violations.append("pod \(pod): \(text)") }

            if pod == .doubled {
                // No host can know of a job that its backend takes so late. It must not be left at that.
                if mine.count(where: { $0.isLive(at: now) }) > 1 { complain("runs twice and goes on") }
                doubles += mine.count > 1 ? 1 : 0
                continue
            }
            if mine.count(where: { $0.ran(until: now) > .zero }) > 1 { complain("ran twice") }
            if deleted.contains(number) {
                if isLive { complain("was deleted and goes on") }
                if tracked.contains(number) { complain("was deleted and is still tracked") }
                if mine.contains(where: { $0.removals == 0 }) {
                    complain("was deleted and its remains were not removed")
                }
            } else if deleting.contains(number) {
                // Its delete was lost with the host before it was answered: nothing was promised.
            } else if claimed.contains(number) || (isAsking && answered.contains(number)) {
                if mine.isEmpty { complain("was answered and never submitted") }
                if mine.contains(where: { $0.effectiveStop != nil }) { complain("was answered and stopped") }
                if !tracked.contains(number) { complain("was answered and is not tracked") }
            } else if answered.contains(number) {
                inDoubt += 1
                if isLive != tracked.contains(number) && pod.runMilliseconds == nil {
                    complain("is neither tracked nor stopped")
                }
            } else if isLive {
                complain("was never answered and goes on")
            }
            for line in diary.lines() where line.number == number && line.entry == .told {
                if line.value != expected(pod) { complain("was told to have ended with \(line.value)") }
            }
            if let code = finals[number], code != "-", !deleting.contains(number), code != expected(pod) {
                complain("is known in the end to have ended with \(code)")
            }
            if pod.runMilliseconds != nil, finals[number] == "-", mine.contains(where: { $0.end <= now }) {
                complain("has ended and is said to run")
            }
        }
    }
}

/// The exit code that may be told of a pod.
private func expected(_ pod: TestPod) -> String { pod.runMilliseconds == nil ? "none" : "\(TestPod.endCode)" }
