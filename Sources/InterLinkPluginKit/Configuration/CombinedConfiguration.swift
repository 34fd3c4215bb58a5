/// Two configurations that share one file: the host's keys and the plugin's stand side by side.
///
/// A key is known when either of them knows it, and the problems of both are told at once.
public struct CombinedConfiguration<Host: Decodable & Sendable, Plugin: Decodable & Sendable>: Decodable, Sendable {
    /// The keys of the host.
    public let host: Host
    /// The keys of the plugin.
    public let plugin: Plugin

    /// Reads both from the same mapping.
    public init(from decoder: any Decoder) throws {
        guard let decoder = decoder as? ValueDecoder else {
            host = try Host(from: decoder)
            plugin = try Plugin(from: decoder)
            return
        }
        let hostResult = Result { () throws(ConfigurationError) in
            try decoder.context.readPart(Host.self, decoder)
        }
        do throws(ConfigurationError) {
            plugin = try decoder.context.readPart(Plugin.self, decoder)
        } catch {
            guard case .failure(let others) = hostResult else { throw error }
            throw ConfigurationError(others.problems + error.problems)
        }
        host = try hostResult.get()
    }
}
