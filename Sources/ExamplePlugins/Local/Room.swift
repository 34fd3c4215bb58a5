import InterLinkBatch

/// What jobs take of the machine.
struct Room: Equatable, Sendable {
    var jobs: Int
    var cpus: Int
    var memory: Int64
    var gpus: Int

    static let none = Room(jobs: 0, cpus: 0, memory: 0, gpus: 0)

    /// What a job asks for. What it leaves open counts as nothing.
    init(_ resources: JobResources) {
        let (cpus, overflow) = (resources.cpus ?? 0).multipliedReportingOverflow(by: max(1, resources.tasks))
        self.init(
            jobs: 1, cpus: overflow ? .max / 2 : cpus, memory: resources.memory ?? 0, gpus: resources.gpus ?? 0)
    }

    init(jobs: Int, cpus: Int, memory: Int64, gpus: Int) {
        self.jobs = jobs
        self.cpus = cpus
        self.memory = memory
        self.gpus = gpus
    }

    /// Why so much never fits in here; nil when it does.
    func objection(to wanted: Room) -> String? {
        if wanted.cpus > cpus { return "it asks for \(wanted.cpus) CPUs, and there are \(cpus)" }
        if wanted.memory > memory { return "it asks for \(wanted.memory) bytes of memory, and there are \(memory)" }
        if wanted.gpus > gpus { return "it asks for \(wanted.gpus) GPUs, and there are \(gpus)" }
        return nil
    }

    /// Whether so much fits beside what is used.
    func fits(_ wanted: Room, beside used: Room) -> Bool {
        used.jobs + wanted.jobs <= jobs && used.cpus + wanted.cpus <= cpus && used.gpus + wanted.gpus <= gpus
            && used.memory <= memory - wanted.memory
    }

    static func + (left: Room, right: Room) -> Room {
        Room(
            jobs: left.jobs + right.jobs, cpus: left.cpus + right.cpus, memory: left.memory + right.memory,
            gpus: left.gpus + right.gpus)
    }
}
