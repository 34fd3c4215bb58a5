import InterLinkAPI
import KubernetesModel

/// A pod of the load: what it does, and everything about it that can be known beforehand.
struct LoadPod: Sendable {
    /// What the containers of a pod do.
    enum Role: Hashable, Sendable {
        /// Print, run for a while, end with that code.
        case ends(code: Int32)
        /// Print, and run until the pod is deleted.
        case stays
        /// Print a line a second for a while, for those who follow the log, then end.
        case prints
    }

    let uid: String
    let name: String
    let node: Int
    let role: Role
    /// The names of the containers; the first does what the role says, a second one ends at once.
    let containers: [String]

    /// Pod number `index` of a load. The load's id keeps the names of two loads apart.
    init(index: Int, uid: String, load: String, options: LoadOptions) {
        self.uid = uid
        name = "load-\(load)-\(index)"
        node = index % options.nodes
        if index < options.followed {
            role = .prints
        } else if (index / options.nodes) % 2 == 0 {
            // Neighbours have different codes, on one node and on all.
            role = .ends(code: Self.codes[(index / (2 * options.nodes) + node) % Self.codes.count])
        } else {
            role = .stays
        }
        // Names that differ from pod to pod show whose status an answer is.
        let main = "main-\(index % 7)"
        containers = index % 4 == 3 && role != .prints ? [main, "helper-\(index % 5)"] : [main]
    }

    private static let codes: [Int32] = [0, 3, 0, 42, 0, 1, 77]

    /// The container that does what the role says.
    var main: String { containers[0] }

    /// With which code a container ends by itself; nil if it does not.
    func exitCode(of container: String) -> Int32? {
        guard container == main else { return 0 }
        return switch role {
        case .ends(let code): code
        case .prints: 0
        case .stays: nil
        }
    }
}
