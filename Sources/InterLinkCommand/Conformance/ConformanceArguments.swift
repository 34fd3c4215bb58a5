import Foundation
import InterLinkConformance
import InterLinkHTTPClient

/// What the command line of `conformance` says.
struct ConformanceArguments {
    /// Nil: print the list.
    private(set) var endpoint: InterLinkEndpoint?
    private(set) var options = ConformanceOptions()
    /// Where the reports go, by file.
    private(set) var files = ReportFiles()

    init(_ arguments: [String]) throws(UsageError) {
        var words = ArgumentReader(arguments)
        var isList = false
        while let word = words.next() {
            if try TargetArguments.take(word, from: &words, into: &options.target, &options.client) { continue }
            switch word {
            case "--list": isList = true
            case "--capability": try declare(try words.value(of: word))
            case "--restart":
                let command = RestartCommand(text: try words.value(of: word))
                options.restart = { try await command.run() }
            case "--start": options.allowances.start = try words.seconds(of: word)
            case "--change": options.allowances.change = try words.seconds(of: word)
            case "--stop": options.allowances.stop = try words.seconds(of: word)
            case "--quiet": options.allowances.quiet = try words.seconds(of: word)
            case "--parallel": options.parallelism = try words.count(of: word)
            case "--only": options.only.append(try words.value(of: word))
            case "--skip": options.skip.append(try words.value(of: word))
            case "--json": files.json = try words.value(of: word)
            case "--junit": files.junit = try words.value(of: word)
            case "--html": files.html = try words.value(of: word)
            default: try take(place: word)
            }
        }
        if endpoint == nil, !isList {
            throw UsageError(
                problem: "where the plugin listens is missing",
                advice: "Try interlink-plugin conformance /run/interlink/plugin.sock, or --list.")
        }
        if isList { endpoint = nil }
        // All that is possible: without a command nothing can be started again.
        if options.capabilities == Set(Capability.allCases), options.restart == nil {
            options.capabilities.remove(.restart)
        }
    }

    private mutating func take(place word: String) throws(UsageError) {
        let place = try TargetArguments.endpoint(word, of: "conformance")
        guard endpoint == nil else {
            throw UsageError(
                problem: "\(word.debugDescription) is one place too many", advice: "Conformance takes one plugin.")
        }
        endpoint = place
    }

    private mutating func declare(_ names: String) throws(UsageError) {
        for name in names.split(separator: ",").map(String.init) {
            if name == "all" {
                options.capabilities = Set(Capability.allCases)
            } else if let capability = Capability(rawValue: name) {
                options.capabilities.insert(capability)
            } else {
                let known = Capability.allCases.map(\.rawValue).joined(separator: ", ")
                throw UsageError(
                    problem: "there is no capability \(name.debugDescription)", advice: "There are \(known), and all.")
            }
        }
    }
}
