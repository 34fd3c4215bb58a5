import KubernetesModel
import LosslessJSON
import Testing

@testable import InterLinkPluginKit

@Suite struct PodTotalsTests {
    private func container(_ name: String, cpu: String, sidecar: Bool = false) -> String {
        let policy = sidecar ? #","restartPolicy":"Always""# : ""
        return #"{"name":"\#(name)","resources":{"limits":{"cpu":"\#(cpu)"}}\#(policy)}"#
    }

    private func totals(_ containers: [String], inits: [String] = [], more: String = "") throws -> PodTotals {
        let text = """
            {"containers":[\(containers.joined(separator: ","))],"initContainers":[\(inits.joined(separator: ","))]\(more)}
            """
        return PodTotals(of: try JSON.decode(from: Array(text.utf8)))
    }

    @Test func containersAreSummed() throws {
        #expect(try totals([container("a", cpu: "1500m"), container("b", cpu: "2")])["cpu"] == "3500m")
    }

    @Test func theLargestInitContainerCountsWhereItIsLarger() throws {
        let containers = [container("a", cpu: "2"), container("b", cpu: "1")]
        let small = [container("i", cpu: "1"), container("j", cpu: "2")]
        #expect(try totals(containers, inits: small)["cpu"] == "3")
        #expect(try totals(containers, inits: small + [container("k", cpu: "8")])["cpu"] == "8")
    }

    @Test func sidecarsAreAddedToWhatRunsBesideThem() throws {
        let sidecar = container("s", cpu: "1", sidecar: true)
        #expect(try totals([container("a", cpu: "2")], inits: [sidecar])["cpu"] == "3")
        // The init container after the sidecar runs beside it, the one before does not.
        #expect(try totals([container("a", cpu: "2")], inits: [sidecar, container("i", cpu: "5")])["cpu"] == "6")
        #expect(try totals([container("a", cpu: "2")], inits: [container("i", cpu: "5"), sidecar])["cpu"] == "5")
    }

    @Test func theLimitOrElseTheRequestCounts() throws {
        let both = #"{"name":"a","resources":{"requests":{"cpu":"1","memory":"1Gi"},"limits":{"cpu":"2"}}}"#
        let totals = try totals([both])
        #expect(totals["cpu"] == "2")
        #expect(totals["memory"] == "1Gi")
        #expect(totals["nvidia.com/gpu"] == .zero)
    }

    @Test func whatThePodAsksForTakesThePlaceOfTheSumAndOverheadComesOnTop() throws {
        let more = #","resources":{"limits":{"cpu":"4"}},"overhead":{"cpu":"250m","memory":"1Mi"}"#
        let totals = try totals([container("a", cpu: "9")], more: more)
        #expect(totals["cpu"] == "4250m")
        #expect(totals["memory"] == "1Mi")
    }
}
