import KubernetesModel

/// A pod as a check wants it: what is particular about it, and nothing of how it is written for the plugin.
///
/// A container without a command has a script as its only argument; see ``KubernetesModel/Container/script(_:_:)``.
struct PodPlan: Sendable {
    var containers: [Container]
    var inits: [Container] = []
    /// Containers that run in the cluster: interLink leaves them out of the create, and not out of what follows.
    var local: [Container] = []
    var volumes: [PodVolume] = []
    var configMaps: [ConfigMap] = []
    var secrets: [Secret] = []
    /// By the name of the volume, as interLink sends them.
    var projected: [String: [String: String]] = [:]
    var restartPolicy = RestartPolicy.never
    /// Short, so that the end of a check is not waited for.
    var grace: Int64 = 2
    var deadline: Int64?
    var annotations: [String: String] = [:]
    /// Instead of a name and a namespace of the run's own.
    var name: String?
    var namespace: String?

    init(_ containers: Container...) { self.containers = containers }

    /// One container, `main`, that runs a script.
    init(_ script: String) { containers = [.script("main", script)] }

    init(_ script: String, _ change: (inout PodPlan) -> Void) {
        self.init(script)
        change(&self)
    }
}

extension Container {
    /// A container that runs a script in the shell of the target.
    static func script(_ name: String, _ text: String) -> Container { Container(name: name, args: [text]) }

    /// The same with something more.
    func with(_ change: (inout Container) -> Void) -> Container {
        var copy = self
        change(&copy)
        return copy
    }
}
