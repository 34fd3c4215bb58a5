/// The host's own keys of the configuration file. The plugin's stand beside them.
///
/// ```yaml
/// listen: { unix: { path: /run/interlink/plugin.sock, group: interlink, mode: "0660" } }
/// state: { folder: /var/lib/interlink }
/// log: { level: info, format: text }
/// ```
package struct HostConfiguration: ConfigurationSection {
    /// Where interLink is listened to.
    package var listen = ListenConfiguration()
    /// What outlives the process.
    package var state = StateConfiguration()
    /// The log.
    package var log = LogConfiguration()
    /// What the site admits.
    package var policy = PolicyConfiguration()
    /// Times and numbers of the work with pods.
    package var lifecycle = LifecycleSettings()
    /// How much is taken at a time.
    package var limits = LimitsConfiguration()
    /// How pods are told.
    package var status = StatusConfiguration()
    /// What the node is told.
    package var ping = PingConfiguration()
    /// Where traces go.
    package var trace = TraceConfiguration()

    package init() {}
}

/// What outlives the process.
package struct StateConfiguration: ConfigurationSection {
    /// The folder of the records, made if it is not there. One for each plugin.
    package var folder = "/var/lib/interlink"
    /// Whether the folder may lie on a network filesystem, where a site knows that locks and fsync are kept.
    package var allowNetworkFilesystem = false
    /// How long a new process waits for the one before it to let go of the records.
    package var handover: Duration = .seconds(60)

    package init() {}

    package func validate() -> [ConfigurationProblem] {
        folder.hasPrefix("/")
            ? [] : [ConfigurationProblem("folder", "is not an absolute path", advice: "begin it with /")]
    }
}

/// How much is taken at a time.
package struct LimitsConfiguration: ConfigurationSection {
    /// Of one request.
    package var body = ByteSize.mebibytes(64)
    /// Of all requests together.
    package var bodies = ByteSize.mebibytes(256)
    package var connections = 16_384
    /// From the first byte of a request to the end of its header.
    package var headerTime: Duration = .seconds(10)
    /// For which a connection may lie idle between two requests.
    package var idleTime: Duration = .seconds(180)
    /// Tracked pods; one more is told to come later.
    package var pods = 50_000
    /// Commands that run at the same time.
    package var commands = 16

    package init() {}

    package func validate() -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        for (key, value) in [("connections", connections), ("pods", pods), ("commands", commands)] where value < 1 {
            problems.append(ConfigurationProblem(key, "is below 1", advice: "write at least 1"))
        }
        if headerTime < .milliseconds(100) {
            problems.append(ConfigurationProblem("headerTime", "is too short", advice: "write at least 100ms"))
        }
        // Go does not repeat a POST that meets a connection just closed, and interLink keeps connections for 120 s.
        if idleTime <= .seconds(120) {
            problems.append(
                ConfigurationProblem(
                    "idleTime", "is not above the 120s for which interLink keeps connections", advice: "write 180s"))
        }
        for (key, value) in [("body", body), ("bodies", bodies)] where value < .mebibytes(1) {
            problems.append(ConfigurationProblem(key, "is too small for a pod", advice: "write at least 1MiB"))
        }
        return problems
    }
}

/// How pods are told.
package struct StatusConfiguration: ConfigurationSection {
    /// Containers that run and are not ready are told as waiting, since a Virtual Kubelet takes all that runs for ready.
    package var holdUntilReady = true

    package init() {}
}

/// What the node is told.
package struct PingConfiguration: ConfigurationSection {
    /// How long the backend may be lost before pings fail. Absent: they never do, since five minutes of failed pings
    /// make Kubernetes evict every pod of the node.
    package var failAfter: Duration?
    /// How often the backend is asked for its capacity.
    package var capacityInterval: Duration = .seconds(60)

    package init() {}

    package func validate() -> [ConfigurationProblem] {
        capacityInterval >= .seconds(1)
            ? [] : [ConfigurationProblem("capacityInterval", "is below 1s", advice: "write at least 1s")]
    }
}

/// Where traces go. The variables of OpenTelemetry say the same, and more, and come first.
package struct TraceConfiguration: ConfigurationSection {
    /// The collector's base address for OTLP as http/json, such as `http://127.0.0.1:4318`. Absent: no traces.
    package var endpoint: String?

    package init() {}

    /// The environment, completed with what this section says.
    func completing(_ environment: [String: String]) -> [String: String] {
        guard let endpoint else { return environment }
        return environment.merging(["OTEL_EXPORTER_OTLP_ENDPOINT": endpoint]) { given, _ in given }
    }
}
