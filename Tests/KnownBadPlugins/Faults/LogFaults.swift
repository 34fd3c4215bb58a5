import InterLinkAPI
import InterLinkConformance
import KubernetesModel
import LosslessJSON

@testable import InterLinkPluginKit

extension Fault {
    /// The text of a log, and what its options do.
    static let logFaults: [Fault] = [
        logs(
            "tail has one line too many", "The SLURM plugin (contract 8.3 #33).", caughtBy: ["logs.tail"],
            alsoSeenBy: ["logs.tail-without-line-end", "logs.combined", "logs.follow-with-tail"]
        ) { request, good in
            let tail = request.logOptions?.tailLines
            return await good.answer(request.withLogOptions { if let tail { $0.tail = tail + 1 } })
        },
        logs(
            "tail counts line ends", "A plugin that splits at line ends: an unfinished last line is not counted.",
            caughtBy: ["logs.tail-without-line-end"]
        ) { request, good in
            guard let tail = request.logOptions?.tailLines else { return await good.answer(request) }
            return await good.answer(request.withLogOptions { $0.tail = 0 }).withLines { lines in
                let isWhole = lines.last?.last == 0x0A
                return lines.suffix(Int(clamping: tail) &+ (isWhole ? 0 : 1))
            }
        },
        logs(
            "limit-bytes gives the end", "The SLURM plugin (contract 8.3 #33).", caughtBy: ["logs.bytes"],
            alsoSeenBy: ["logs.combined"]
        ) { request, good in
            guard let limit = request.logOptions?.byteLimit else { return await good.answer(request) }
            return await good.answer(request.withLogOptions { $0.bytes = 0 }).withBytes {
                Array($0.suffix(Int(clamping: limit)))
            }
        },
        logs(
            "the byte limit has another name", "The Python SDK: LimitBytes, where the wire says Bytes (contract 1.6).",
            caughtBy: ["logs.bytes"], alsoSeenBy: ["logs.combined"]
        ) { request, good in await good.answer(request.withLogOptions { $0.bytes = 0 }) },
        logs(
            "since is turned around", "The SLURM plugin (contract 8.3 #34): older lines instead of newer ones.",
            caughtBy: ["logs.since-time", "logs.since-seconds"], alsoSeenBy: ["logs.combined"],
            checks: ["logs.since-*", "logs.whole"]
        ) { request, good in
            guard let options = request.logOptions, options.since != nil || options.secondsBack != nil else {
                return await good.answer(request)
            }
            let all = await good.answer(
                request.withLogOptions {
                    $0.sinceTime = .zero
                    $0.sinceSeconds = 0
                }
            ).bytes()
            return await good.answer(request).withBytes { newer in Array(all.prefix(max(0, all.count - newer.count))) }
        },
        logs(
            "timestamps are ignored", "The SLURM, Kueue and Docker plugins.", caughtBy: ["logs.timestamps"]
        ) { request, good in await good.answer(request.withLogOptions { $0.timestamps = false }) },
        logs(
            "previous gives the present run", "The SLURM plugin (contract 8.3 #34).", caughtBy: ["logs.no-previous"]
        ) { request, good in await good.answer(request.withLogOptions { $0.previous = false }) },
        Fault(
            "one log for all containers", "The Kubernetes plugin (backends, 111) and others with one file for a pod.",
            caughtBy: ["logs.each-its-own", "logs.unknown-container"],
            checks: ["logs.whole", "logs.each-its-own", "logs.unknown-container", "logs.tail"], capabilities: [.logs]
        ) { plugin in
            let first = Memory([String: String]())
            plugin.create = { request, good in
                first.change { $0[request.uid] = request.pod?.containers.first }
                return await good.answer(request)
            }
            plugin.logs = { request, good in
                guard var wanted = try? WireBody.logs(request.body) else { return await good.answer(request) }
                wanted.containerName = first.change { $0[wanted.podUID] } ?? wanted.containerName
                var changed = request
                changed.body = JSON.encode(wanted)
                return await good.answer(changed)
            }
        },
        logs(
            "the last line is missing", "A plugin that reads line by line, with a file that is still buffered.",
            caughtBy: ["logs.whole"],
            alsoSeenBy: [
                "logs.both-outputs", "logs.each-its-own", "logs.long", "logs.bytes-exact", "logs.tail", "logs.bytes",
                "logs.tail-without-line-end", "logs.timestamps", "logs.combined",
            ],
            checks: ["logs.whole", "logs.unknown-*", "logs.repeated", "logs.no-previous"]
        ) { request, good in await good.answer(request).withLines { $0.dropLast() } },
        logs(
            "the job's own output before each log", "The SLURM plugin (contract 8.3 #32).", caughtBy: ["logs.whole"],
            alsoSeenBy: [
                "logs.both-outputs", "logs.each-its-own", "logs.long", "logs.bytes-exact", "logs.tail", "logs.bytes",
                "logs.tail-without-line-end", "logs.timestamps", "logs.combined",
            ],
            checks: ["logs.whole", "logs.unknown-*", "logs.repeated", "logs.no-previous"]
        ) { request, good in
            let answer = await good.answer(request)
            guard answer.status.code == 200 else { return answer }
            return await answer.withBytes { Array("Starting job on node7\n".utf8) + $0 }
        },
        logs(
            "only text is passed on", "A plugin that decodes and encodes: bytes that are no UTF-8 are replaced.",
            caughtBy: ["logs.bytes-exact"], checks: ["logs.bytes-exact", "logs.whole", "logs.both-outputs"]
        ) { request, good in
            await good.answer(request).withBytes { Array(String(decoding: $0, as: UTF8.self).utf8) }
        },
    ]

    /// A fault of `/getLogs`. Unless said otherwise, all checks of its options and of the text are made.
    private static func logs(
        _ name: String, _ imitates: String, caughtBy: Set<String>, alsoSeenBy: Set<String> = [],
        checks: [String] = [
            "logs.whole", "logs.each-its-own", "logs.unknown-container", "logs.tail*", "logs.bytes", "logs.timestamps",
            "logs.combined", "logs.no-previous",
        ],
        _ behaviour: @escaping BadPlugin.Behaviour
    ) -> Fault {
        Fault(
            name, imitates, caughtBy: caughtBy, alsoSeenBy: alsoSeenBy, checks: checks, capabilities: [.logs]
        ) { $0.logs = behaviour }
    }
}

extension HTTPRequest {
    fileprivate var logOptions: LogOptions? { (try? WireBody.logs(body))?.options }
}
