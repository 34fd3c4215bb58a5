public import KubernetesModel
public import LosslessJSON

/// What a Virtual Kubelet holds of a container when it asks for it.
public struct HeldContainer: Equatable, Sendable {
    /// The name of the container.
    public var name = ""
    /// It is held to be running.
    public var isRunning = false
    /// How it ended, if it is held to have ended.
    public var end: ContainerStateTerminated?

    /// A container of which only the name is held, unless more is said.
    public init(name: String, isRunning: Bool = false, end: ContainerStateTerminated? = nil) {
        self.name = name
        self.isRunning = isRunning
        self.end = end
    }
}

extension HeldContainer: JSONReadable {
    /// Reads a container status, of which it keeps little.
    public init(from reader: inout JSONReader) throws(JSONError) {
        try reader.beginObject()
        while let key = try reader.nextMember() {
            switch key {
            case "name": name = try reader.optional() ?? ""
            case "state": try readState(&reader)
            default: try reader.skipValue()
            }
        }
    }

    private mutating func readState(_ reader: inout JSONReader) throws(JSONError) {
        if reader.takeNull() { return }
        try reader.beginObject()
        while let key = try reader.nextMember() {
            switch key {
            case "terminated": end = try reader.optional()
            case "running": isRunning = try reader.optional(ContainerStateRunning.self) != nil
            default: try reader.skipValue()
            }
        }
    }
}
