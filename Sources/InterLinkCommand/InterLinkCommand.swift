import Foundation

/// `interlink-plugin`: the command for those who write, test and run plugins.
@main struct InterLinkCommand {
    static let version = "0.1.0"

    static let commands: [any Command.Type] = [
        BenchCommand.self, ConformanceCommand.self, DemoCommand.self, DescribeCommand.self, OpenAPICommand.self,
    ]

    static func main() async {
        do {
            try await run(Array(CommandLine.arguments.dropFirst()))
        } catch let error as UsageError {
            fail("\(error)", status: 2)
        } catch let error as CommandError {
            fail("\(error)", status: error.status)
        } catch {
            fail("\(error)", status: 1)
        }
    }

    private static func run(_ arguments: [String]) async throws {
        guard let name = arguments.first else {
            throw UsageError(problem: "a command is missing", advice: "See interlink-plugin --help.")
        }
        let rest = Array(arguments.dropFirst())
        switch name {
        case "--help", "-h": print(help)
        case "--version": print("interlink-plugin \(version)")
        case "help": print(try rest.first.map { try command($0).help } ?? help)
        default:
            let command = try command(name)
            if rest.contains("--help") || rest.contains("-h") { return print(command.help) }
            try await command.init(arguments: rest).run()
        }
    }

    private static func command(_ name: String) throws(UsageError) -> any Command.Type {
        if let command = commands.first(where: { $0.name == name }) { return command }
        throw UsageError(
            problem: "there is no command \(name.debugDescription)",
            advice: "The commands are \(commands.map { $0.name }.joined(separator: ", ")); see interlink-plugin --help."
        )
    }

    private static var help: String {
        let width = commands.map { $0.name.count }.max() ?? 0
        let lines = commands.map { command in
            "  \(command.name.padding(toLength: width + 2, withPad: " ", startingAt: 0))\(command.summary)"
        }
        return """
            interlink-plugin: for those who write, test and run interLink plugins.

            usage: interlink-plugin COMMAND [ARGUMENTS]

            \(lines.joined(separator: "\n"))

              --help      this text; behind a command, the text of the command
              --version   the version

            Exit status: 0 done, 1 it could not be done, 2 the arguments make no sense.
            """
    }

    private static func fail(_ message: String, status: Int32) -> Never {
        FileHandle.standardError.write(Data("interlink-plugin: \(message)\n".utf8))
        exit(status)
    }
}
