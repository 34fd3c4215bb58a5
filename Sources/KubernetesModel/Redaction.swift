// Types that carry what may be secret show their names when they are printed, never their content: pods reach the
// plugin with the values of Secrets already in their environment.

extension EnvVar: CustomStringConvertible, CustomReflectable {
    /// The name only.
    public var description: String { "EnvVar(\(name))" }
    /// The name only.
    public var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}

extension Secret: CustomStringConvertible, CustomReflectable {
    /// The name and the keys only.
    public var description: String { "Secret(\(metadata.name ?? ""), keys: \((data ?? [:]).keys.sorted()))" }
    /// The name only.
    public var customMirror: Mirror { Mirror(self, children: ["name": metadata.name ?? ""]) }
}

extension ConfigMap: CustomStringConvertible, CustomReflectable {
    /// The name and the keys only: interLink sends tokens and projected files as ConfigMaps too.
    public var description: String { "ConfigMap(\(metadata.name ?? ""), keys: \((data ?? [:]).keys.sorted()))" }
    /// The name only.
    public var customMirror: Mirror { Mirror(self, children: ["name": metadata.name ?? ""]) }
}
