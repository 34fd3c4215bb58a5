import Foundation
import InterLinkConformance
import InterLinkHTTPClient

/// `interlink-plugin conformance URL`
struct ConformanceCommand: Command {
    static let name = "conformance"
    static let summary = "judge a plugin from outside, in whatever language it is written"
    static let help = """
        usage: interlink-plugin conformance URL [OPTIONS]
               interlink-plugin conformance --list

        Creates pods at the plugin as interLink does, asks for them, reads their logs, deletes them, and tells what a Virtual
        Kubelet would make of the answers. URL is a socket (/run/plugin.sock, unix:///run/plugin.sock) or http://host:port.

        What every plugin must be able to do is always tested. Declare what yours can do beyond that:

          --capability NAMES   logs,init,volumes,… or all; --list shows them
          --restart COMMAND    how the plugin is started again, for the capability restart: run by /bin/sh, it returns
                               when the new process is on its way

        How containers are written for it:

          --image IMAGE        with a POSIX shell and the tools of busybox
          --shell COMMAND      takes a script as its next argument (default: /bin/sh -c)
          --namespace NAME     of the pods (default: interlink-conformance)
          --annotation K=V     on every pod; can be given several times
          --limit R=AMOUNT     of every container, as cpu=1 or memory=256Mi; can be given several times
          --target FILE        the same as JSON: {"image": …, "shell": […], "namespace": …, "annotations": {…}, "limits": {…}}
          --token-file FILE    the bearer token that the plugin asks for

        How long it may take. All of these are limits of patience, in seconds; none makes a right plugin fail faster:

          --start SECONDS      from a create to a running pod: the latency of the scheduler (default 60)
          --change SECONDS     until any other change is told (default 60)
          --stop SECONDS       from a delete, behind the grace, until the pod is gone (default 60)
          --quiet SECONDS      how long nothing must happen where nothing should (default 4)
          --parallel N         checks at the same time (default 8); 1 for a scheduler with few slots

        Which checks, and where the report goes:

          --only ID, --skip ID with * for any text: --only 'core.*'; can be given several times
          --json FILE          the report for programs; - is the standard output
          --junit FILE         the report for CI systems
          --html FILE          the report as one page for a browser
          --list               prints the checks, and why each of them matters

        Every pod is called interlink-conformance-RUN-N and has the label interlink-conformance/run. All of them are
        deleted at the end, and after Ctrl-C, and seen to be gone; what was there before is not touched. Containers end by
        themselves after a quarter of an hour, should this program be killed.

        Exit status: 0 all is right, 1 something is not, 2 it could not be found out (the plugin cannot be reached, the
        arguments make no sense, it was interrupted).

        Try
          interlink-plugin conformance /run/interlink/plugin.sock --capability logs,init --image /images/busybox.sif
        """

    private let arguments: ConformanceArguments

    init(arguments: [String]) throws(UsageError) { self.arguments = try ConformanceArguments(arguments) }

    func run() async throws {
        guard let endpoint = arguments.endpoint else { return print(CheckList.text) }
        let conformance = Conformance(endpoint: endpoint, options: arguments.options)
        let isTerminal = isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil
        let progress = ProgressLine(isShown: isatty(STDERR_FILENO) == 1)
        let task = Task { () async throws(ConformanceError) in
            try await conformance.run { progress.tell($0) }
        }
        let interruption = Interruption { task.cancel() }
        defer { interruption.end() }
        let report: ConformanceReport
        do {
            report = try await task.value
        } catch {
            throw CommandError(problem: "\(error)", advice: "See interlink-plugin conformance --help.", status: 2)
        }
        progress.end()
        if !arguments.files.takesOutput {
            print(TerminalReport(style: isTerminal ? .coloured : .plain).text(report), terminator: "")
        }
        try arguments.files.write(report)
        if report.wasInterrupted { throw CommandError(problem: "interrupted; all pods were deleted", status: 2) }
        if !report.passed {
            let count = report.count(.failed) + report.count(.blocked)
            throw CommandError(
                problem: "\(count) of \(report.checks.count - report.count(.skipped)) checks are not right")
        }
    }
}
