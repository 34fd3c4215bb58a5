import InterLinkAPI
import KubernetesModel
import LosslessJSON
import Testing

/// The real traffic goes through the types without a loss.
@Suite struct CaptureTests {
    @Test func thereIsTrafficOfEveryKind() {
        #expect(Captures.of("/create").count == 13)
        #expect(Captures.of("/status").count == 30)
        #expect(Captures.of("/delete").count == 14)
        #expect(Captures.of("/getLogs").count == 22)
    }

    private func comesBack<Value: JSONCodable>(_: Value.Type, _ request: CapturedRequest) throws {
        let value: Value = try JSON.decode(from: request.body)
        let again: JSONValue = try JSON.decode(from: JSON.encode(value))
        #expect(try again == JSON.decode(from: request.body))
    }

    @Test(arguments: Captures.of("/create")) func createsComeBack(_ request: CapturedRequest) throws {
        try comesBack(CreateRequest.self, request)
    }

    @Test(arguments: Captures.of("/status")) func statusesComeBack(_ request: CapturedRequest) throws {
        try comesBack([Pod].self, request)
    }

    @Test(arguments: Captures.of("/delete")) func deletesComeBack(_ request: CapturedRequest) throws {
        try comesBack(Pod.self, request)
    }

    @Test(arguments: Captures.of("/getLogs")) func logRequestsComeBack(_ request: CapturedRequest) throws {
        try comesBack(LogRequest.self, request)
    }

    @Test(arguments: Captures.of("/create")) func nothingOfACreateIsUnknown(_ request: CapturedRequest) throws {
        // The schema is as new as the cluster of the captures, so that every member has its type.
        let create = try WireBody.create(request.body)
        #expect(create.extras.names.allSatisfy { create.extras[$0] == "null" })
        #expect(create.pod.extras.isEmpty && create.pod.spec.extras.isEmpty)
        #expect(create.pod.spec.containers.allSatisfy { $0.extras.isEmpty })
        #expect((create.pod.spec.volumes ?? []).allSatisfy { $0.extras.isEmpty })
    }

    @Test(arguments: Captures.of("/status")) func theScanAgreesWithTheWholePod(_ request: CapturedRequest) throws {
        let pods: [Pod] = try JSON.decode(from: request.body)
        #expect(try WireBody.status(request.body) == pods.map(PodReference.init(of:)))
    }

    @Test(arguments: Captures.of("/delete")) func theScanOfADeleteAgreesToo(_ request: CapturedRequest) throws {
        #expect(try WireBody.delete(request.body) == PodReference(of: JSON.decode(from: request.body)))
    }
}

extension PodReference {
    /// The same by the long way.
    init(of pod: Pod) {
        self.init()
        uid = pod.metadata.uid ?? ""
        name = pod.metadata.name ?? ""
        namespace = pod.metadata.namespace ?? ""
        nodeName = pod.spec.nodeName
        jobID = pod.metadata.annotations?["JobID"]
        deletionTimestamp = pod.metadata.deletionTimestamp
        deletionGracePeriodSeconds = pod.metadata.deletionGracePeriodSeconds
        terminationGracePeriodSeconds = pod.spec.terminationGracePeriodSeconds
        containers = pod.spec.containers.map(\.name)
        initContainers = (pod.spec.initContainers ?? []).filter { $0.restartPolicy != "Always" }.map(\.name)
        sidecars = (pod.spec.initContainers ?? []).filter { $0.restartPolicy == "Always" }.map(\.name)
        phase = pod.status?.phase?.rawValue ?? ""
        let statuses = (pod.status?.initContainerStatuses ?? []) + (pod.status?.containerStatuses ?? [])
        held = statuses.map { status in
            HeldContainer(
                name: status.name, isRunning: status.state?.running != nil, end: status.state?.terminated)
        }
    }
}
