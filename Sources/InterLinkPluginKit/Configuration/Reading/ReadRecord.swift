/// What the reading of one value asked for and met.
final class ReadRecord {
    /// The defaults of the section that is read; nil for any other type.
    var defaults: SectionDefaults?
    /// What is wrong with the keys of a section: reading goes on after each with the default in its place.
    var problems: [ConfigurationProblem] = []

    private var given: [ConfigurationNode.Member] = []
    private var isKnown: [(String) -> Bool] = []
    private var asked: Set<String> = []
    private var shown: EffectiveValue?
    private var members: [EffectiveValue.Member] = []
    private var indices: [String: Int] = [:]

    /// The value as it took effect: what was shown, else the keys that were read; nil for a value without keys.
    var effective: EffectiveValue? {
        get { shown ?? (isKnown.isEmpty ? nil : .mapping(members)) }
        set { shown = newValue }
    }

    /// The keys of `members` are about to be asked for, by names that `isKnown` tells.
    func open(_ members: [ConfigurationNode.Member], isKnown: @escaping (String) -> Bool) {
        given = members
        self.isKnown.append(isKnown)
    }

    func ask(for key: String) { asked.insert(key) }

    func keep(_ value: EffectiveValue, for key: String, from place: ConfigurationNode.Place) {
        let origin: String? =
            switch place {
            case .line: nil
            case .variable(let name): name
            case .absent: "default"
            }
        let member = EffectiveValue.Member(key: key, value: value, origin: origin)
        if let index = indices[key] {
            members[index] = member
        } else {
            indices[key] = members.count
            members.append(member)
        }
    }

    /// The keys of the file that nobody asked for. When reading stopped early, only those that nobody could ask for.
    func unknownKeys(isComplete: Bool, at path: ConfigurationPath) -> [ConfigurationProblem] {
        guard !isKnown.isEmpty else { return [] }
        let unknown = given.lazy.filter { [self] member in
            let isExtension = path.steps.isEmpty && member.key.hasPrefix("x-")
            if asked.contains(member.key) || isExtension { return false }
            return isComplete || !isKnown.contains { $0(member.key) }
        }
        // Enough for any mistake; the file of another program would have thousands.
        return unknown.prefix(100).map { member in
            let known = "known here: \(asked.sorted().joined(separator: ", "))"
            let advice =
                NearMiss.of(member.key, among: asked).map { "did you mean \($0)?" }
                ?? (isComplete && !asked.isEmpty ? known : "remove it")
            return ConfigurationProblem(
                path.appending(.key(member.key)).text, "is not a known key", advice: advice,
                place: member.keyPlace.description)
        }
    }
}
