/// The keys of a configuration that are about the log.
public struct LogConfiguration: ConfigurationSection {
    /// Lines that matter less are not written.
    public var level = LogLevel.info
    /// For people or for machines.
    public var format = LogFormat.text

    /// Lines for people, from `info` on.
    public init() {}
}
