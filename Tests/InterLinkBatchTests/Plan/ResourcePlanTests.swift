import InterLinkAPI
import KubernetesModel
import Testing

@testable import InterLinkBatch

@Suite struct ResourcePlanTests {
    private func pod(
        _ limits: String = "", spec: String = "", annotations: String = "", others: String = ""
    ) throws -> CreateRequest {
        try request(
            main: limits.isEmpty ? "" : #","resources":{"limits":{\#(limits)}}"#, containers: others, spec: spec,
            metadata: annotations.isEmpty ? "" : #","annotations":{\#(annotations)}"#)
    }

    private func job(
        _ pod: CreateRequest, _ configure: (inout ResourcesConfiguration) -> Void = { _ in }
    ) throws -> JobResources {
        try plan(pod) { configure(&$0.resources) }.resources
    }

    @Test func whatAPodDoesNotSayIsLeftToTheScheduler() throws {
        #expect(try job(pod()) == JobResources())
    }

    @Test func containersAreSummedAndInitContainersAreNot() throws {
        let pod = try pod(
            #""cpu":"1500m","memory":"1Gi","nvidia.com/gpu":"1","ephemeral-storage":"5G""#,
            spec: #","initContainers":[{"name":"i","image":"i","resources":{"limits":{"cpu":"4"}}}]"#,
            others: #",{"name":"b","image":"b","resources":{"requests":{"cpu":"1","memory":"1Gi"}}}"#)
        var expected = JobResources()
        (expected.cpus, expected.memory, expected.gpus, expected.disk) = (4, 2 << 30, 1, 5_000_000_000)
        #expect(try job(pod) == expected)
    }

    @Test(arguments: [("2", 2, 0), ("1500m", 2, 1), ("1", 1, 0), ("100m", 1, 1), ("2000m", 2, 0), ("0.1m", 1, 1)])
    func processorsAreRoundedUpAndItIsTold(cpu: String, whole: Int, remarks: Int) throws {
        let found = try plan(pod(#""cpu":"\#(cpu)""#))
        #expect(found.resources.cpus == whole)
        #expect(found.remarks.count == remarks)
    }

    @Test func defaultsFillWhatIsNotSaid() throws {
        let defaults = try amounts(["cpu": "2", "memory": "1Gi", "ephemeral-storage": "1k"])
        let found = try plan(pod(#""memory":"3Gi","cpu":"0""#)) { $0.resources.defaults = defaults }
        #expect(found.resources.cpus == 2)
        #expect(found.resources.memory == 3 << 30)
        #expect(found.resources.disk == 1000)
        #expect(found.remarks.isEmpty)
    }

    @Test func theLeastIsGivenAndTold() throws {
        let least = try amounts(["cpu": "2", "memory": "1Gi"])
        let found = try plan(pod(#""cpu":"1""#)) { $0.resources.minimum = least }
        #expect(found.resources.cpus == 2)
        #expect(found.resources.memory == 1 << 30)
        #expect(found.remarks == ["the pod's sum of cpu is 1; the job gets 2"])
    }

    @Test func moreThanTheMostIsRefused() throws {
        let most = try amounts(["cpu": "4", "nvidia.com/gpu": "1"])
        func limit(_ settings: inout PlanSettings) { settings.resources.maximum = most }
        #expect(try objections(pod(#""cpu":"4","nvidia.com/gpu":"1""#), limit) == [])
        #expect(
            try objections(pod(#""cpu":"4001m","nvidia.com/gpu":"2""#), limit) == [
                "the pod's sum of cpu is 4001m; ask for at most 4",
                "the pod's sum of nvidia.com/gpu is 2; ask for at most 1",
            ])
    }

    @Test func resourcesThatNobodyKnowsAreRefusedOrIgnored() throws {
        let pod = try pod(#""hugepages-2Mi":"4Mi","xilinx.com/fpga":"1","none":"0""#)
        #expect(try objections(pod).count == 2)
        let found = try plan(pod) { $0.resources.ignored = ["hugepages-*", "xilinx.com/fpga"] }
        #expect(found.remarks.count == 2)
        #expect(try objections(self.pod(#""memory":"-1""#)).count == 1)
    }

    @Test func containersSeeTheGPUsThatTheyAskFor() throws {
        let pod = try pod(
            #""amd.com/gpu":"2""#,
            others: #",{"name":"b","image":"b"},{"name":"c","image":"c","resources":{"limits":{"site/gpu":"1"}}}"#)
        let found = try plan(pod) { $0.resources.nvidiaGPUs = ["site/gpu"] }
        #expect(found.containers.map(\.gpus) == [.amd, nil, .nvidia])
        #expect(found.resources.gpus == 3)
    }

    @Test func memoryMayBeHeldByAddressSpace() throws {
        let pod = try pod(#""memory":"64Mi""#)
        #expect(try plan(pod).containers[0].addressSpace == nil)
        #expect(try plan(pod) { $0.resources.limitAddressSpace = true }.containers[0].addressSpace == 64 << 20)
    }

    // MARK: Time

    @Test(
        arguments: [
            (nil, nil, nil, nil), (nil, 3600, nil, 3600), (nil, nil, 7200, 7200), (nil, 9000, 7200, 7200),
            (600, nil, nil, 750), (600, 3600, nil, 750), (600, nil, 700, 700),
        ] as [(Int?, Int?, Int?, Int?)])
    func theTimeLimitIsDeadlineGraceAndMargin(deadline: Int?, usual: Int?, longest: Int?, limit: Int?) throws {
        let pod = try pod(spec: deadline.map { #","activeDeadlineSeconds":\#($0)"# } ?? "")
        let found = try job(pod) {
            $0.timeLimit = usual.map { .seconds($0) }
            $0.longestTime = longest.map { .seconds($0) }
        }
        #expect(found.timeLimit == limit.map { .seconds($0) })
    }

    @Test func aDeadlineThatTheSiteCutsIsTold() throws {
        let pod = try pod(spec: #","activeDeadlineSeconds":9223372036854775807"#)
        let found = try plan(pod) { $0.resources.longestTime = .seconds(3600) }
        #expect(found.resources.timeLimit == .seconds(3600))
        #expect(found.remarks.count == 1)
        #expect(try job(pod).timeLimit == .seconds(Int64(Int32.max) + 150))
    }

    // MARK: Machines and tasks

    @Test func nodesAndTasksComeFromAnnotations() throws {
        func allow(_ resources: inout ResourcesConfiguration) { (resources.nodes, resources.tasks) = (4, 64) }
        let found = try job(pod(annotations: #""interlink.eu/job-nodes":"2","interlink.eu/job-tasks":"16""#), allow)
        #expect((found.nodes, found.tasks) == (2, 16))
        let plain = try job(pod(annotations: #""interlink.eu/job-nodes":"2""#), allow)
        #expect((plain.nodes, plain.tasks) == (2, 2))
        #expect(try job(pod(annotations: #""interlink.eu/job-nodes":"1""#)).nodes == 1)
    }

    @Test(arguments: [
        #""interlink.eu/job-nodes":"5""#, #""interlink.eu/job-nodes":"0""#, #""interlink.eu/job-nodes":"2 --uid=0""#,
        #""interlink.eu/job-tasks":"""#, #""interlink.eu/job-nodes":"2","interlink.eu/job-tasks":"1""#,
    ])
    func whatTheSiteDoesNotAllowIsRefused(annotations: String) throws {
        let found = try objections(pod(annotations: annotations)) { ($0.resources.nodes, $0.resources.tasks) = (4, 64) }
        #expect(found.count == 1)
    }

    // MARK: Flavors

    private func flavors(_ resources: inout ResourcesConfiguration) throws {
        func flavor(_ name: String, _ forGPUs: Bool, _ defaults: [String: String]) throws -> FlavorConfiguration {
            var flavor = FlavorConfiguration()
            (flavor.name, flavor.forGPUs, flavor.defaults) = (name, forGPUs, try amounts(defaults))
            flavor.timeLimit = .seconds(60)
            flavor.options = ["--constraint=\(name)"]
            return flavor
        }
        resources.flavors = [
            try flavor("one", true, ["cpu": "8", "nvidia.com/gpu": "1"]),
            try flavor("two", true, ["cpu": "16", "nvidia.com/gpu": "2"]), try flavor("plain", false, ["cpu": "2"]),
        ]
        resources.defaults = try amounts(["cpu": "1", "memory": "1Gi"])
        resources.defaultFlavor = "plain"
    }

    @Test(
        arguments: [
            ("", "", "plain", 2, nil), (#""nvidia.com/gpu":"1""#, "", "one", 8, 1),
            (#""nvidia.com/gpu":"2""#, "", "two", 16, 2),
            (#""nvidia.com/gpu":"3""#, "", "one", 8, 3), (#""amd.com/gpu":"2""#, "", "two", 16, 2),
            ("", "two", "two", 16, 2),
            (#""cpu":"3""#, "one", "one", 3, 1),
        ] as [(String, String, String, Int, Int?)])
    func aFlavorIsChosenByNameOrByGPUs(limits: String, name: String, flavor: String, cpus: Int, gpus: Int?) throws {
        var resources = ResourcesConfiguration()
        try flavors(&resources)
        let pod = try pod(limits, annotations: name.isEmpty ? "" : #""slurm-job.vk.io/flavor":"\#(name)""#)
        let found = try plan(pod) { $0.resources = resources }
        #expect(found.resources.flavor == flavor)
        #expect(found.resources.options == ["--constraint=\(flavor)"])
        #expect(found.resources.cpus == cpus)
        #expect(found.resources.gpus == gpus)
        #expect(found.resources.memory == 1 << 30)
        #expect(found.resources.timeLimit == .seconds(60))
        #expect((found.containers[0].gpus != nil) == (gpus != nil))
    }

    @Test func anUnknownFlavorIsRefused() throws {
        let pod = try pod(annotations: #""slurm-job.vk.io/flavor":"x""#)
        var resources = ResourcesConfiguration()
        #expect(try objections(pod).count == 1)
        try flavors(&resources)
        #expect(
            try objections(pod) { $0.resources = resources } == [
                "metadata.annotations[slurm-job.vk.io/flavor] is \"x\", which is no flavor here; use one of one, two, plain"
            ])
    }
}
