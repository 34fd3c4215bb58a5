public import KubernetesModel
public import LosslessJSON

/// What a status or delete needs to know of a pod: who it is, what its plugin called it, and which containers it has.
///
/// Status requests carry whole pods, secrets included, many times a second. This takes only what is needed, and passes
/// over the rest with its structure checked.
public struct PodReference: Equatable, Sendable {
    /// `metadata.uid`; empty if the body has none.
    public var uid = ""
    /// `metadata.name`; empty if the body has none.
    public var name = ""
    /// `metadata.namespace`; empty if the body has none.
    public var namespace = ""
    /// The node that the pod was bound to, which tells virtual nodes and clusters apart.
    public var nodeName: String?
    /// The annotation `JobID`: what the plugin answered to the create.
    public var jobID: String?
    /// When the pod is to be gone, if it is being deleted.
    public var deletionTimestamp: Timestamp?
    /// How long the pod may take to stop, as its deletion says.
    public var deletionGracePeriodSeconds: Int64?
    /// How long the pod may take to stop, as its spec says.
    public var terminationGracePeriodSeconds: Int64?
    /// The names of the regular containers, in order.
    public var containers: [String] = []
    /// The names of the init containers that run to their end, in order.
    public var initContainers: [String] = []
    /// The names of the init containers that go on running (native sidecars), in order.
    public var sidecars: [String] = []
    /// The phase that the asker holds; empty if the body has none. A Virtual Kubelet always says one.
    public var phase = ""
    /// What the asker holds of init containers and containers: those that it was told of before.
    public var held: [HeldContainer] = []

    /// A reference to nothing.
    public init() {}

    /// Takes what is needed of a body that is one pod, like that of a delete.
    ///
    /// - Throws: `JSONError` if the body is not JSON, or what is needed has another type.
    public init(scanning body: [UInt8]) throws(JSONError) {
        self = try JSON.decode(from: body)
    }

    /// Takes what is needed of a body that is a list of pods, like that of a status. An empty list is a ping.
    ///
    /// - Throws: `JSONError` if the body is not JSON, or what is needed has another type.
    public static func scan(_ body: [UInt8]) throws(JSONError) -> [PodReference] {
        try JSON.read(body) { (reader) throws(JSONError) in
            reader.takeNull() ? [] : try [PodReference](from: &reader)
        }
    }
}

extension PodReference: JSONReadable {
    /// Reads a pod, of which it keeps little.
    public init(from reader: inout JSONReader) throws(JSONError) {
        try reader.beginObject()
        while let key = try reader.nextMember() {
            switch key {
            case "metadata": try readMetadata(&reader)
            case "spec": try readSpec(&reader)
            case "status": try readStatus(&reader)
            default: try reader.skipValue()
            }
        }
    }

    private mutating func readMetadata(_ reader: inout JSONReader) throws(JSONError) {
        if reader.takeNull() { return }
        try reader.beginObject()
        while let key = try reader.nextMember() {
            switch key {
            case "name": name = try reader.optional() ?? ""
            case "namespace": namespace = try reader.optional() ?? ""
            case "uid": uid = try reader.optional() ?? ""
            case "annotations": try readAnnotations(&reader)
            case "deletionTimestamp": deletionTimestamp = try reader.optional()
            case "deletionGracePeriodSeconds": deletionGracePeriodSeconds = try reader.optional()
            default: try reader.skipValue()
            }
        }
    }

    private mutating func readAnnotations(_ reader: inout JSONReader) throws(JSONError) {
        if reader.takeNull() { return }
        try reader.beginObject()
        while let key = try reader.nextMember() {
            if key == "JobID" {
                jobID = try reader.optional()
            } else {
                try reader.skipValue()
            }
        }
    }

    private mutating func readSpec(_ reader: inout JSONReader) throws(JSONError) {
        if reader.takeNull() { return }
        try reader.beginObject()
        while let key = try reader.nextMember() {
            switch key {
            case "nodeName": nodeName = try reader.optional()
            case "terminationGracePeriodSeconds": terminationGracePeriodSeconds = try reader.optional()
            case "containers":
                containers = try PodReference.readContainers(&reader).map(\.name)
            case "initContainers":
                let all = try PodReference.readContainers(&reader)
                initContainers = all.filter { !$0.isSidecar }.map(\.name)
                sidecars = all.filter(\.isSidecar).map(\.name)
            default: try reader.skipValue()
            }
        }
    }

    private mutating func readStatus(_ reader: inout JSONReader) throws(JSONError) {
        if reader.takeNull() { return }
        try reader.beginObject()
        while let key = try reader.nextMember() {
            switch key {
            case "phase": phase = try reader.optional() ?? ""
            case "initContainerStatuses", "containerStatuses": held += try reader.optional() ?? []
            default: try reader.skipValue()
            }
        }
    }

    private static func readContainers(
        _ reader: inout JSONReader
    ) throws(JSONError) -> [(name: String, isSidecar: Bool)] {
        var containers: [(name: String, isSidecar: Bool)] = []
        if reader.takeNull() { return containers }
        try reader.beginArray()
        while try reader.nextElement() {
            var container = (name: "", isSidecar: false)
            try reader.beginObject()
            while let key = try reader.nextMember() {
                switch key {
                case "name": container.name = try reader.optional() ?? ""
                case "restartPolicy": container.isSidecar = try reader.optional(String.self) == "Always"
                default: try reader.skipValue()
                }
            }
            containers.append(container)
        }
        return containers
    }
}
