import InterLinkAPI
import KubernetesModel
import LosslessJSON
import Testing

@testable import InterLinkConformance

/// Answers are read as Go reads them: what it forgives is no fault, and what it does not is one.
@Suite struct GoReadingTests {
    @Test(arguments: [
        #"[{"name":"p","UID":"u","namespace":"n","containers":[{"name":"a","state":{"terminated":{"exitCode":3}}}]}]"#,
        #"[{"Name":"p","uid":"u","NAMESPACE":"n","Containers":[{"NAME":"a","State":{"Terminated":{"ExitCode":3}}}]}]"#,
        #"[{"name":"p","UID":"u","namespace":"n","new":{},"containers":[{"name":"a","state":{"terminated":{"exitCode":3,"x":1}}}]}]"#,
    ])
    func namesInAnyCaseAndMembersThatNobodyKnows(_ body: String) throws {
        let answers = try GoReading.statuses(Array(body.utf8))
        #expect(answers.first?.uid == "u")
        #expect(answers.first?.name == "p")
        #expect(answers.first?.containers.first?.state?.terminated?.exitCode == 3)
    }

    @Test(arguments: ["null", "[]"]) func nothing(_ body: String) throws {
        #expect(try GoReading.statuses(Array(body.utf8)).isEmpty)
    }

    @Test(arguments: [
        "", "{}", "text", #"{"UID":"u"}"#, #"[{"UID":7}]"#, #"[{"containers":{}}]"#,
        #"[{"containers":[{"state":{"running":{"startedAt":"yesterday"}}}]}]"#,
        #"[{"containers":[{"state":{"terminated":{"exitCode":5000000000}}}]}]"#,
    ])
    func whatGoRefuses(_ body: String) {
        #expect(throws: JSONError.self) { try GoReading.statuses(Array(body.utf8)) }
    }

    @Test func aPingWithANumberForAQuantityIsNoAnswer() throws {
        #expect(throws: JSONError.self) { try GoReading.ping(Array(#"{"resources":{"cpu":8}}"#.utf8)) }
        #expect(try GoReading.ping(Array(#"{"resources":{"CPU":"8"}}"#.utf8)).resources?.cpu == "8")
    }

    @Test func aCreateIsAnsweredByOneObjectWithTexts() throws {
        #expect(try GoReading.created(Array(#"{"poduid":"u","PODJID":"7"}"#.utf8)).podJID == "7")
        for body in [#"[{"PodUID":"u","PodJID":"7"}]"#, #"{"PodUID":"u","PodJID":7}"#, "7", ""] {
            #expect(throws: JSONError.self) { try GoReading.created(Array(body.utf8)) }
        }
    }
}
