import FoundationEssentials
import InterLinkAPI
import KubernetesModel

@testable import InterLinkPluginKit

/// A plugin that starts a second job for a pod. From then on it tells of that one; both print into one log.
enum SecondJob {
    /// When a create is taken for a new one.
    enum When {
        /// Always.
        case always
        /// While another one of the same pod is under way: to look and to act are two steps.
        case concurrently
    }

    private struct Jobs {
        var uids: [String] = []
        var underWay = 0
    }

    static func spoil(_ plugin: inout BadPlugin, _ when: When) {
        let memory = Memory([String: Jobs]())
        plugin.create = { request, good in
            let uid = request.uid
            let own: String = memory.change { pods in
                var jobs = pods[uid] ?? Jobs()
                let isNew = jobs.uids.isEmpty || when == .always || jobs.underWay > 0
                if isNew { jobs.uids.append(jobs.uids.isEmpty ? uid : UUID().uuidString.lowercased()) }
                jobs.underWay += 1
                pods[uid] = jobs
                return jobs.uids[jobs.uids.count - 1]
            }
            let answer = await good.answer(request.replacing(uid, with: own))
            // The time that a scheduler takes.
            if when == .concurrently { try? await Task.sleep(for: .milliseconds(300)) }
            memory.change { $0[uid]?.underWay -= 1 }
            guard answer.status.code == 200 else { return answer }
            return answer.withText(#"{"PodUID":"\#(uid)","PodJID":"job-\#(own)"}"#)
        }
        plugin.status = { request, good in
            let uid = request.uid
            let own = memory.change { $0[uid]?.uids.last } ?? uid
            let answer = await good.answer(request.replacing(uid, with: own))
            return await answer.withBytes { Array(String(decoding: $0, as: UTF8.self).replacing(own, with: uid).utf8) }
        }
        plugin.delete = { request, good in
            let uid = request.uid
            let own = memory.change { $0[uid]?.uids.last } ?? uid
            return await good.answer(request.replacing(uid, with: own))
        }
        plugin.logs = { request, good in
            guard let uid = (try? WireBody.logs(request.body))?.podUID else { return await good.answer(request) }
            var log: [UInt8] = []
            for own in memory.change({ $0[uid]?.uids ?? [] }) {
                let part = await good.answer(request.replacing(uid, with: own))
                if part.status.code == 200 { log += await part.bytes() }
            }
            return HTTPResponse(body: .bytes(log))
        }
    }
}
