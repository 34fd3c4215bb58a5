package import InterLinkAPI
import KubernetesModel

/// The answer to a ping, made of what is known.
///
/// It is kept small, because a Virtual Kubelet stores it several times in its node; and it tells times, not ages, so
/// that the node changes only when something has changed.
package enum PingReport: Equatable {
    /// The host is well: answered with 200, whatever the backend is like.
    case well(PingAnswer)
    /// The backend is lost, and the site wants its node to be NotReady then: answered with 503 and this text.
    case lost(String)

    /// - Parameters:
    ///   - reading: What is known of the capacity.
    ///   - troubles: What else does not work at the backend. Any of them means that it is lost.
    ///   - now: The present moment.
    ///   - failAfter: How long the backend may be lost before the ping fails. `nil`, never: five minutes of failed
    ///     pings make Kubernetes evict every pod of the node.
    package init(_ reading: CapacityReading, troubles: [BackendTrouble] = [], now: Moment, failAfter: Duration? = nil) {
        let lost = troubles.map(\.since).min()
        let all = troubles + (reading.trouble.map { [$0] } ?? [])
        let status = Self.status(all, reading)
        if let failAfter, let lost, now - lost >= failAfter {
            self = .lost(status)
        } else {
            self = .well(PingAnswer(resources: reading.capacity.flatMap(Self.resources), status: status))
        }
    }

    private static func status(_ troubles: [BackendTrouble], _ reading: CapacityReading) -> String {
        guard !troubles.isEmpty else { return "ok" }
        let shown = troubles.prefix(3).map {
            "\(oneLine($0.what, atMost: 80)) fails since \(time($0.since)): \(oneLine($0.why, atMost: 300))"
        }
        let more = troubles.count > 3 ? ["and \(troubles.count - 3) more"] : []
        let old =
            reading.capacity != nil && reading.trouble != nil
            ? reading.taken.map { ["capacity as of \(time($0))"] } ?? [] : []
        return "trouble at the backend: " + (shown + more + old).joined(separator: "; ")
    }

    /// What is not known is left out: a Virtual Kubelet would take nothing for an amount. So is an amount that cannot
    /// be, like a node without processors: somebody could not ask, and said zero.
    private static func resources(_ capacity: Capacity) -> PingResources? {
        let accelerators = capacity.accelerators.sorted { $0.key < $1.key }
            .filter { isResourceName($0.key) && $0.value >= 0 }
            .prefix(20)
            .map { PingAccelerator(resourceType: $0.key, available: String($0.value)) }
        let resources = PingResources(
            accelerators: accelerators.isEmpty ? nil : accelerators,
            cpu: amount(capacity.cpu), memory: amount(capacity.memory),
            pods: capacity.pods.flatMap { $0 > 0 ? String($0) : nil })
        return resources == PingResources() ? nil : resources
    }

    private static func amount(_ quantity: Quantity?) -> String? {
        quantity.flatMap { $0 > .zero ? $0.canonical.text : nil }
    }

    /// A name like `nvidia.com/gpu`; one that is none would spoil the update of the node.
    private static func isResourceName(_ name: String) -> Bool {
        (1...200).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "._-/".utf8.contains(byte)
                }
            }
    }

    private static func time(_ moment: Moment) -> String { "\(Timestamp(secondsSinceEpoch: moment.seconds))" }
}
