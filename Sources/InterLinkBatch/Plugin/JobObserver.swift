import InterLinkPluginKit
import InterLinkSystem

/// Brings together what the scheduler says of jobs and what they have written, and has ``Evidence`` judge it.
struct JobObserver: Sendable {
    /// What was heard of a job, and what is to be done about it.
    struct Finding: Sendable {
        var observation: Observation
        var isNews: Bool
        var mustStop: Bool
    }

    /// A job that is to be looked at, with what the scheduler says of it now; nil leaves it at what it said last.
    struct Question: Sendable {
        var uid: PodUID
        var job: String
        var scheduler: Evidence.Scheduler?
        var files: (any JobFiles)?
    }

    /// Network filesystems are slow rather than busy, so that several are asked at once.
    private static let lanes = 8

    let kind: String
    let root: WorkspaceRoot
    let pool: BlockingPool
    let book: JobBook
    let policy: EvidencePolicy
    let clock: any TimeSource
    let logger: Logger

    /// Looks at jobs of the book; the others are left out.
    func look(at questions: [Question]) async -> [PodUID: Finding] {
        let share = max(1, (questions.count + Self.lanes - 1) / Self.lanes)
        return await withTaskGroup(of: [(PodUID, Finding)].self) { group in
            for start in stride(from: 0, to: questions.count, by: share) {
                let part = questions[start..<min(start + share, questions.count)]
                group.addTask { await lookInTurn(at: Array(part)) }
            }
            var findings: [PodUID: Finding] = [:]
            for await part in group { findings.merge(part) { _, new in new } }
            return findings
        }
    }

    private func lookInTurn(at questions: [Question]) async -> [(PodUID, Finding)] {
        var findings: [(PodUID, Finding)] = []
        let local = questions.filter { $0.files == nil }.compactMap { book.entry($0.uid) }
        let read = (try? await pool.run { [root] in local.map { Self.read($0, in: root) } }) ?? []
        let records = Dictionary(read, uniquingKeysWith: { first, _ in first })
        for question in questions {
            var known = records[question.uid]
            if let files = question.files, let entry = book.entry(question.uid) {
                known = try? await entry.records.refreshed(from: files, of: entry.mark)
            }
            if let finding = judge(question, known) { findings.append((question.uid, finding)) }
        }
        return findings
    }

    /// What cannot be read now may be read later; until then it is as it was.
    private static func read(_ entry: JobBook.Entry, in root: WorkspaceRoot) -> (PodUID, JobRecords) {
        guard let name = WorkspaceName(namespace: entry.pod.namespace, uid: entry.pod.uid) else {
            return (entry.pod.uid, entry.records)
        }
        do {
            return (entry.pod.uid, try entry.records.refreshed(in: root, name, of: entry.mark))
        } catch {
            var records = entry.records
            records.fault = "\(error)"
            return (entry.pod.uid, records)
        }
    }

    private func judge(_ question: Question, _ records: JobRecords?) -> Finding? {
        let now = clock.now
        let result = book.update(question.uid) { entry -> (Finding, fault: String?) in
            var fault: String?
            if let records {
                if records.fault != entry.records.fault { fault = records.fault }
                entry.records = records
            }
            if case .sighted(let sighting)? = question.scheduler { entry.saw(sighting, at: now) }
            var evidence = Evidence(pod: entry.pod, kind: kind, job: question.job, policy: policy, now: now)
            evidence.scheduler = question.scheduler ?? entry.sighting.map { .sighted($0) } ?? .silent
            evidence.state = entry.records.state
            evidence.closing = entry.records.closing
            evidence.reported = entry.reported
            evidence.endSeen = entry.endSeen
            let verdict = evidence.verdict()
            let isNews = verdict.observation != entry.told
            entry.told = verdict.observation
            switch verdict.observation {
            case .state(let containers, let attempt), .ended(let containers, let attempt):
                entry.reported = Evidence.Report(attempt: attempt, containers: containers)
            case .absent, .unknown, .gone: break
            }
            let isDue = entry.stopped.map { now - $0 > .seconds(60) } ?? true
            if verdict.mustStop && isDue { entry.stopped = now }
            return (
                Finding(observation: verdict.observation, isNews: isNews, mustStop: verdict.mustStop && isDue), fault
            )
        }
        guard let (finding, fault) = result else { return nil }
        if let fault { logger.warning("a state file tells nothing", ["pod": "\(question.uid)", "why": "\(fault)"]) }
        return finding
    }
}

extension JobBook.Entry {
    fileprivate mutating func saw(_ now: BatchSighting, at moment: Moment) {
        if case .ended = now.state {
            if endSeen == nil { endSeen = moment }
        } else {
            endSeen = nil
        }
        sighting = now
    }
}
