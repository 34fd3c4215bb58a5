import KubernetesModel
import LosslessJSON

/// What people and their tools ask for.
extension PluginHost {
    /// `GET /readyz`
    var readiness: HTTPResponse {
        switch phase {
        case .starting: RouteFailure(.serviceUnavailable, "starting", retryAfter: 1).response
        case .ready: .text("ok")
        case .stopping: RouteFailure(.serviceUnavailable, "stopping", retryAfter: 5).response
        }
    }

    /// `GET /metrics`
    var metrics: HTTPResponse {
        let waiting = lifecycle.table.all.count { pod in
            if case .queued = pod.phase { true } else { false }
        }
        telemetry.metrics.queueLengths["submit"].set(Double(waiting))
        return HTTPResponse(
            headers: [("Content-Type", MetricsRegistry.contentType)],
            body: .bytes(Array(telemetry.metrics.registry.exposition().utf8)))
    }

    /// `GET /jobs`: the tracked pods, oldest first. Nothing of what a pod holds, only what is known of it.
    var jobs: HTTPResponse {
        let now = clock.now
        let pods = lifecycle.table.all.sorted { ($0.createdAt, $0.uid.text) < ($1.createdAt, $1.uid.text) }
        var writer = JSONWriter(capacity: 512 * (pods.count + 1))
        writer.beginArray()
        for pod in pods {
            writer.separate()
            pod.describe(to: &writer, at: now)
        }
        writer.endArray()
        return .json(writer.bytes)
    }
}

extension TrackedPod {
    fileprivate func describe(to writer: inout JSONWriter, at now: Moment) {
        writer.beginObject()
        writer.member("uid", uid.text)
        writer.member("name", digest.name)
        writer.member("namespace", digest.namespace)
        writer.member("node", digest.node)
        writer.member("site", placement.site)
        writer.member("jobID", jobID)
        if let handle = phase.handle { writer.member("handle", handle.id) }
        writer.member("phase", stateWord)
        writer.member("created", Timestamp(secondsSinceEpoch: createdAt.seconds))
        if let evidence = book.evidence {
            writer.member("evidenceAgeSeconds", (now - evidence).components.seconds)
        }
        if let trouble { writer.member("trouble", trouble) }
        if phase.handle == nil { writer.member("waitsFor", phase.waitingMessage) }
        writer.name("containers")
        writer.beginArray()
        for container in digest.containers {
            writer.separate()
            let status = book.told.first { $0.name == container.name }
            writer.beginObject()
            writer.member("name", container.name)
            writer.member("state", status.map(Self.word) ?? "unknown")
            if let ended = status?.state?.terminated {
                writer.member("exitCode", ended.exitCode)
                if let reason = ended.reason { writer.member("reason", reason) }
            } else if let reason = status?.state?.waiting?.reason {
                writer.member("reason", reason)
            }
            if let restarts = status?.restartCount, restarts > 0 { writer.member("restarts", restarts) }
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }

    private static func word(_ status: ContainerStatus) -> String {
        if status.isTerminated { return "terminated" }
        return status.isRunning ? "running" : "waiting"
    }
}
