import InterLinkAPI
import InterLinkSystem
import KubernetesModel
import LosslessJSON

@testable import InterLinkPluginKit

// What bad plugins make of good answers.

extension HTTPResponse {
    /// All bytes of the body.
    func bytes() async -> [UInt8] {
        switch body {
        case .bytes(let bytes): return bytes
        case .stream(let write):
            let collected = Lock<[UInt8]>([])
            try? await write(HTTPBodyWriter { bytes in collected.withLock { $0 += bytes } })
            return collected.withLock { $0 }
        }
    }

    func with(status: HTTPStatus) -> HTTPResponse {
        var copy = self
        copy.status = status
        return copy
    }

    /// The same answer with other bytes.
    func withBytes(_ change: @Sendable ([UInt8]) -> [UInt8]) async -> HTTPResponse {
        var copy = self
        copy.body = .bytes(change(await bytes()))
        return copy
    }

    func withText(_ text: String) -> HTTPResponse {
        var copy = self
        copy.body = .bytes(Array(text.utf8))
        return copy
    }

    /// The answer to a status with each pod's status changed.
    func withStatuses(_ change: @Sendable (inout PodStatusAnswer) -> Void) async -> HTTPResponse {
        await withStatusList { list in for index in list.indices { change(&list[index]) } }
    }

    /// The answer to a status with its list changed.
    func withStatusList(_ change: @Sendable (inout [PodStatusAnswer]) -> Void) async -> HTTPResponse {
        guard status.code == 200 else { return self }
        return await withBytes { bytes in
            guard var list = try? JSON.decode([PodStatusAnswer].self, from: bytes) else { return bytes }
            change(&list)
            return JSON.encode(list)
        }
    }

    /// The lines of a log, each with its end, changed.
    func withLines(_ change: @Sendable ([ArraySlice<UInt8>]) -> [ArraySlice<UInt8>]) async -> HTTPResponse {
        await withBytes { bytes in
            var lines: [ArraySlice<UInt8>] = []
            var rest = bytes[...]
            while !rest.isEmpty {
                let end = rest.firstIndex(of: 0x0A).map { $0 + 1 } ?? rest.endIndex
                lines.append(rest[..<end])
                rest = rest[end...]
            }
            return change(lines).flatMap { $0 }
        }
    }
}

extension HTTPRequest {
    /// The pod of a create or a delete, or the first of a status.
    var pod: PodReference? {
        switch path {
        case "/create": (try? JSON.decode(CreatedPod.self, from: body))?.pod
        case "/delete": try? PodReference(scanning: body)
        default: (try? PodReference.scan(body))?.first
        }
    }

    var uid: String { pod?.uid ?? "" }

    /// The request with its log options changed.
    func withLogOptions(_ change: (inout LogOptions) -> Void) -> HTTPRequest {
        guard var wanted = try? WireBody.logs(body) else { return self }
        var options = wanted.options ?? LogOptions()
        change(&options)
        wanted.options = options
        var copy = self
        copy.body = JSON.encode(wanted)
        return copy
    }

    /// The request with another text everywhere in its body.
    func replacing(_ text: String, with other: String) -> HTTPRequest {
        var copy = self
        copy.body = Array(String(decoding: body, as: UTF8.self).replacing(text, with: other).utf8)
        return copy
    }
}

/// The pod in the body of a create.
private struct CreatedPod: JSONReadable {
    var pod: PodReference?

    init(from reader: inout JSONReader) throws(JSONError) {
        try reader.beginObject()
        while let key = try reader.nextMember() {
            if key == "pod" { pod = try reader.optional() } else { try reader.skipValue() }
        }
    }
}
