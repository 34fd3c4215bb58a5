import InterLinkBatch
import Testing

@testable import LocalPlugin

@Suite struct RoomTests {
    private let machine = Room(jobs: 2, cpus: 4, memory: 1000, gpus: 1)

    private func asking(cpus: Int? = nil, memory: Int64? = nil, gpus: Int? = nil, tasks: Int = 1) -> Room {
        var resources = JobResources()
        (resources.cpus, resources.memory, resources.gpus, resources.tasks) = (cpus, memory, gpus, tasks)
        return Room(resources)
    }

    @Test("what a job leaves open takes nothing but its place")
    func open() { #expect(asking() == Room(jobs: 1, cpus: 0, memory: 0, gpus: 0)) }

    @Test("processors are counted over all tasks, and too many do not overflow")
    func tasks() {
        #expect(asking(cpus: 2, tasks: 3).cpus == 6)
        #expect(machine.objection(to: asking(cpus: .max, tasks: 2)) != nil)
    }

    @Test("what never fits is refused")
    func objections() {
        #expect(machine.objection(to: asking(cpus: 4, memory: 1000, gpus: 1)) == nil)
        #expect(machine.objection(to: asking(cpus: 5)) != nil)
        #expect(machine.objection(to: asking(memory: 1001)) != nil)
        #expect(machine.objection(to: asking(gpus: 2)) != nil)
    }

    @Test("there is room for as many jobs, processors, bytes and GPUs as there are")
    func fits() {
        let one = asking(cpus: 3, memory: 600, gpus: 1)
        #expect(machine.fits(one, beside: .none))
        #expect(machine.fits(asking(cpus: 1, memory: 400), beside: one))
        #expect(!machine.fits(asking(cpus: 2), beside: one))
        #expect(!machine.fits(asking(memory: 401), beside: one))
        #expect(!machine.fits(asking(gpus: 1), beside: one))
        #expect(!machine.fits(asking(), beside: one + asking()))
    }
}
