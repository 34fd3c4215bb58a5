import Foundation
import InterLinkConformance
import InterLinkHTTPClient

/// What `conformance` and `bench` both have to be told of a plugin: how pods are written for it, and how it is reached.
enum TargetArguments {
    /// Takes an option of these with its value; false when the word is none of them.
    static func take(
        _ word: String, from words: inout ArgumentReader, into target: inout ConformanceTarget,
        _ client: inout HTTPClient.Configuration
    ) throws(UsageError) -> Bool {
        switch word {
        case "--image": target.image = try words.value(of: word)
        case "--shell": target.shell = try words.value(of: word).split(separator: " ").map(String.init)
        case "--namespace": target.namespace = try words.value(of: word)
        case "--annotation":
            let (key, value) = try words.pair(of: word)
            target.annotations[key] = value
        case "--limit":
            let (key, value) = try words.pair(of: word)
            target.limits[key] = value
        case "--target": target = try read(try words.value(of: word))
        case "--token-file": client.credentials = .bearer(file: try words.value(of: word))
        default: return false
        }
        return true
    }

    /// Where a plugin listens.
    static func endpoint(_ word: String, of command: String) throws(UsageError) -> InterLinkEndpoint {
        guard !word.hasPrefix("-") else {
            throw UsageError(
                problem: "there is no option \(word)", advice: "See interlink-plugin \(command) --help.")
        }
        guard let place = InterLinkEndpoint(word) else {
            throw UsageError(
                problem: "\(word.debugDescription) is not where a plugin can listen",
                advice: "Write an absolute path of a socket, unix:///PATH, or http://HOST:PORT.")
        }
        return place
    }

    private static func read(_ path: String) throws(UsageError) -> ConformanceTarget {
        do {
            let data = try Data(contentsOf: URL(filePath: path))
            return try JSONDecoder().decode(ConformanceTarget.self, from: data)
        } catch {
            throw UsageError(
                problem: "\(path) cannot be read as a target: \(error.localizedDescription)",
                advice: "It is JSON: {\"image\": \"…\", \"shell\": [\"/bin/sh\", \"-c\"]}")
        }
    }
}
