import Foundation
import InterLinkConformance
import InterLinkHTTPClient

/// What the command line of `bench` says.
struct BenchArguments {
    private(set) var endpoints: [InterLinkEndpoint] = []
    private(set) var options = LoadOptions()
    private(set) var json: String?
    private(set) var html: String?

    init(_ arguments: [String]) throws(UsageError) {
        var words = ArgumentReader(arguments)
        while let word = words.next() {
            if try TargetArguments.take(word, from: &words, into: &options.target, &options.client) { continue }
            switch word {
            case "--pods": options.pods = try words.number(of: word)
            case "--nodes": options.nodes = try words.number(of: word)
            case "--rate": options.rate = try words.decimal(of: word)
            case "--rounds": options.length = .rounds(try words.number(of: word))
            case "--duration": options.length = .duration(try words.time(of: word))
            case "--follow": options.followed = try words.number(of: word)
            case "--run-time": options.runTime = try words.time(of: word)
            case "--pause": options.pause = try words.time(of: word)
            case "--ping-pause": options.pingPause = try words.time(of: word)
            case "--patience": options.patience = try words.time(of: word)
            case "--json": json = try words.value(of: word)
            case "--html": html = try words.value(of: word)
            default: endpoints.append(try TargetArguments.endpoint(word, of: "bench"))
            }
        }
        guard 1...2 ~= endpoints.count else {
            throw UsageError(
                problem: "bench takes one plugin or two, but got \(endpoints.count)",
                advice: "Try interlink-plugin bench /run/interlink/plugin.sock")
        }
    }
}

extension ArgumentReader {
    fileprivate mutating func number(of option: String) throws(UsageError) -> Int {
        let text = try value(of: option)
        guard let number = Int(text), 0...1_000_000 ~= number else {
            throw UsageError(
                problem: "\(option) \(text.debugDescription) is no such number", advice: "Write \(option) 100")
        }
        return number
    }

    fileprivate mutating func decimal(of option: String) throws(UsageError) -> Double {
        let text = try value(of: option)
        guard let number = Double(text), number > 0, number <= 1_000_000 else {
            throw UsageError(
                problem: "\(option) \(text.debugDescription) is no such number", advice: "Write \(option) 2.5")
        }
        return number
    }

    /// `500ms`, `10s`, `5m`, `1h`; a number alone is seconds.
    fileprivate mutating func time(of option: String) throws(UsageError) -> Duration {
        let text = try value(of: option)
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let units = ["ms": 0.001, "s": 1, "": 1, "m": 60, "h": 3600]
        guard let number = Double(digits), number <= 1_000_000, let unit = units[String(text.dropFirst(digits.count))]
        else {
            throw UsageError(
                problem: "\(option) \(text.debugDescription) is no time", advice: "Write \(option) 30s, 500ms, 5m or 1h"
            )
        }
        return .milliseconds(Int64((number * unit * 1000).rounded()))
    }
}
