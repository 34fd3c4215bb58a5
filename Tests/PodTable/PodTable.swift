import Foundation
import InterLinkHTTPClient
import TestSupport

/// The table of pods that every plugin runs: `PodTable --plugin SOCKET`.
@main struct PodTable {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.contains("--help") { return say(TableOptions.help) }
        do {
            let options = try TableOptions(arguments)
            let rows = try rows(named: options.names)
            if options.lists { return list(rows) }
            if let folder = options.manifests { return try Manifests.write(rows, to: folder, options) }
            exit(try await run(rows, options) ? 0 : 1)
        } catch {
            say("PodTable: \(error)")
            exit(2)
        }
    }

    /// All rows, in the order of their files.
    static func rows(named names: [String] = []) throws -> [PodCase] {
        let folder = Checkout.root.appending(path: "Tests/PodTable/Cases")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? []
        let rows = try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "yaml" }
            .sorted { $0.path < $1.path }
            .map { url in
                let name = url.deletingPathExtension().lastPathComponent
                return try PodCase(name: name, text: Array(try Data(contentsOf: url)), file: url.lastPathComponent)
            }
        let chosen = rows.filter { row in names.isEmpty || names.contains { row.name.hasPrefix($0) } }
        guard !chosen.isEmpty else { throw CaseError("there is no case of that name; see --list") }
        return chosen
    }

    private static func list(_ rows: [PodCase]) {
        for row in rows { say("\(row.name.padding(toLength: 34, withPad: " ", startingAt: 0)) \(row.summary)") }
    }

    private static func run(_ rows: [PodCase], _ options: TableOptions) async throws -> Bool {
        guard let endpoint = options.endpoint else { throw CaseError("--plugin is missing; see --help") }
        let images = options.images
        let target = TableTarget(
            client: InterLinkClient(endpoint, client: try HTTPClient()),
            image: { images.replacing("NAME", with: $0) },
            lacks: options.lacks, hostFolder: options.hostFolder ?? "/nonexistent", limit: .seconds(options.limit))
        let possible = rows.filter { $0.needs.isDisjoint(with: target.lacks) }
        var failed: [TableRun.Result] = []
        for await result in TableRun(rows: possible, target: target, atOnce: options.atOnce).results() {
            say(line(result.row.name, result.seconds, result.problems.isEmpty ? "ok" : "FAILED"))
            for problem in result.problems { say("    \(problem)") }
            if !result.problems.isEmpty { failed.append(result) }
        }
        let leftOut = rows.filter { !$0.needs.isDisjoint(with: target.lacks) }
        for row in leftOut {
            let missing = row.needs.intersection(target.lacks).map(\.rawValue).sorted().joined(separator: ", ")
            say(line(row.name, 0, "left out: it needs \(missing)"))
        }
        say("pod table: \(possible.count - failed.count) passed, \(failed.count) failed, \(leftOut.count) left out")
        return failed.isEmpty
    }

    /// Lines appear as they are written, in a pipe too.
    private static func say(_ line: String) {
        FileHandle.standardOutput.write(Data("\(line)\n".utf8))
    }

    private static func line(_ name: String, _ seconds: Double, _ verdict: String) -> String {
        let time = String(format: "%7.1f s", seconds)
        return "\(name.padding(toLength: 34, withPad: " ", startingAt: 0)) \(time)  \(verdict)"
    }
}
