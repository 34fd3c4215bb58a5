import Foundation
import InterLinkAPI
import KubernetesModel
import LosslessJSON

// `JSONBenchmark CORPUS TASK [ROUNDS]`: does one task over the corpus, one pod a line and each a document of its own as in a
// create or status, a few times, and prints the nanoseconds of the fastest round. The driver, Benchmarks/json/run,
// interleaves it with its peers.

func fastest(_ usual: Int, _ body: () throws -> Int) rethrows -> UInt64 {
    let rounds = CommandLine.arguments.count > 3 ? Int(CommandLine.arguments[3]) ?? usual : usual
    var best = UInt64.max
    var sink = 0
    for _ in 0..<rounds {
        let start = DispatchTime.now().uptimeNanoseconds
        sink &+= try body()
        best = min(best, DispatchTime.now().uptimeNanoseconds - start)
    }
    precondition(sink != 0, "the work was not done")
    return best
}

func run(_ task: String, _ corpus: Data) throws -> UInt64 {
    let documents = Array(corpus).split(separator: UInt8(ascii: "\n")).map { Array($0) }
    let datas = documents.map { Data($0) }
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    switch task {
    case "decode":
        return try fastest(5) {
            try documents.reduce(0) { sum, document in
                let pod = try JSON.decode(Pod.self, from: document)
                return withExtendedLifetime(pod) { sum + 1 }
            }
        }
    case "scan":
        return try fastest(5) { try documents.reduce(0) { $0 + (try PodReference(scanning: $1)).containers.count } }
    case "encode":
        let pods = try documents.map { try JSON.decode(Pod.self, from: $0) }
        return fastest(5) { pods.reduce(0) { $0 + JSON.encode($1).count } }
    case "foundation-decode":
        return try fastest(1) {
            try datas.reduce(0) { $0 + (try decoder.decode(CodableModel.Pod.self, from: $1)).spec.containers.count }
        }
    case "foundation-encode":
        let pods = try datas.map { try decoder.decode(CodableModel.Pod.self, from: $0) }
        let encoder = JSONEncoder()
        return try fastest(1) { try pods.reduce(0) { $0 + (try encoder.encode($1)).count } }
    case "foundation-scan":
        return try fastest(1) {
            try datas.reduce(0) { $0 + (try decoder.decode(ScannedPod.self, from: $1).spec?.containers?.count ?? 0) }
        }
    default:
        throw CocoaError(.featureUnsupported)
    }
}

/// What a status takes of a pod.
struct ScannedPod: Codable {
    struct Metadata: Codable {
        var uid: String?
        var name: String?
        var namespace: String?
        var annotations: Annotations?
        var deletionTimestamp: Date?
        var deletionGracePeriodSeconds: Int64?
    }
    struct Annotations: Codable {
        var JobID: String?
    }
    struct Container: Codable {
        var name: String
        var restartPolicy: String?
    }
    struct Spec: Codable {
        var nodeName: String?
        var terminationGracePeriodSeconds: Int64?
        var containers: [Container]?
        var initContainers: [Container]?
    }
    var metadata: Metadata?
    var spec: Spec?
}

guard CommandLine.arguments.count >= 3 else { fatalError("usage: JSONBenchmark CORPUS TASK [ROUNDS]") }
let corpus = try Data(contentsOf: URL(filePath: CommandLine.arguments[1]))
print(try run(CommandLine.arguments[2], corpus))
