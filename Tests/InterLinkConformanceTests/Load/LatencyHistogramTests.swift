import TestSupport
import Testing

@testable import InterLinkConformance

@Suite struct LatencyHistogramTests {
    /// What the histogram says, beside the sorted times themselves.
    @Test(arguments: [1, 2, 10, 1000, 20_000]) func percentilesAreExactToAHundredth(count: Int) throws {
        var generator = SeededGenerator(seed: UInt64(count))
        // From microseconds to a quarter of an hour, small ones as often as large ones.
        let times = (0..<count).map { _ in
            Duration.microseconds(
                Int64(1) << Int64.random(in: 0..<30, using: &generator) + Int64.random(in: 0..<1000, using: &generator))
        }
        var histogram = LatencyHistogram()
        for time in times { histogram.note(time) }
        let sorted = times.sorted()
        for share in [0.0, 0.1, 0.5, 0.9, 0.99, 0.999, 1] {
            let rank = max(1, Int((share * Double(count)).rounded(.up)))
            let exact = sorted[rank - 1].inSeconds
            let told = try #require(histogram.percentile(share)).inSeconds
            #expect(told >= exact - 1e-9, "\(share) of \(count)")
            #expect(told <= exact * 1.01 + 2e-6, "\(share) of \(count)")
        }
        #expect(histogram.count == count)
        #expect(histogram.maximum == sorted.last)
        #expect(histogram.total == times.reduce(.zero, +))
    }

    @Test func nothingHasNoPercentiles() {
        #expect(LatencyHistogram().percentile(0.5) == nil)
        #expect(LatencyHistogram().percentiles([0.5, 0.9]) == [])
    }

    @Test func partsMakeTheWhole() {
        var whole = LatencyHistogram()
        var parts = [LatencyHistogram(), LatencyHistogram()]
        for number in 0..<500 {
            let time = Duration.microseconds(number * number)
            whole.note(time)
            parts[number % 2].note(time)
        }
        parts[0].add(parts[1])
        #expect(parts[0] == whole)
    }

    @Test(arguments: [Duration.zero, .seconds(-3), .seconds(100 * 86_400)]) func oddTimesAreNoted(time: Duration) {
        var histogram = LatencyHistogram()
        histogram.note(time)
        #expect(histogram.percentile(1).map { $0 <= max(time, .zero) } == true)
    }

    @Test func aTimelineIsBoundedAndLosesNothing() {
        var timeline = Timeline<CallSpan>()
        for second in 0..<5000 {
            timeline.change(at: .seconds(second)) { span in
                span.times.note(.milliseconds(second))
                span.errors += 1
            }
        }
        #expect(timeline.spans.count <= 240)
        #expect(timeline.spans.reduce(0) { $0 + $1.times.count } == 5000)
        #expect(timeline.spans.reduce(0) { $0 + $1.errors } == 5000)
        #expect(timeline.width * timeline.spans.count >= .seconds(4999))
        // Each span holds its own: the first the shortest times, the last the longest.
        #expect(timeline.spans.first?.times.maximum ?? .zero < timeline.width * 2)
        #expect(timeline.spans.last?.times.maximum == .milliseconds(4999))
    }
}
