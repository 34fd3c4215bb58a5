import Foundation

/// The files that were written in one run, so that those of an earlier run can be removed.
final class Output {
    private let root: URL
    private var written: Set<String> = []

    init(root: URL) { self.root = root }

    func write(_ path: String, _ text: String) throws {
        let url = root.appending(path: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        written.insert(path)
    }

    /// Removes what stands beside the written files in folders called Generated.
    func removeStale() throws {
        let folders = Set(written.map { ($0 as NSString).deletingLastPathComponent }).filter {
            $0.hasSuffix("/Generated")
        }
        for folder in folders {
            for name in try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
            where !written.contains("\(folder)/\(name)") {
                try FileManager.default.removeItem(at: root.appending(path: "\(folder)/\(name)"))
            }
        }
    }
}
