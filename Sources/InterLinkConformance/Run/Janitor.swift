import InterLinkAPI
import InterLinkHTTPClient
import KubernetesModel
import LosslessJSON

/// Deletes the pods of a run, and sees that they are gone.
struct Janitor: Sendable {
    let client: InterLinkClient
    let allowances: ConformanceOptions.Allowances

    /// Asks for the deletion of pods that a check has left.
    func delete(_ pods: [LivePod]) async {
        await withTaskGroup(of: Void.self) { group in
            for pod in pods where pod.wasSent && pod.deletions == 0 { group.addTask { await delete(pod) } }
        }
    }

    private func delete(_ pod: LivePod) async {
        let body = JSON.encode(pod.deleted(at: .now))
        pod.wasDeleted()
        _ = try? await client.send(.delete, body: body)
    }

    /// Waits for the end of all pods, and asks again for the deletion of those that stay; what was seen of those that
    /// stay for longer than allowed.
    func seeGone(_ pods: [LivePod]) async -> [(LivePod, String)] {
        await delete(pods)
        return await withTaskGroup(of: (LivePod, String)?.self) { group in
            var left: [(LivePod, String)] = []
            var waiting = pods.filter { !$0.isGone }[...]
            for _ in 0..<16 {
                if let pod = waiting.popFirst() { group.addTask { await seeGone(pod) } }
            }
            for await pod in group {
                if let pod { left.append(pod) }
                if let pod = waiting.popFirst() { group.addTask { await seeGone(pod) } }
            }
            return left.sorted { $0.0.name < $1.0.name }
        }
    }

    private func seeGone(_ pod: LivePod) async -> (LivePod, String)? {
        let start = ContinuousClock.now
        let limit = Duration.seconds(allowances.stop + Double(pod.plan.grace))
        var words = ""
        var pace = allowances.poll
        while true {
            switch await look(at: pod) {
            case .gone:
                pod.wentAway()
                return nil
            case .stays(let text): words = text
            }
            guard ContinuousClock.now - start < limit else { return (pod, words) }
            try? await Task.sleep(for: .seconds(pace))
            pace = min(pace * 1.25, max(1, allowances.poll))
            // A delete that was lost, or came too early, is worth another one.
            if ContinuousClock.now - start > limit / 2, pod.deletions < 2 { await delete(pod) }
        }
    }

    private enum Look {
        case gone
        case stays(String)
    }

    /// Gone is what is left out, what has ended, and what the plugin says nothing of that makes sense.
    private func look(at pod: LivePod) async -> Look {
        do {
            let response = try await client.send(.status, body: JSON.encode([pod.held]))
            guard response.status == 200, let answers = try? GoReading.statuses(response.body) else { return .gone }
            let sight = pod.take(answers, text: answers.first?.summary ?? "").0
            return sight.isAlive ? .stays(sight.text) : .gone
        } catch {
            return .stays("no answer: \(error.detail)")
        }
    }
}
