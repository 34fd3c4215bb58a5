/// What is found while a plan is made: reasons to refuse the pod, and what it gets in another form.
///
/// Nothing that a pod asks for is dropped without a note of the one or the other kind.
struct PlanNotes {
    private(set) var problems: [PlanProblem] = []
    private(set) var remarks: [String] = []
    private let ignored: Set<IgnorableFeature>

    init(ignoring features: [IgnorableFeature] = []) { ignored = Set(features) }

    /// The pod cannot run here.
    mutating func refuse(_ field: String, _ fault: String, _ advice: String) {
        problems.append(PlanProblem(field, fault, advice: advice))
    }

    /// The pod runs, though not quite as it asked.
    mutating func remark(_ field: String, _ fault: String) {
        let remark = "\(field) \(fault)"
        if !remarks.contains(remark) { remarks.append(remark) }
    }

    /// The pod asks for what cannot be given: refused, unless the site has such requests ignored.
    mutating func lack(_ feature: IgnorableFeature, _ field: String, _ fault: String) {
        if ignored.contains(feature) {
            remark(field, "\(fault); it is ignored")
        } else {
            refuse(
                field, fault,
                "remove it, or ask the site to ignore it (containers.ignore: [\(feature.rawValue)])")
        }
    }
}
