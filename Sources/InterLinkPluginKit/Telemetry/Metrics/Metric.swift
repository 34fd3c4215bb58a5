import Synchronization

/// Something that only grows: requests, errors, bytes.
public final class Counter: Sendable {
    private let count = Atomic<UInt64>(0)

    init() {}

    /// Adds to it. Costs one atomic addition.
    public func add(_ amount: UInt64 = 1) { count.wrappingAdd(amount, ordering: .relaxed) }

    /// The sum so far.
    public var value: UInt64 { count.load(ordering: .relaxed) }
}

/// Something that goes up and down: connections, queue lengths.
public final class Gauge: Sendable {
    private let bits = Atomic<UInt64>(0)

    init() {}

    /// Sets it.
    public func set(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }

    /// Adds to it, or takes from it.
    public func add(_ amount: Double) { bits.addDouble(amount) }

    /// What it is now.
    public var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }
}

/// How values are spread: latencies, sizes.
public final class Histogram: Sendable {
    /// Latencies from the microseconds of an answer from memory to the minutes of a scheduler in trouble.
    public static let latencies: [Double] = [
        0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 30, 120,
    ]

    let bounds: [Double]
    /// One more than there are bounds, the last for what is above them all.
    let counts: [Counter]
    private let sumBits = Atomic<UInt64>(0)

    init(bounds: [Double]) {
        self.bounds = bounds
        counts = (0...bounds.count).map { _ in Counter() }
    }

    /// Takes one value. Costs two atomic additions.
    public func observe(_ value: Double) {
        counts[bounds.firstIndex { value <= $0 } ?? bounds.count].add()
        sumBits.addDouble(value)
    }

    /// Takes one latency, in seconds.
    public func observe(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        observe(Double(seconds) + Double(attoseconds) / 1e18)
    }

    /// The sum of all values.
    public var sum: Double { Double(bitPattern: sumBits.load(ordering: .relaxed)) }
    /// How many values there were.
    public var count: UInt64 { counts.reduce(0) { $0 + $1.value } }
}

extension Atomic<UInt64> {
    /// Adds to the Double whose bits these are.
    borrowing fileprivate func addDouble(_ amount: Double) {
        var old = load(ordering: .relaxed)
        while true {
            let new = (Double(bitPattern: old) + amount).bitPattern
            let (exchanged, original) = weakCompareExchange(expected: old, desired: new, ordering: .relaxed)
            if exchanged { return }
            old = original
        }
    }
}
