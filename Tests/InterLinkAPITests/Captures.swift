import Foundation
import LosslessJSON
import TestSupport

/// One recorded request of the real interLink API server.
struct CapturedRequest: CustomStringConvertible {
    let file: String
    let path: String
    let body: [UInt8]

    var description: String { "\(file) \(path)" }
}

/// The recorded traffic of `Tests/Fixtures/captures`.
enum Captures {
    static let all: [CapturedRequest] = {
        let folder = Checkout.root.appending(path: "Tests/Fixtures/captures")
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".jsonl") }.sorted().flatMap { file in
            let text = (try? String(contentsOf: folder.appending(path: file), encoding: .utf8)) ?? ""
            return text.split(separator: "\n").compactMap { line -> CapturedRequest? in
                guard let record = try? JSON.decode(JSONValue.self, from: Array(line.utf8)),
                    let path = record["path"]?.string, let body = record["body"]?.string
                else { return nil }
                return CapturedRequest(file: file, path: path, body: Array(body.utf8))
            }
        }
    }()

    static func of(_ path: String) -> [CapturedRequest] { all.filter { $0.path == path } }
}
