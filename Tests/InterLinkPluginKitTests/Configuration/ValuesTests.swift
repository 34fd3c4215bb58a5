import Glibc
import Testing

@testable import InterLinkPluginKit

@Suite struct DurationTextTests {
    @Test(
        arguments: [
            ("250ms", 250_000_000), ("20s", 20_000_000_000), ("5m", 300_000_000_000), ("1h30m", 5_400_000_000_000),
            ("1.5h", 5_400_000_000_000), ("2d", 172_800_000_000_000), ("0", 0), ("1us", 1_000), ("7ns", 7),
            ("0.5s", 500_000_000),
        ] as [(String, Int64)])
    func peopleWriteThem(text: String, nanoseconds: Int64) throws {
        let duration = try DurationText.parse(text)
        #expect(duration == .nanoseconds(nanoseconds))
        #expect(try DurationText.parse(DurationText.text(duration)) == duration)
    }

    @Test(arguments: ["", "20", "s", "-5s", "5 m", "1h30", "1.s", ".5s", "1.2.3s", "0.5ns", "5w", "99999999999d", "５s"])
    func whatCouldMeanAnythingElseIsRefused(text: String) {
        #expect(throws: InvalidScalar.self) { try DurationText.parse(text) }
    }
}

@Suite struct ByteSizeTests {
    @Test(
        arguments: [
            ("64MiB", 64 << 20), ("1Gi", 1 << 30), ("2GB", 2_000_000_000), ("512k", 512_000), ("4096", 4096),
            ("1.5GiB", 3 << 29),
            ("7B", 7), ("0", 0),
        ] as [(String, Int64)])
    func peopleWriteThem(text: String, bytes: Int64) throws {
        let size = try ByteSize(configurationText: text)
        #expect(size.bytes == bytes)
        #expect(try ByteSize(configurationText: size.configurationText) == size)
    }

    @Test(arguments: ["", "MiB", "-1", "1.5", "1e3", "9999999999Ti", "1 GB", "1BB", "1Kib"])
    func anythingElseIsRefused(text: String) {
        #expect(throws: InvalidScalar.self) { try ByteSize(configurationText: text) }
    }
}

@Suite struct FileModeTests {
    @Test(arguments: [("0660", 0o660), ("0o640", 0o640), ("01777", 0o1777), ("0007", 7)] as [(String, UInt32)])
    func octalIsRead(text: String, bits: UInt32) throws {
        let mode = try FileMode(configurationText: text)
        #expect(mode.bits == bits)
        #expect(try FileMode(configurationText: mode.configurationText) == mode)
    }

    @Test(arguments: ["660", "432", "0680", "0", "06", "+0660", "0o+66", "u=rw", "0x1ff"])
    func whatMayBeDecimalIsRefused(text: String) {
        #expect(throws: InvalidScalar.self) { try FileMode(configurationText: text) }
    }
}

@Suite struct ScalarReadingTests {
    @Test(arguments: ["010", "1e3", "1_000", "", "--1", "+-1", "0x", "1.0", "99999999999999999999", "٣"])
    func trapsOfWholeNumbersAreRefused(text: String) {
        #expect(throws: InvalidScalar.self) { try Int.read(.init(text: text, style: .plain)) }
    }

    @Test(arguments: [("10", 10), ("-7", -7), ("+7", 7), ("0", 0), ("0x1F", 31), ("0o17", 15)])
    func wholeNumbersAreRead(text: String, number: Int) throws {
        #expect(try Int.read(.init(text: text, style: .plain)) == number)
    }

    @Test func numbersOutOfRangeAreRefused() {
        #expect(throws: InvalidScalar.self) { try UInt8.read(.init(text: "256", style: .plain)) }
        #expect(throws: InvalidScalar.self) { try UInt.read(.init(text: "-1", style: .plain)) }
    }

    @Test(arguments: [".inf", "nan", "0x1p3", "", "1e999", "infinity"])
    func numbersThatAreNoneAreRefused(text: String) {
        #expect(throws: InvalidScalar.self) { try Double.read(.init(text: text, style: .plain)) }
    }

    @Test func quotesMakeAText() {
        #expect(throws: InvalidScalar.self) { try Bool.read(.init(text: "true", style: .quoted)) }
        #expect(throws: InvalidScalar.self) { try Int.read(.init(text: "1", style: .quoted)) }
    }
}
