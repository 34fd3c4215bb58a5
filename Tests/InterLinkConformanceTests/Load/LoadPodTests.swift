import Glibc
import InterLinkAPI
import KubernetesModel
import LosslessJSON
import Testing

@testable import InterLinkConformance

@Suite struct LoadPodTests {
    private var options: LoadOptions {
        var options = LoadOptions()
        options.pods = 200
        options.nodes = 3
        options.followed = 5
        return options
    }

    private var pods: [LoadPod] {
        (0..<options.pods).map { LoadPod(index: $0, uid: "uid-\($0)", load: "abc", options: options) }
    }

    @Test func everyKindOfPodIsOnEveryNode() {
        for node in 0..<3 {
            let roles = pods.filter { $0.node == node }.map(\.role)
            #expect(roles.contains(.stays))
            #expect(roles.contains(.prints))
            #expect(Set(roles).count > 4, "different exit codes too")
        }
        #expect(pods.count { $0.role == .prints } == 5)
        #expect(pods.contains { $0.containers.count == 2 })
        #expect(Set(pods.map(\.name)).count == pods.count)
    }

    /// The script is run by a shell here, as by a plugin.
    @Test func whatAContainerPrintsCanBeRead() throws {
        let pod = try #require(pods.first { $0.role == .ends(code: 3) })
        let (output, code) = try shell(LoadScript(pod: pod, runTime: .seconds(1)).text(for: pod.main))
        let log = LogWitness(output, of: pod, container: pod.main)
        #expect(code == 3)
        #expect(log.untruths(hasEnded: true) == [])
        let start = try #require(log.start)
        let end = try #require(log.end)
        #expect((0.9...).contains(end.seconds + end.doubt - start.seconds))
        #expect(abs(WallTime.now.seconds - end.seconds) < 60)
    }

    @Test func followedLogsHaveALineASecond() throws {
        let pod = try #require(pods.first { $0.role == .prints })
        let (output, code) = try shell(LoadScript(pod: pod, runTime: .seconds(2)).text(for: pod.main))
        #expect(code == 0)
        #expect(PrintedLine.all(in: output).map(\.event) == [.start, .line, .line, .end])
    }

    @Test(arguments: [
        ("1795164663.123456789", 1_795_164_663.123456789, 0.0), ("1795164663.", 1_795_164_663, 1),
        ("1795164663.%N", 1_795_164_663, 1), ("1795164663", 1_795_164_663, 1),
    ])
    func timesOfAnyDateAreRead(text: String, seconds: Double, doubt: Double) throws {
        let time = try #require(WallTime(printed: Substring(text)))
        #expect(abs(time.seconds - seconds) < 0.001)
        #expect(time.doubt == doubt)
    }

    @Test(arguments: ["", "yesterday", "-3", ".5"]) func whatIsNoTimeIsNone(text: String) {
        #expect(WallTime(printed: Substring(text)) == nil)
    }

    /// The body of a create is one that a plugin can read, and about as large as a real one.
    @Test func aCreateIsAsLargeAsARealOne() throws {
        let requests = PodRequests(options: options, load: "abc")
        let body = JSON.encode(requests.create(pods[7], at: .now))
        let read = try WireBody.create(body)
        #expect(read.pod.metadata.uid == "uid-7")
        #expect(read.containers?.map(\.name) == pods[7].containers)
        #expect((4000...20_000).contains(body.count))
    }

    @Test func aStatusCarriesTheJobsID() throws {
        let requests = PodRequests(options: options, load: "abc")
        let pod = requests.pod(pods[0], created: .now, jobID: "42", held: [])
        let read = try WireBody.status(JSON.encode([pod]))
        #expect(read.first?.jobID == "42")
        #expect(read.first?.containers == pods[0].containers)
        #expect(read.first?.phase == "Pending")
    }

    private func shell(_ script: String) throws -> (String, Int32) {
        let quoted = "'" + script.replacing("'", with: "'\\''") + "'"
        let pipe = try #require(popen("/bin/sh -c \(quoted)", "r"))
        var output: [UInt8] = []
        var bytes = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = fread(&bytes, 1, bytes.count, pipe)
            if count == 0 { break }
            output += bytes[..<count]
        }
        return (String(decoding: output, as: UTF8.self), pclose(pipe) >> 8)
    }
}
