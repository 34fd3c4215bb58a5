import InterLinkAPI
import InterLinkTesting
import KubernetesModel
import LosslessJSON
import Testing

@testable import InterLinkPluginKit

@Suite struct StatusResponderTests {
    private func reference(_ uid: String, jobID: String? = nil) -> PodReference {
        var reference = PodReference()
        (reference.uid, reference.name, reference.namespace) = (uid, "pod", "space")
        reference.jobID = jobID
        reference.containers = ["main", "side"]
        return reference
    }

    @Test func eachPodOfARequestIsAnsweredAsTheHostKnowsIt() async throws {
        let rig = try await Rig()
        rig.backend.setStandingPlacements([Placement(site: "here")])
        try await rig.createAndAnswer(1)
        let responder = StatusResponder(lifecycle: rig.lifecycle)
        let lost = "il-otherone-\(try uid(3))"
        try await rig.turn {
            let standing = rig.lifecycle.standing(of: try uid(3), jobID: lost)
            return standing != .unknown(sureSince: nil)
        }
        let body = await responder.body(for: [
            reference(try uid(1).text), reference(try uid(2).text),
            reference(try uid(3).text, jobID: lost), reference("../etc", jobID: "il-4"),
        ])
        let answers: [PodStatusAnswer] = try JSON.decode(from: body)
        #expect(answers.map(\.uid) == [try uid(1).text, try uid(3).text])
        #expect(answers.map(\.containers.count) == [2, 2])
        #expect(answers.last?.short == "main137 side137")
        try await rig.delete(4)
        let deleted = await responder.body(for: [reference(try uid(4).text)])
        #expect(try SamplePod.single(deleted).containers.first?.state?.terminated?.reason == "Deleted")
        await rig.end()
    }
}
