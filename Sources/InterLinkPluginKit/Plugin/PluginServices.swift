/// What the host offers a plugin.
public struct PluginServices: Sendable {
    /// The id of the record store; a part of every mark.
    public let instance: String
    /// The clock that everything goes by.
    public let clock: any TimeSource
    private let store: Store

    package init(store: Store, clock: any TimeSource) {
        instance = store.instance
        self.store = store
        self.clock = clock
    }

    /// A durable store of keys and values for a part of the plugin.
    public func values(_ namespace: String) -> KeyValueStore { store.values(namespace: namespace) }

    /// The same for secrets: what is removed there is overwritten on the disk.
    public func credentials(_ namespace: String) -> KeyValueStore { store.credentials(namespace: namespace) }
}
