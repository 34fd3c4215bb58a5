import KubernetesModel
import LosslessJSON

/// What a hook says: one object with `decision`, and `reason` or `patch`.
enum HookAnswer: Equatable {
    case allow
    case change(HookPatch)
    case refuse(reason: String)

    init(_ output: [UInt8]) throws(HookFailure) {
        let value: JSONValue
        do {
            value = try JSON.decode(from: output)
        } catch {
            throw HookFailure("its answer is not JSON: \(error)")
        }
        switch value["decision"]?.string {
        case "allow": self = .allow
        case "refuse": self = .refuse(reason: value["reason"]?.string ?? "no reason was given")
        case "change":
            guard let patch = value["patch"] else { throw HookFailure("it wants a change, but gives no patch") }
            self = .change(try HookPatch(patch))
        default: throw HookFailure("its decision is neither allow, change nor refuse")
        }
    }
}

/// Why a hook could not be heard.
struct HookFailure: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// A merge patch (RFC 7386) to a pod. Containers are found by their names: each may be changed, none added or left out,
/// because interLink asks for all of them by name for as long as the pod lives.
struct HookPatch: Equatable {
    private let patch: [String: JSONValue]

    init(_ patch: JSONValue) throws(HookFailure) {
        guard let members = patch.object else { throw HookFailure("its patch is not an object") }
        for name in members.keys.sorted() where name != "metadata" && name != "spec" {
            throw HookFailure("its patch changes \(name), but only metadata and spec can be changed")
        }
        for name in (members["metadata"]?.object ?? [:]).keys.sorted() where name != "labels" && name != "annotations" {
            throw HookFailure("its patch changes metadata.\(name), but only labels and annotations can be changed")
        }
        if members["spec"]?["nodeName"] != nil { throw HookFailure("its patch changes spec.nodeName, which is fixed") }
        for (name, member) in members where member.object == nil {
            throw HookFailure("its patch of \(name) is not an object")
        }
        self.patch = members
    }

    /// The changed pod. Without having been shown the environment a hook cannot change it.
    func apply(to pod: Pod, environmentWasShown: Bool) throws(HookFailure) -> Pod {
        var value = JSONValue(pod)
        var patch = patch
        for list in ["containers", "initContainers"] {
            guard let changes = patch["spec"]?[list] else { continue }
            patch["spec"] = patch["spec"]?.without(list)
            let merged = try Self.merge(
                changes, into: value["spec"]?[list]?.array ?? [], list, environmentWasShown: environmentWasShown)
            value.edit("spec") { $0.edit(list) { $0 = .array(merged) } }
        }
        do {
            return try JSON.decode(from: JSON.encode(value.merged(with: .object(patch))))
        } catch {
            throw HookFailure("its patch makes a pod that is none: \(error)")
        }
    }

    private static func merge(
        _ changes: JSONValue, into containers: [JSONValue], _ list: String, environmentWasShown: Bool
    ) throws(HookFailure) -> [JSONValue] {
        guard let changes = changes.array else { throw HookFailure("its patch of spec.\(list) is not a list") }
        var containers = containers
        for change in changes {
            guard let name = change["name"]?.string,
                let index = containers.firstIndex(where: { $0["name"]?.string == name })
            else { throw HookFailure("its patch of spec.\(list) names a container that the pod does not have") }
            if !environmentWasShown, change["env"] != nil {
                throw HookFailure("its patch changes env, which needs policy.hook.secrets: true")
            }
            containers[index] = containers[index].merged(with: change)
        }
        return containers
    }
}

extension JSONValue {
    /// The value after a merge patch.
    func merged(with patch: JSONValue) -> JSONValue {
        guard case .object(let changes) = patch else { return patch }
        var members = object ?? [:]
        for (name, change) in changes {
            members[name] = change == .null ? nil : (members[name] ?? .null).merged(with: change)
        }
        return .object(members)
    }

    fileprivate func without(_ name: String) -> JSONValue {
        object.map { .object($0.filter { $0.key != name }) } ?? self
    }
}
