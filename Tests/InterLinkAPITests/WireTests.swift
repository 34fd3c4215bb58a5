import InterLinkAPI
import KubernetesModel
import LosslessJSON
import Testing

@Suite struct WireTests {
    private func message(_ body: () throws(WireError) -> Void) -> String {
        do {
            try body()
            return "no error"
        } catch {
            return "\(error)"
        }
    }

    @Test func aListForACreateIsToldSo() {
        let text = message { () throws(WireError) in _ = try WireBody.create(Array("[{}]".utf8)) }
        #expect(
            text
                == #"create: expected an object, found a list; a create takes one object {"pod": …, "container": […]}, not a list"#
        )
    }

    @Test func everyWrongShapeIsTold() {
        #expect(
            message { () throws(WireError) in _ = try WireBody.create([]) }.hasPrefix("create: the document is empty"))
        #expect(
            message { () throws(WireError) in _ = try WireBody.create(Array("{}".utf8)) }
                .hasPrefix("create: pod: required, but missing; a create takes"))
        #expect(
            message { () throws(WireError) in _ = try WireBody.status(Array("{}".utf8)) }
                == "status: expected a list, found an object; a status takes a list of pods, an empty one for a ping")
        #expect(
            message { () throws(WireError) in _ = try WireBody.delete(Array("[]".utf8)) }
                == "delete: expected an object, found a list; a delete takes one pod, not a list")
        #expect(
            message { () throws(WireError) in _ = try WireBody.logs(Array("\"x\"".utf8)) }.contains("found a string"))
        #expect(
            message { () throws(WireError) in
                _ = try WireBody.create(Array(#"{"pod":{"metadata":{},"spec":{"containers":[{"name":1}]}}}"#.utf8))
            } == "create: pod.spec.containers[0].name: expected a string, found the number 1")
    }

    @Test func aPingIsAStatusWithoutPods() throws {
        #expect(try WireBody.status(Array("[]".utf8)).isEmpty)
        #expect(try WireBody.status(Array("null".utf8)).isEmpty)
    }

    @Test func zeroAndTheYearOneMeanUnset() throws {
        let body = #"{"PodUID":"u","Opts":{"Tail":0,"Bytes":0,"SinceSeconds":0,"SinceTime":"0001-01-01T00:00:00Z"}}"#
        let options = try #require(try WireBody.logs(Array(body.utf8)).options)
        #expect(
            options.tailLines == nil && options.byteLimit == nil && options.secondsBack == nil && options.since == nil)
        #expect(!options.wantsFollow && !options.wantsPrevious && !options.wantsTimestamps)
        let set =
            #"{"PodUID":"u","Opts":{"Tail":5,"Bytes":6,"SinceSeconds":7,"SinceTime":"2026-11-20T08:36:23Z","Follow":true}}"#
        let given = try #require(try WireBody.logs(Array(set.utf8)).options)
        #expect(given.tailLines == 5 && given.byteLimit == 6 && given.secondsBack == 7 && given.wantsFollow)
        #expect(given.since == Timestamp("2026-11-20T08:36:23Z"))
    }

    @Test func theOlderNameOfTheByteLimitIsTakenAndKept() throws {
        let text = #"{"LimitBytes":9}"#
        var options: LogOptions = try JSON.decode(from: Array(text.utf8))
        #expect(options.bytes == 9 && options.byteLimit == 9)
        #expect(String(decoding: JSON.encode(options), as: UTF8.self) == text)
        options.bytes = 10
        #expect(String(decoding: JSON.encode(options), as: UTF8.self) == #"{"Bytes":10}"#)
    }

    @Test func answersAreSpelledAsTheVirtualKubeletReadsThem() {
        let answer = CreateAnswer(podJID: "il-1", podUID: "u")
        #expect(String(decoding: JSON.encode(answer), as: UTF8.self) == #"{"PodJID":"il-1","PodUID":"u"}"#)
        let status = PodStatusAnswer(
            uid: "u",
            containers: [
                ContainerStatus(
                    image: "i", imageID: "", name: "c", ready: false, restartCount: 0,
                    state: ContainerState(terminated: ContainerStateTerminated(exitCode: 3)))
            ], name: "p", namespace: "n")
        #expect(
            String(decoding: JSON.encode([status]), as: UTF8.self)
                == #"[{"UID":"u","containers":[{"image":"i","imageID":"","name":"c","ready":false,"restartCount":0,"state":{"terminated":{"exitCode":3}}}],"name":"p","namespace":"n"}]"#
        )
        let ping = PingAnswer(
            resources: PingResources(
                accelerators: [PingAccelerator(resourceType: "nvidia.com/gpu", available: "8")], cpu: "128"),
            status: "ok")
        #expect(
            String(decoding: JSON.encode(ping), as: UTF8.self)
                == #"{"resources":{"accelerators":[{"available":"8","resourceType":"nvidia.com/gpu"}],"cpu":"128"},"status":"ok"}"#
        )
    }
}
