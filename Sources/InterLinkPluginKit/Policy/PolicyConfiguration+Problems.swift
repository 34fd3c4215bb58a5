extension PolicyConfiguration {
    /// Rules that could never do what was meant.
    public func validate() -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        for (index, folder) in (hostPaths ?? []).enumerated()
        where !folder.hasPrefix("/") || folder.split(separator: "/").contains("..") {
            problems.append(
                .init(
                    "hostPaths[\(index)]", "is not the path of a folder",
                    advice: "write it from the root, like /scratch"))
        }
        for (index, quota) in quotas.enumerated() where (quota.pods ?? 0) < 0 {
            problems.append(.init("quotas[\(index)].pods", "is below zero", advice: "write 0 to admit none"))
        }
        return problems
    }
}

extension NumericIDRule {
    /// Ranges that are none.
    public func validate() -> [ConfigurationProblem] {
        (allow ?? []).enumerated().compactMap { index, text in
            Self.range(text) == nil
                ? ConfigurationProblem(
                    "allow[\(index)]", "\(text.prefix(40).debugDescription) is not a range of ids",
                    advice: "write 1000 or 1000-1999")
                : nil
        }
    }
}

extension NameRule {
    /// Empty names, which would mean everything or nothing.
    public func validate() -> [ConfigurationProblem] {
        [("allow", allow), ("deny", deny)].flatMap { key, names in
            names.enumerated().compactMap { index, name in
                name.isEmpty
                    ? ConfigurationProblem("\(key)[\(index)]", "is empty", advice: "write * for everything") : nil
            }
        }
    }
}

extension HookConfiguration {
    /// A program that cannot be found, or would be given too much time.
    public func validate() -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        if !program.hasPrefix("/") {
            problems.append(.init("program", "is not a path from the root", advice: "write /etc/interlink/admit"))
        }
        if timeout <= .zero || timeout > .seconds(60) {
            problems.append(
                .init("timeout", "is not between 0 and 60 s", advice: "interLink waits two minutes for a create in all")
            )
        }
        return problems
    }
}
