import Foundation
import InterLinkConformance

/// The files that a report is written to.
struct ReportFiles {
    /// `-` is the standard output.
    var json: String?
    var junit: String?
    var html: String?

    /// The standard output belongs to a program that reads it.
    var takesOutput: Bool { json == "-" }

    func write(_ report: ConformanceReport) throws {
        if let json { try write(Data(report.json()), to: json) }
        if let junit { try write(Data(report.junit.utf8), to: junit) }
        if let html { try write(Data(report.html.utf8), to: html) }
    }

    private func write(_ data: Data, to path: String) throws {
        if path == "-" { return FileHandle.standardOutput.write(data) }
        do {
            try data.write(to: URL(filePath: path))
        } catch {
            throw CommandError(
                problem: "\(path) cannot be written: \(error.localizedDescription)", advice: "Choose another file.",
                status: 2)
        }
    }
}
