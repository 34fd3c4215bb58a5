import InterLinkAPI
import KubernetesModel
import LosslessJSON
import Testing

@testable import InterLinkPluginKit

@Suite struct PingReportTests {
    private let start = Moment(seconds: 1_795_163_783)

    private func text(_ report: PingReport) -> String {
        switch report {
        case .well(let answer): String(decoding: JSON.encode(answer), as: UTF8.self)
        case .lost(let text): "lost: \(text)"
        }
    }

    private func trouble(_ why: String = "no route to host") -> BackendTrouble {
        BackendTrouble("listing jobs", why: why, since: start)
    }

    @Test func quantitiesAreStrings() {
        let capacity = Capacity(
            cpu: "128", memory: "512Gi", pods: 1000, accelerators: ["nvidia.com/gpu": 8, "a.b/c": 0])
        let reading = CapacityReading(capacity: capacity, taken: start)
        #expect(
            text(PingReport(reading, now: start)) == """
                {"resources":{"accelerators":[{"available":"0","resourceType":"a.b/c"},\
                {"available":"8","resourceType":"nvidia.com/gpu"}],"cpu":"128","memory":"512Gi","pods":"1000"},\
                "status":"ok"}
                """)
    }

    @Test(arguments: [
        Capacity(), Capacity(cpu: "0", memory: "0", pods: 0), Capacity(cpu: "-1", pods: -5),
        Capacity(accelerators: ["": 1, "bad name": 1, "nvidia.com/gpu": -1]),
    ])
    func whatIsNotKnownIsNeverZero(capacity: Capacity) {
        let reading = CapacityReading(capacity: capacity, taken: start)
        #expect(text(PingReport(reading, now: start)) == #"{"status":"ok"}"#)
    }

    @Test func beforeTheFirstAnswerNothingIsSaidAboutCapacity() {
        #expect(text(PingReport(CapacityReading(), now: start)) == #"{"status":"ok"}"#)
    }

    @Test func troubleIsToldAndTheLastCapacityKept() {
        var reading = CapacityReading(capacity: Capacity(cpu: "4"), taken: start)
        reading.trouble = BackendTrouble("asking for the capacity", why: "timed\nout", since: start + .seconds(60))
        let report = PingReport(reading, troubles: [trouble()], now: start + .seconds(86_400))
        #expect(
            text(report) == """
                {"resources":{"cpu":"4"},"status":"trouble at the backend: \
                listing jobs fails since 2026-11-20T08:36:23Z: no route to host; \
                asking for the capacity fails since 2026-11-20T08:37:23Z: timed out; capacity as of 2026-11-20T08:36:23Z"}
                """)
    }

    @Test func thePingFailsOnlyWhereThatIsWanted() {
        let reading = CapacityReading(capacity: Capacity(cpu: "4"), taken: start)
        let later = start + .seconds(600)
        #expect(text(PingReport(reading, troubles: [trouble()], now: later)).hasPrefix("{"))
        #expect(text(PingReport(reading, troubles: [trouble()], now: later, failAfter: .seconds(601))).hasPrefix("{"))
        #expect(
            text(PingReport(reading, troubles: [trouble()], now: later, failAfter: .seconds(600))).hasPrefix("lost: "))
        #expect(text(PingReport(reading, now: later, failAfter: .zero)).hasPrefix("{"))
        // Not knowing the capacity is not the loss of the backend.
        var unknown = reading
        unknown.trouble = trouble()
        #expect(text(PingReport(unknown, now: later, failAfter: .zero)).hasPrefix("{"))
    }

    @Test func theAnswerStaysSmall() {
        let many = Dictionary(uniqueKeysWithValues: (0..<1000).map { ("example.com/device-\($0)", 1) })
        let long = String(repeating: "very long words ", count: 1000)
        let troubles = (0..<50).map { _ in BackendTrouble(long, why: long, since: start) }
        let reading = CapacityReading(capacity: Capacity(accelerators: many), taken: start)
        #expect(text(PingReport(reading, troubles: troubles, now: start)).utf8.count < 4096)
    }
}
