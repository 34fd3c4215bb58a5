import Foundation
import Glibc
import Testing

@testable import InterLinkPluginKit

@Suite struct FaultProbeTests {
    /// The probe prints what it counted. `INTERLINK_FAULT_ROUNDS` asks for more rounds a failpoint than one.
    @Test(.timeLimit(.minutes(20))) func killedAnywhereNothingIsLostDoubledForgottenOrMisreported() async throws {
        let program = try #require(Self.folderOfTests()) + "/FaultProbe"
        let rounds = getenv("INTERLINK_FAULT_ROUNDS").map { String(cString: $0) } ?? "1"
        let status = await withCheckedContinuation { continuation in
            let thread = Thread { continuation.resume(returning: Self.run([program, "drive", rounds, "8"])) }
            thread.start()
        }
        #expect(status == 0)
    }

    @Test func failpointsAreOffUnlessTheEnvironmentArmsOne() {
        #expect(Failpoints(environment: nil) != nil)
        #expect(Failpoints(environment: "") != nil)
        #expect(Failpoints(environment: "stop.after:2") != nil)
        for wrong in ["no.such.point", "stop.after:x", "stop.after:1:2", ":1"] {
            #expect(Failpoints(environment: wrong) == nil)
        }
        for point in Failpoint.allCases { Failpoints.off.hit(point) }
    }

    private static func folderOfTests() -> String? {
        guard let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
            return nil
        }
        return path.lastIndex(of: "/").map { String(path[..<$0]) }
    }

    private static func run(_ arguments: [String]) -> Int32 {
        var child: pid_t = 0
        let copies = arguments.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        guard posix_spawn(&child, arguments[0], nil, nil, copies + [nil], environ) == 0 else { return -1 }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 && errno == EINTR { continue }
        return status
    }
}
