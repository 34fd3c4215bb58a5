import Glibc

/// Kills a host at every failpoint, over and over, and checks that nothing was lost, doubled, forgotten or misreported.
///
///     FaultProbe drive [rounds a failpoint [at a time]]
///     FaultProbe host FOLDER first|leaving|asking|nobody
@main struct FaultProbe {
    static func main() async {
        let arguments = CommandLine.arguments
        if arguments.count == 4, arguments[1] == "host", let mode = HostProcess.Mode(rawValue: arguments[3]) {
            do {
                try await HostProcess.run(folder: arguments[2], mode: mode)
            } catch {
                print("fault probe: \(error)")
                exit(1)
            }
            exit(0)
        }
        guard arguments.count >= 2, arguments[1] == "drive" else {
            print("fault probe: drive [ROUNDS [PARALLEL]], or host FOLDER MODE")
            exit(64)
        }
        let driver = Driver(
            program: ownPath(), repeats: arguments.count > 2 ? Int(arguments[2]) ?? 1 : 1,
            parallel: arguments.count > 3 ? Int(arguments[3]) ?? 4 : 4)
        exit(driver.run() ? 0 : 1)
    }

    private static func ownPath() -> String {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        guard readlink("/proc/self/exe", &path, path.count - 1) > 0 else { return CommandLine.arguments[0] }
        return path.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    }
}
