import InterLinkPluginKit
import TestSupport
import Testing

@testable import InterLinkBatch

/// State files are read with bounds: whoever runs in the job may have written them.
@Suite struct StateFileTests {
    private let fixtures = EvidenceFixtures()

    private func read(_ text: String) throws -> PodStateFile {
        try PodStateFile(Array(text.utf8), of: try fixtures.mark)
    }

    private var head: String {
        get throws { "format=1\nmark=\(try fixtures.mark)\nattempt=1\nphase=running\n" }
    }

    @Test("the example of the format is read")
    func example() throws {
        let file = try read(
            """
            format=1
            mark=\(try fixtures.mark)
            attempt=2
            sequence=17
            node=n7
            job=4711
            phase=stopping
            started=1795181123
            reason=DeadlineExceeded
            message=it%20took%20%C3%BCber%0Along
            c0.name=setup
            c0.state=terminated
            c0.reason=Completed
            c0.started=1795181124
            c0.finished=1795181125
            c0.exit=0
            c0.restarts=1
            c0.up=1
            c0.ready=1
            c0.image=sha256:abc
            c0.last.exit=1
            c0.last.reason=Error
            later.key=is%20skipped

            """)
        #expect(file.attempt == 2)
        #expect(file.sequence == 17)
        #expect(file.job == "4711")
        #expect(file.phase == .stopping)
        #expect(file.message == "it took über\nlong")
        #expect(!file.isClosed)
        #expect(file.containers.count == 1)
        #expect(file.containers.first?.exitCode == 0)
        #expect(file.containers.first?.last?.exitCode == 1)
        #expect(file.containers.first?.isReady == true)
    }

    @Test("the mark must be the job's")
    func foreignMark() throws {
        let other = "format=1\nmark=il-zzzzzzzz-\(try fixtures.pod.uid)\nattempt=1\nphase=running\n"
        #expect(throws: StateFileFault.self) { try read(other) }
    }

    @Test(
        "what is not a state file tells nothing",
        arguments: [
            "", "format=2\n", "format=1\n", "\0\0\0", "format=1\nmark=x\n", "=\n=\n=", "format=%zz\n",
        ])
    func faults(text: String) { #expect(throws: StateFileFault.self) { try read(text) } }

    @Test(
        "an end needs a code, and numbers keep to their range",
        arguments: [
            "c0.name=a\nc0.state=terminated\n", "c0.name=a\nc0.state=terminated\nc0.exit=256\n",
            "c0.name=a\nc0.state=terminated\nc0.exit=-1\n", "c0.name=a\nc0.state=flying\n",
        ])
    func badContainers(text: String) throws {
        let head = try head
        #expect(throws: StateFileFault.self) { try read(head + text) }
    }

    @Test("a huge file is refused, a huge line is as if it were not there")
    func sizes() throws {
        #expect(throws: StateFileFault.tooLarge) {
            try PodStateFile([UInt8](repeating: 10, count: PodStateFile.limit + 1), of: try fixtures.mark)
        }
        let file = try read(try head + "message=" + String(repeating: "x", count: 100_000) + "\n")
        #expect(file.message == nil)
    }

    @Test("whatever bytes it holds, reading it ends")
    func fuzz() throws {
        var generator = SeededGenerator(seed: 7)
        let mark = try fixtures.mark
        let good = Array((try head + "c0.name=a\nc0.state=running\nc0.message=%41%42\n").utf8)
        for _ in 0..<FuzzRounds.count / 10 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            if let file = try? PodStateFile(bytes, of: mark) { #expect(file.containers.count <= 1) }
        }
    }

    @Test(
        "percent-encoding is undone to the byte",
        arguments: [
            ("a%2fb", "a/b"), ("%E2%82%AC", "€"), ("%", nil), ("%4", nil), ("%4g", nil), ("%FF", "\u{FFFD}"), ("", ""),
        ])
    func percent(text: String, decoded: String?) { #expect(PercentText.decode(text.utf8) == decoded) }
}
