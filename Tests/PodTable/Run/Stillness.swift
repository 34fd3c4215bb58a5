/// Whether something has stopped changing: the same for two seconds.
struct Stillness {
    private var last: [UInt8]?
    private var since = ContinuousClock.now

    mutating func lasts(_ contents: (some Sequence<UInt8>)?) -> Bool {
        let contents = contents.map { Array($0) }
        if contents == nil || contents != last {
            last = contents
            since = .now
        }
        return ContinuousClock.now - since > .seconds(2)
    }
}
