import InterLinkPluginKit

/// One reason why a pod cannot run here: `spec.containers[1].volumeMounts[0].subPath is "../x"; it must not hold ..`.
///
/// It never shows the value of a variable or the content of a file.
package struct PlanProblem: Hashable, Sendable, CustomStringConvertible {
    /// Where it stands in the pod.
    package let field: String
    /// What is wrong, to follow the field.
    package let fault: String
    /// What to do about it.
    package let advice: String

    package init(_ field: String, _ fault: String, advice: String) {
        self.field = oneLine(field, atMost: 150)
        self.fault = oneLine(fault, atMost: 300)
        self.advice = oneLine(advice, atMost: 300)
    }

    /// One line, since it is shown in the status of the pod.
    package var description: String { "\(field) \(fault); \(advice)" }
}

/// Everything for which a pod cannot run here, at once.
package struct PlanError: Error, Equatable, CustomStringConvertible {
    package let problems: [PlanProblem]

    package init(_ problems: [PlanProblem]) { self.problems = problems }

    package var description: String {
        let shown = problems.prefix(5).map(\.description).joined(separator: ". ")
        let more = problems.count > 5 ? ". And \(problems.count - 5) more" : ""
        return "the pod cannot run here: \(shown)\(more)"
    }
}

/// A text of the pod, fit to be shown.
func shown(_ text: String) -> String { oneLine(text, atMost: 80).debugDescription }
