import CLinux
import Glibc
import InterLinkSystem

/// A command that has been checked, and how it is started.
struct SpawnPlan: Sendable {
    let command: Command
    private let searchPath: [String]
    private let environment: [String]

    init(_ command: Command, _ configuration: CommandRunner.Configuration) throws(CommandError) {
        self.command = command
        searchPath = configuration.searchPath
        let variables = ["PATH": configuration.searchPath.joined(separator: ":")]
            .merging(configuration.environment) { $1 }
            .merging(command.environment) { $1 }
        environment = variables.map { "\($0.key)=\($0.value)" }.sorted()
        let name = command.program
        guard !name.isEmpty, name.hasPrefix("/") || !name.utf8.contains(UInt8(ascii: "/")) else {
            throw CommandError(name.debugDescription, .invalid, "a program is a name or an absolute path")
        }
        guard !([name] + command.arguments + environment).contains(where: { $0.utf8.contains(0) }) else {
            throw CommandError(
                name.debugDescription, .invalid, "the name, an argument or a variable has a zero byte in it")
        }
        guard !variables.keys.contains(where: { $0.isEmpty || $0.utf8.contains(UInt8(ascii: "=")) }) else {
            throw CommandError(name, .invalid, "the name of a variable is empty or has a \"=\" in it")
        }
    }

    /// Starts the program; its outputs go to these descriptors.
    func spawn(output: Int32, errorOutput: Int32) throws(CommandError) -> pid_t {
        let path = try locate()
        let input = try command.input.map { bytes throws(CommandError) in try memoryFile(bytes) }
        var pid: pid_t = 0
        let code = withCStrings([command.program] + command.arguments) { arguments in
            withCStrings(environment) { environment in
                withExtendedLifetime(input) {
                    il_spawn(
                        &pid, path, arguments, environment, command.workingDirectory, input?.rawValue ?? -1, output,
                        errorOutput)
                }
            }
        }
        guard code == 0 else { throw explain(code, path) }
        return pid
    }

    private func locate() throws(CommandError) -> String {
        if command.program.hasPrefix("/") { return command.program }
        var isThere = false
        for folder in searchPath {
            let path = "\(folder)/\(command.program)"
            var information = stat()
            guard stat(path, &information) == 0, information.st_mode & S_IFMT == S_IFREG else { continue }
            if access(path, X_OK) == 0 { return path }
            isThere = true
        }
        let places = searchPath.joined(separator: ":")
        throw isThere
            ? CommandError(command.program, .notExecutable, "found in \(places), but not executable")
            : CommandError(command.program, .notFound, "not found in \(places)")
    }

    /// All input at once, in memory: a program that does not read it holds nobody up.
    private func memoryFile(_ bytes: [UInt8]) throws(CommandError) -> FileDescriptor {
        let number = il_memory_file("command-input")
        guard number >= 0 else { throw CommandError(command.program, call: "memfd_create", code: errno) }
        let file = FileDescriptor(owning: number)
        if let code = writeAll(bytes, to: number) { throw CommandError(command.program, call: "write", code: code) }
        lseek(number, 0, SEEK_SET)
        return file
    }

    /// The error of exec does not say what it is about.
    private func explain(_ code: Int32, _ path: String) -> CommandError {
        let reason = String(cString: strerror(code))
        if let folder = command.workingDirectory, access(folder, X_OK) != 0 {
            let reason = String(cString: strerror(errno))
            return CommandError(command.program, .noWorkingDirectory, "cannot start in \(folder): \(reason)")
        }
        switch code {
        case ENOENT where access(path, F_OK) == 0:
            return CommandError(command.program, .notExecutable, "the interpreter that \(path) names is not there")
        case ENOENT, ENOTDIR:
            return CommandError(command.program, .notFound, "\(path): \(reason)")
        case EACCES, EPERM, ENOEXEC, EISDIR, ELIBBAD:
            return CommandError(command.program, .notExecutable, "\(path): \(reason)")
        default:
            return CommandError(command.program, call: "posix_spawn", code: code)
        }
    }
}
