import InterLinkPluginKit
import KubernetesModel
import LosslessJSON

/// One row of the table: a pod, and what must come of it.
struct PodCase: Sendable {
    /// The name of the file without `.yaml`.
    let name: String
    /// The rule that it shows.
    let summary: String
    /// What the runtime must be able to do, for the pod to make sense there.
    let needs: Set<Need>
    let origin: Origin
    /// What happens while it runs.
    let steps: [Step]
    /// What must come of it, as it stands in the file.
    private let expected: JSONValue

    enum Origin: Sendable {
        /// A pod and the objects that it names, as in a cluster.
        case objects(pod: JSONValue, configMaps: [JSONValue], secrets: [JSONValue])
        /// The create that the real API server sent, from `Tests/Fixtures/captures`.
        case capture(String)
    }

    enum Need: String, Sendable, CaseIterable {
        /// Volumes at the paths that the pod names.
        case mounts
        /// Programs and settings of an image, not the machine's.
        case images
        /// What an image says of its entrypoint, variables and folder is known exactly.
        case imageSettings
        /// A name and host file of the pod's own.
        case hostname
        /// Its own tree of processes and its own temporary folder.
        case isolation
        /// `@{host}` is an allowed hostPath; it is mounted at the same path in every container.
        case hostPath
        /// `runAsUser` is honoured.
        case users
        /// Memory limits are enforced by address space.
        case addressSpace
    }

    /// Something that is done to the pod, or waited for, before it is judged.
    enum Step: Sendable {
        case waitForPhase(PodPhase)
        case waitForLog(container: String, has: String)
        case waitForRestarts(container: String, count: Int64)
        case waitForFile(String)
        /// Until the file of the host folder does not change any more.
        case waitForStillness(String)
        case writeFile(String, text: String)
        case removeFile(String)
        case delete(grace: Int64?)

        /// Whether it makes sense for a pod that has ended by itself.
        var mayFollowTheEnd: Bool {
            switch self {
            case .waitForStillness, .writeFile, .removeFile: true
            case .waitForPhase, .waitForLog, .waitForRestarts, .waitForFile, .delete: false
            }
        }
    }

    init(name: String, text: [UInt8], file: String) throws {
        self.name = name
        let documents = try YAMLManifests.documents(text, file: file)
        guard documents.count == 1 else { throw CaseError("\(file) has \(documents.count) documents, not one") }
        var fields = try Fields(documents[0], file)
        guard let summary = try fields.string("summary") else { throw CaseError("\(file): summary is missing") }
        self.summary = summary
        needs = Set(
            try fields.strings("needs").map { word throws(CaseError) in
                guard let need = Need(rawValue: word) else { throw CaseError("\(file): nobody knows the need \(word)") }
                return need
            })
        if let capture = try fields.string("capture") {
            origin = .capture(capture)
        } else {
            guard let pod = fields.take("pod") else { throw CaseError("\(file): neither a pod nor a capture") }
            origin = .objects(
                pod: pod, configMaps: try fields.list("configMaps"), secrets: try fields.list("secrets"))
        }
        steps = try fields.list("steps").map { value throws(CaseError) in try Step(value, "\(file): steps") }
        guard let expected = fields.take("expect") else { throw CaseError("\(file): expects nothing") }
        self.expected = expected
        try fields.end()
        _ = try PodExpectation(expected, "\(file): expect")
    }

    /// What must come of it, with everything filled in.
    func expectation(_ placeholders: Placeholders) throws(CaseError) -> PodExpectation {
        try PodExpectation(try placeholders.filled(expected), name)
    }
}

extension PodCase.Step {
    init(_ value: JSONValue, _ place: String) throws(CaseError) {
        var fields = try Fields(value, place)
        if let phase = try fields.string("phase") {
            self = .waitForPhase(try PodPhase(named: phase, place))
        } else if let container = try fields.string("container") {
            if let text = try fields.string("log") {
                self = .waitForLog(container: container, has: text)
            } else if let count = try fields.number("restarts") {
                self = .waitForRestarts(container: container, count: count)
            } else {
                throw CaseError("\(place): container without log or restarts")
            }
        } else if let file = try fields.string("file") {
            self = .waitForFile(file)
        } else if let file = try fields.string("still") {
            self = .waitForStillness(file)
        } else if let file = try fields.string("remove") {
            self = .removeFile(file)
        } else if let file = try fields.string("write") {
            self = .writeFile(file, text: try fields.string("text") ?? "")
        } else if let value = fields.take("delete") {
            switch value {
            case .null: self = .delete(grace: nil)
            case .number(let text): self = .delete(grace: Int64(text))
            default: throw CaseError("\(place): delete takes the grace in seconds, or nothing")
            }
        } else {
            throw CaseError("\(place): a step that does nothing")
        }
        try fields.end()
    }
}
