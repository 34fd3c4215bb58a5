import Foundation
import InterLinkAPI
import KubernetesModel
import LosslessJSON

/// `interlink-plugin describe FILE`
struct DescribeCommand: Command {
    static let name = "describe"
    static let summary = "tell what a recorded request of interLink asks for"
    static let help = """
        usage: interlink-plugin describe FILE

        Reads requests and tells in words what they ask for: the pods, their containers, images, volumes, and which log.
        Values of environment variables, ConfigMaps and Secrets are never shown. What is wrong with a request is told
        with its place.

        FILE holds one request a line, as a JSON object with "path" ("/create", "/status", "/delete" or "/getLogs") and
        "body" (the exact text), like the files in Tests/Fixtures/captures; or it is the body of one create.
        """

    private let path: String

    init(arguments: [String]) throws(UsageError) {
        guard arguments.count == 1, let path = arguments.first else {
            throw UsageError(
                problem: "describe takes one file, but got \(arguments.count)",
                advice: "Try interlink-plugin describe Tests/Fixtures/captures/hello.jsonl")
        }
        self.path = path
    }

    func run() throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandError(problem: "\(path) cannot be read", advice: "Is it there, and may you read it?")
        }
        var failures = 0
        for (route, body) in try requests(Array(data)) {
            do throws(WireError) {
                print(try RequestDescription(route: route, body: body).text)
            } catch {
                failures += 1
                print("\(route): refused\n  \(error)\n")
            }
        }
        if failures > 0 { throw CommandError(problem: "\(failures) of the requests would be refused") }
    }

    /// The requests of a recording, or the one create that the file is.
    private func requests(_ bytes: [UInt8]) throws -> [(route: String, body: [UInt8])] {
        let lines = bytes.split(whereSeparator: { $0 == 0x0A }).map(Array.init)
        var requests: [(route: String, body: [UInt8])] = []
        for line in lines {
            guard let record = try? JSON.decode(JSONValue.self, from: line), let route = record["path"]?.string,
                let body = record["body"]?.string
            else { return [("/create", bytes)] }
            requests.append((route, Array(body.utf8)))
        }
        guard !requests.isEmpty else {
            throw CommandError(problem: "\(path) is empty", advice: "See interlink-plugin describe --help.")
        }
        return requests
    }
}
