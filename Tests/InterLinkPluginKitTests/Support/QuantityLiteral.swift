public import KubernetesModel
import Testing

/// Amounts as tests write them. Not in the model: there a text that is no amount must never pass for zero.
extension Quantity: ExpressibleByStringLiteral {
    /// A quantity by its text.
    public init(stringLiteral text: String) {
        guard let quantity = Quantity(text) else {
            Issue.record("\(text) is no quantity")
            self = .zero
            return
        }
        self = quantity
    }
}
