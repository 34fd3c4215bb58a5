import InterLinkAPI
import LosslessJSON
import TestSupport
import Testing

@Suite struct ScannerTests {
    @Test func sidecarsAreToldFromInitContainers() throws {
        let body =
            #"{"metadata":{"uid":"u"},"spec":{"initContainers":[{"name":"a"},{"restartPolicy":"Always","name":"b"}],"containers":null}}"#
        let pod = try PodReference(scanning: Array(body.utf8))
        #expect(pod.initContainers == ["a"] && pod.sidecars == ["b"] && pod.containers.isEmpty)
    }

    @Test func nothingButTheShapeIsAskedFor() throws {
        #expect(try PodReference(scanning: Array("{}".utf8)) == PodReference())
        #expect(try PodReference(scanning: Array(#"{"metadata":null,"spec":null}"#.utf8)) == PodReference())
        #expect(
            try PodReference(scanning: Array(#"{"metadata":{"annotations":null,"uid":null}}"#.utf8)) == PodReference())
    }

    @Test(arguments: [
        #"[{"metadata":{"uid":"u"}]"#, #"[{"metadata":{"uid":1}}]"#, #"[{"spec":{"containers":{}}}]"#,
        #"[{"status":{"x":[}}]"#,
        #"[{"metadata":{"uid":"u"}},]"#, #"[{"status":01}]"#, "[null]", "[[]]",
        #"[{"metadata":{"deletionTimestamp":"now"}}]"#,
        #"[{"status":"\x"}]"#,
    ])
    func brokenBodiesAreRefused(_ body: String) {
        #expect(throws: WireError.self) { try WireBody.status(Array(body.utf8)) }
    }

    @Test func takenTextMustBeUnicode() {
        var body = Array(#"[{"metadata":{"uid":"u"}}]"#.utf8)
        body[20] = 0xFF
        #expect(throws: WireError.self) { try WireBody.status(body) }
    }

    /// Damaged captures: never a crash, and where the whole reader accepts a body, the scan agrees with it.
    @Test func damagedTrafficDoesNoHarm() throws {
        let bodies = Captures.of("/delete").map(\.body) + Captures.of("/status").map(\.body)
        var generator = SeededGenerator(seed: 20_261_120)
        func random(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }
        var refused = 0
        for _ in 0..<FuzzRounds.count {
            var body = bodies[random(bodies.count)]
            for _ in 0...random(3) {
                let index = random(body.count)
                switch random(4) {
                case 0: body[index] = UInt8(random(256))
                case 1: body.remove(at: index)
                case 2: body.insert(Array("{}[]:,\"\\0".utf8)[random(9)], at: index)
                default: body.removeSubrange(index..<min(body.count, index + 1 + random(50)))
                }
                if body.isEmpty { body = [0x7B] }
            }
            let scanned = (try? WireBody.status(body).count) ?? (try? WireBody.delete(body)).map { _ in 1 }
            let structure: Void? = try? JSON.read(body) { (reader) throws(JSONError) in try reader.skipValue() }
            if scanned == nil {
                refused += 1
            } else {
                #expect(structure != nil, "\(String(decoding: body, as: UTF8.self))")
            }
        }
        #expect(refused > 0)
    }
}
