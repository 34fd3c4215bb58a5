public import InterLinkPluginKit
import InterLinkSystem

extension BatchPlugin {
    /// Works pods out, writes their workspaces, and submits their jobs. A pod that is refused leaves nothing.
    public func submit(_ pods: [PodSubmission]) async throws -> [PodUID: Submission] {
        var answers: [PodUID: Submission] = [:]
        var jobs: [BatchJob] = []
        await withTaskGroup(of: (PodUID, Prepared).self) { group in
            for pod in pods { group.addTask { (pod.pod.uid, await prepare(pod)) } }
            for await (uid, prepared) in group {
                switch prepared {
                case .job(let job): jobs.append(job)
                case .answer(let answer): answers[uid] = answer
                }
            }
        }
        guard !jobs.isEmpty else { return answers }
        let order = Dictionary(pods.enumerated().map { ($1.pod.uid, $0) }, uniquingKeysWith: { first, _ in first })
        jobs.sort { order[$0.pod.uid, default: 0] < order[$1.pod.uid, default: 0] }
        for job in jobs { book.add(job.pod, job.mark, at: job.placement) }
        let outcomes = try await scheduler.submit(jobs)
        for job in jobs {
            let outcome = outcomes[job.pod.uid]
            answers[job.pod.uid] = outcome
            switch outcome {
            case .started(let handle): book.update(job.pod.uid) { $0.job = handle.id }
            case .rejected, .busy: await forget(job)
            case .unclear, nil: break
            }
        }
        return answers
    }

    private enum Prepared {
        case job(BatchJob)
        case answer(Submission)
    }

    private func prepare(_ submission: PodSubmission) async -> Prepared {
        let composed: ComposedJob
        do {
            composed = try compose(submission)
        } catch is NoMemory {
            return .answer(.busy(retryAfter: .seconds(30), why: NoMemory().description))
        } catch {
            return .answer(.rejected(why: "\(error)"))
        }
        for remark in composed.remarks {
            logger.notice("the pod gets something else", ["pod": "\(submission.pod.uid)", "what": "\(remark)"])
        }
        do {
            let name = composed.name
            try await pool.run { [root] in try root.create(name, composed.files, folders: composed.folders) }
            return .job(composed.job)
        } catch let error as WorkspaceError {
            return .answer(.rejected(why: "\(error)"))
        } catch {
            // Nothing was submitted, and what is missing (room, a server) may come back.
            logger.error("a workspace cannot be written", ["pod": "\(submission.pod.uid)", "error": "\(error)"])
            return .answer(.busy(retryAfter: .seconds(30), why: "the workspace cannot be written: \(error)"))
        }
    }

    private func compose(_ submission: PodSubmission) throws -> ComposedJob {
        try composer.compose(
            submission, root: root.path, sharesFilesystem: scheduler.sharesFilesystem,
            killMargin: configuration.workspace.killMargin
        ) { resources in try scheduler.prepare(&resources, for: submission.request) }
    }

    private func forget(_ job: BatchJob) async {
        book.remove(job.pod.uid)
        do {
            try await removeWorkspace(of: job.pod, mark: job.mark, keepingLogs: false)
        } catch {
            logger.warning(
                "the workspace of a refused pod cannot be removed", ["pod": "\(job.pod.uid)", "error": "\(error)"])
        }
    }
}
