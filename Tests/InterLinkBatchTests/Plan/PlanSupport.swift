import Foundation
import InterLinkAPI
import InterLinkPluginKit
import KubernetesModel
import LosslessJSON
import TestSupport
import Testing

@testable import InterLinkBatch

/// A request for a pod with one container `main`, as a Virtual Kubelet sends it, and whatever else is given as JSON.
func request(
    main: String = "", containers: String = "", spec: String = "", metadata: String = "", sent: String = "",
    status: String = #""phase": "Pending", "hostIP": "127.0.0.1", "podIP": "127.0.0.1""#, beside: String = ""
) throws -> CreateRequest {
    let text = """
        {"pod": {"metadata": {"name": "p", "namespace": "cms", "uid": "0b5e7c1a-5f3e-4a55-8d9b-0a1b2c3d4e5f"\(metadata)},
         "spec": {"nodeName": "vk-cms", "serviceAccountName": "robot", "restartPolicy": "Never",
          "containers": [{"name": "main", "image": "busybox:1"\(main)}\(containers)]\(spec)}, "status": {\(status)}},
         "container": [{"name": "main"\(sent)}]\(beside)}
        """
    return try JSON.decode(from: Array(text.utf8))
}

func plan(
    _ request: CreateRequest, _ configure: (inout PlanSettings) -> Void = { _ in }
) throws -> PodPlan {
    var settings = PlanSettings()
    configure(&settings)
    let digest = try PodDigest(request)
    return try PodPlanner(settings).plan(
        for: PodSubmission(
            pod: digest, request: request, placement: Placement(site: "here"),
            mark: JobMark(instance: "k3x9ab2c", uid: digest.uid)))
}

/// What is said against a pod when it is created, which has to be what its plan would say.
func objections(
    _ request: CreateRequest, _ configure: (inout PlanSettings) -> Void = { _ in }
) throws -> [String] {
    var settings = PlanSettings()
    configure(&settings)
    let objections = PodPlanner(settings).objections(to: request)
    do {
        _ = try plan(request, configure)
        #expect(objections.isEmpty)
    } catch let error as PlanError {
        #expect(error.problems == objections)
    }
    return objections.map(\.description)
}

/// The first container of a plan.
func firstContainer(
    _ request: CreateRequest, _ configure: (inout PlanSettings) -> Void = { _ in }
) throws -> ContainerPlan {
    try #require(try plan(request, configure).containers.first)
}

func amounts(_ texts: [String: String]) throws -> [String: Quantity] {
    try texts.mapValues { try #require(Quantity($0)) }
}

extension [EnvironmentVariable] {
    /// `NAME=value`, for comparing.
    var texts: [String] { map { "\($0.name)=\($0.value)" } }
}

extension WorkspaceFile {
    var text: String { String(decoding: contents, as: UTF8.self) }
}

/// The create requests of `Tests/Fixtures/captures`, by file.
enum CapturedPods {
    static let names = [
        "badimage", "env2", "fail", "fake-delete-during-create", "fake-vk-restart", "follow-delete", "hello", "init",
        "noargs", "pending", "probes", "volumes",
    ]

    static func request(_ name: String) throws -> CreateRequest {
        let file = Checkout.root.appending(path: "Tests/Fixtures/captures/\(name).jsonl")
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            let record = try JSON.decode(JSONValue.self, from: Array(line.utf8))
            if record["path"]?.string == "/create", let body = record["body"]?.string {
                return try JSON.decode(from: Array(body.utf8))
            }
        }
        throw CocoaError(.fileReadCorruptFile)
    }
}
