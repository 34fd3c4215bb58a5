import Glibc
import InterLinkHTTPClient
import Testing

@testable import InterLinkConformance

@Suite struct ProcessUseTests {
    /// The name of a program may hold anything.
    @Test func aLineOfProcIsRead() throws {
        let line =
            "42 (a) b (c)) S 1 42 42 0 -1 4194560 100 0 0 0 150 50 25 25 20 0 8 0 1000 90000000 512 18446744073709551615"
        let use = try #require(ProcessUse(stat: line))
        #expect(use.memory == 512 * sysconf(Int32(_SC_PAGESIZE)))
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        #expect(abs(use.processorTime.inSeconds - 250 / ticks) < 1e-6)
    }

    @Test(arguments: ["", "42", "42 (x) S 1"]) func whatIsNoneIsNil(line: String) {
        #expect(ProcessUse(stat: line) == nil)
    }

    @Test func onlyUnixSocketsTellWhoListens() {
        #expect(PeerProcess(at: .url("http://127.0.0.1:1")) == nil)
        #expect(PeerProcess(at: .unixSocket("/nowhere/plugin.sock")) == nil)
        #expect(PeerProcess(at: .unixSocket("/" + String(repeating: "x", count: 200))) == nil)
    }
}
