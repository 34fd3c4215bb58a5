import KubernetesModel
import LosslessJSON
import Testing

/// What a typed value does not say is kept, until its member is written to.
@Suite struct ExtrasTests {
    private func again(_ text: String) throws -> String {
        String(decoding: JSON.encode(try JSON.decode(Container.self, from: Array(text.utf8))), as: UTF8.self)
    }

    @Test func absentNullAndEmptyStayDifferent() throws {
        #expect(try again(#"{"name":"c"}"#) == #"{"name":"c"}"#)
        #expect(try again(#"{"name":"c","env":[]}"#) == #"{"env":[],"name":"c"}"#)
        #expect(try again(#"{"name":"c","env":null}"#) == #"{"name":"c","env":null}"#)
        let container = try JSON.decode(Container.self, from: Array(#"{"name":"c","env":null,"args":[]}"#.utf8))
        #expect(container.env == nil && container.args == [] && container.command == nil)
        #expect(container.extras["env"] == "null" && container.extras["args"] == nil)
    }

    @Test func unknownMembersKeepTheirText() throws {
        let text = #"{"name":"c","future":{"a":[1.50,1e2],"b":"\u0041"}}"#
        #expect(try again(text) == text)
        let container = try JSON.decode(Container.self, from: Array(text.utf8))
        #expect(container.extras["future"] == #"{"a":[1.50,1e2],"b":"\u0041"}"#)
    }

    @Test func unusualNumbersKeepTheirText() throws {
        let text = #"{"containerPort":80.0,"hostPort":8e1}"#
        let port = try JSON.decode(ContainerPort.self, from: Array(text.utf8))
        #expect(port.containerPort == 80 && port.hostPort == 80)
        #expect(String(decoding: JSON.encode(port), as: UTF8.self) == text)
        let context = try JSON.decode(PodSecurityContext.self, from: Array(#"{"supplementalGroups":[1,2.0,3]}"#.utf8))
        #expect(context.supplementalGroups == [1, 2, 3])
        #expect(String(decoding: JSON.encode(context), as: UTF8.self) == #"{"supplementalGroups":[1,2.0,3]}"#)
    }

    @Test func unusualTimesKeepTheirText() throws {
        for time in ["2026-11-20T10:36:23+02:00", "2026-11-20T08:36:23.500Z", "2026-11-20T08:36:23.1234567891Z"] {
            let text = "{\"creationTimestamp\":\"\(time)\"}"
            let metadata = try JSON.decode(ObjectMeta.self, from: Array(text.utf8))
            #expect(metadata.creationTimestamp != nil)
            #expect(String(decoding: JSON.encode(metadata), as: UTF8.self) == text)
        }
    }

    @Test func aTypedWriteForgetsTheText() throws {
        var port = try JSON.decode(ContainerPort.self, from: Array(#"{"containerPort":80.0,"hostIP":null,"x":1}"#.utf8))
        port.containerPort = 81
        #expect(String(decoding: JSON.encode(port), as: UTF8.self) == #"{"containerPort":81,"hostIP":null,"x":1}"#)
        port.hostIP = nil
        #expect(String(decoding: JSON.encode(port), as: UTF8.self) == #"{"containerPort":81,"x":1}"#)
        try port.extras.set("x", json: "[2]")
        try port.extras.set("hostPort", json: "8e3")
        #expect(String(decoding: JSON.encode(port), as: UTF8.self) == #"{"containerPort":81,"x":[2],"hostPort":8e3}"#)
        #expect(throws: JSONError.self) { try port.extras.set("x", json: "1,\"y\":2") }
    }

    @Test func ofDuplicatesTheLastWinsInBothForms() throws {
        #expect(try again(#"{"name":"a","name":"b"}"#) == #"{"name":"b"}"#)
        #expect(try again(#"{"name":"a","env":null,"env":[]}"#) == #"{"env":[],"name":"a"}"#)
        #expect(try again(#"{"name":"a","env":[],"env":null}"#) == #"{"name":"a","env":null}"#)
        #expect(
            try again(#"{"name":"a","tty":true,"stdin":true,"tty":false}"#) == #"{"name":"a","stdin":true,"tty":false}"#
        )
        let spec = try JSON.decode(
            Pod.self,
            from: Array(#"{"metadata":{"name":"x","uid":"u"},"metadata":{"name":"y"},"spec":{"containers":[]}}"#.utf8))
        #expect(spec.metadata.name == "y" && spec.metadata.uid == nil)
    }

    @Test func loneSurrogatesSurvive() throws {
        let text = #"{"name":"c","image":"\ud800x"}"#
        #expect(try again(text) == text)
    }

    @Test func namesThatOnlyLookEqualStayApart() throws {
        let text = "{\"name\":\"c\",\"caf\u{e9}\":1,\"cafe\u{301}\":2}"
        #expect(Array(try again(text).utf8) == Array(text.utf8))
    }

    @Test func namesMayBeEscaped() throws {
        let container = try JSON.decode(Container.self, from: Array(#"{"\u006eame":"c"}"#.utf8))
        #expect(container.name == "c")
    }

    @Test func aMissingRequiredMemberIsAnErrorUnlessGoIsImitated() throws {
        let body = Array(#"{"state":{"terminated":{}},"name":"c"}"#.utf8)
        #expect(throws: JSONError.self) { try JSON.decode(ContainerStatus.self, from: body) }
        var options = JSONReader.Options()
        options.missingMembersAreZero = true
        let status = try JSON.decode(ContainerStatus.self, from: body, options: options)
        #expect(status.state?.terminated?.exitCode == 0 && status.image == "")
        #expect(status.state?.terminated?.extras.names == ["exitCode"])
        #expect(try JSON.decode(JSONValue.self, from: JSON.encode(status)) == JSON.decode(JSONValue.self, from: body))
    }
}
