import Foundation

/// Where reports go.
enum ReportFile {
    /// Writes a report; `-` is the standard output.
    static func write(_ bytes: [UInt8], to path: String) throws {
        guard path != "-" else {
            FileHandle.standardOutput.write(Data(bytes))
            return
        }
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandError(
                problem: "the report cannot be written to \(path)", advice: (error as NSError).localizedDescription)
        }
    }
}
