public import InterLinkAPI
import KubernetesModel

/// The identity travels with the request, in annotations that only the host writes: so it is there in
/// ``InterLinkPlugin/place(_:)`` and ``InterLinkPlugin/submit(_:)``, before and after a restart.
extension CreateRequest {
    private static let prefix = "policy.interlink/"

    private static var parts: [(String, WritableKeyPath<OwnerIdentity, String?>)] {
        [
            ("account", \.account), ("qos", \.qos), ("user", \.user), ("partition", \.partition),
            ("credential", \.credential), ("comment", \.comment),
        ]
    }

    /// As whom the pod runs at the site, where the policy says so.
    public var owner: OwnerIdentity? {
        guard let annotations = pod.metadata.annotations else { return nil }
        var owner = OwnerIdentity()
        for (name, part) in Self.parts { owner[keyPath: part] = annotations[Self.prefix + name] }
        return owner == OwnerIdentity() ? nil : owner
    }

    /// The same request with this owner, whatever it claimed by itself.
    func owned(by owner: OwnerIdentity?) -> CreateRequest {
        let claimed = pod.metadata.annotations?.keys.contains { $0.hasPrefix(Self.prefix) } ?? false
        guard claimed || owner != nil else { return self }
        var annotations = pod.metadata.annotations?.filter { !$0.key.hasPrefix(Self.prefix) } ?? [:]
        for (name, part) in Self.parts { annotations[Self.prefix + name] = owner?[keyPath: part] }
        var request = self
        request.pod.metadata.annotations = annotations
        return request
    }
}
