/// Where things lie in a workspace, `<root>/<namespace>-<uid>/`. All paths are from there.
package enum WorkspaceLayout {
    /// The generated script.
    package static let script = "job.sh"
    /// What the supervisor says about itself: trouble, never a container's output.
    package static let supervisorLog = "supervisor.log"
    /// The state file, replaced as a whole: see ``PodStateFile``.
    package static let state = "state"
    /// The closing record, written last and once: the state file's text with `closed=1`.
    package static let closing = "closing"
    /// The scheduler's id, attempt and host, written by the script at its start.
    package static let job = "job"
    /// Contents of configMap, secret, projected, downward API and emptyDir volumes, a folder a volume.
    package static let volumes = "volumes"
    /// One file a container, `NAME=value` each ended by NUL, mode 0600. No value is in the script or in an argument.
    package static let environments = "env"
    /// Logs: `NAME.log`, `NAME.times` (`epoch offset` lines), and of the run before `NAME.previous.log`, `….times`.
    package static let logs = "logs"
    /// What the supervisor needs while it runs; of no interest afterwards.
    package static let run = "run"

    package static func log(of container: String, previous: Bool = false) -> String {
        "\(logs)/\(container)\(previous ? ".previous" : "").log"
    }

    package static func timeIndex(of container: String, previous: Bool = false) -> String {
        "\(logs)/\(container)\(previous ? ".previous" : "").times"
    }

    package static func environment(of container: String) -> String { "\(environments)/\(container)" }
}
