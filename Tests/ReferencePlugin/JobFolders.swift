import Foundation
import InterLinkPluginKit
import InterLinkSystem
import KubernetesModel

/// The folders of the pods: named by the marks, so that what carries no mark is never touched.
struct JobFolders: Sendable {
    let root: String
    private let files = BlockingPool(name: "reference-files", threads: 4)

    init(root: String) { self.root = root }

    func path(_ name: String, in mark: String) -> String { "\(root)/\(mark)/\(name)" }

    func make(_ mark: String, _ script: PodScript) async throws {
        let folder = "\(root)/\(mark)"
        let texts = [
            "containers": script.names.joined(separator: "\n"), "run": script.run(in: folder),
            "stop": PodScript.stop(in: folder),
        ]
        try await files.run {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for (name, text) in texts { try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)")) }
        }
    }

    func remove(_ mark: String) async throws {
        guard JobMark(mark) != nil else { return }
        let folder = "\(root)/\(mark)"
        try await files.run {
            if FileManager.default.fileExists(atPath: folder) { try FileManager.default.removeItem(atPath: folder) }
        }
    }

    /// How all pods are.
    func all() async throws -> [(String, Observation)] {
        try await files.run {
            guard FileManager.default.fileExists(atPath: root) else { return [] }
            return try FileManager.default.contentsOfDirectory(atPath: root).sorted()
                .filter { JobMark($0) != nil }
                .map { ($0, Self.read("\(root)/\($0)")) }
        }
    }

    /// How one is; nil: there is no such folder.
    func observation(of mark: String) async throws -> Observation? {
        try await files.run {
            FileManager.default.fileExists(atPath: "\(root)/\(mark)/containers") ? Self.read("\(root)/\(mark)") : nil
        }
    }

    private static func read(_ folder: String) -> Observation {
        guard let names = text("\(folder)/containers") else { return .unknown(why: "the folder is being made") }
        // Looked for before the states, which are final if it is there.
        let isFinished = FileManager.default.fileExists(atPath: "\(folder)/finished")
        let statuses = names.split(separator: "\n").map { name in
            StateLine(text("\(folder)/state.\(name)") ?? "").status(of: String(name))
        }
        return isFinished ? .ended(statuses) : .state(statuses)
    }

    private static func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
}

/// What the script has written of a container: `running BEGAN RESTARTS`, `waiting - RESTARTS` or
/// `ended BEGAN RESTARTS CODE END`, and behind it the run before: `CODE BEGAN END`.
private struct StateLine {
    let words: [Substring]

    init(_ text: String) { words = text.split(whereSeparator: \.isWhitespace) }

    func status(of name: String) -> ContainerStatus {
        var state = ContainerState()
        var behind = 3
        switch words.first {
        case "running": state.running = ContainerStateRunning(startedAt: time(1))
        case "ended":
            state.terminated = ContainerStateTerminated(
                exitCode: code(3), finishedAt: time(4), startedAt: time(1))
            behind = 5
        case "waiting": state.waiting = ContainerStateWaiting(reason: "CrashLoopBackOff")
        default: state.waiting = ContainerStateWaiting(reason: "ContainerCreating")
        }
        var last: ContainerState?
        if words.count > behind {
            last = ContainerState(
                terminated: ContainerStateTerminated(
                    exitCode: code(behind), finishedAt: time(behind + 2), startedAt: time(behind + 1)))
        }
        return ContainerStatus(
            image: "", imageID: "", name: name, ready: state.running != nil, restartCount: code(2), lastState: last,
            state: state)
    }

    private func code(_ index: Int) -> Int32 { words.indices.contains(index) ? Int32(words[index]) ?? 0 : 0 }

    private func time(_ index: Int) -> Timestamp? {
        words.indices.contains(index) ? Int64(words[index]).map { Timestamp(secondsSinceEpoch: $0) } : nil
    }
}
