public import KubernetesModel

extension Quantity: ConfigurationScalar {
    /// Reads an amount as Kubernetes writes it.
    public init(configurationText text: String) throws(InvalidScalar) {
        guard let quantity = Quantity(text) else {
            throw InvalidScalar(
                "\(text.prefix(40).debugDescription) is not an amount", advice: "write it like 4, 500m or 16Gi")
        }
        self = quantity
    }

    /// The amount as it was spelled.
    public var configurationText: String { text }
}
