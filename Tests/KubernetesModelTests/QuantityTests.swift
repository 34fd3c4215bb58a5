import KubernetesModel
import LosslessJSON
import Testing

@Suite struct QuantityTests {
    @Test(arguments: [
        ("0", 0), ("1", 1), ("1000m", 1), ("1001m", 2), ("0.5", 1), ("1.5Gi", 1_610_612_736), ("16Gi", 17_179_869_184),
        ("1k", 1000), ("1M", 1_000_000), ("1Ki", 1024), ("1e3", 1000), ("1E3", 1000), ("1e-3", 1), ("12E", 0),
        ("-1", -1),
        ("-1.5", -1), ("+3", 3), (".5", 1), ("5.", 5), ("1n", 1), ("1u", 1), ("8Ei", Int64.max),
        ("9223372036854775807", Int64.max),
        ("99999999999999999999", Int64.max), ("1e1000000", Int64.max), ("0.0000000001", 1),
        ("100T", 100_000_000_000_000),
    ])
    func unitsAreRoundedUpAndCapped(_ text: String, _ units: Int64) throws {
        let expected = text == "12E" ? Int64.max : units
        #expect(try #require(Quantity(text)).units == expected)
    }

    @Test(arguments: [
        "", "m", "Ki", "1KI", "1ki", "1 Gi", "1Gi ", "1.2.3", "--1", "1e", "1e+", "0x10", "1GiB", "NaN", "1ee3", "e3",
        "-", "+",
        "1,5", "١", "1\u{0}",
    ])
    func whatIsNoQuantityIsNil(_ text: String) { #expect(Quantity(text) == nil) }

    @Test(arguments: [
        ("1000m", "1"), ("1500m", "1500m"), ("0.5", "500m"), ("1024Ki", "1Mi"), ("1536Mi", "1536Mi"),
        ("1.5Gi", "1536Mi"),
        ("512", "512"), ("1000", "1k"), ("1e3", "1e3"), ("1000e3", "1e6"), ("0.5Ki", "512"), ("0", "0"), ("0Gi", "0"),
        ("1024", "1024"), ("100Mi", "100Mi"), ("-1000m", "-1"), ("1n", "1n"), ("0.1Ki", "102400m"),
        ("1000000000", "1G"),
    ])
    func theCanonicalSpellingIsKubernetesOwn(_ text: String, _ canonical: String) throws {
        #expect(try #require(Quantity(text)).canonical.text == canonical)
    }

    private func amount(_ text: String) throws -> Quantity { try #require(Quantity(text)) }

    @Test func amountsAreComparedByValue() throws {
        #expect(try amount("1000m") == amount("1"))
        #expect(try amount("1Gi") == amount("1024Mi"))
        #expect(try amount("1Gi") > amount("1G"))
        #expect(try amount("1e3").hashValue == amount("1k").hashValue)
        #expect(try amount("0.1") != amount("0.10001"))
    }

    @Test func sumsAreExact() throws {
        var sum = Quantity.zero
        for _ in 0..<10 { sum += try amount("0.1") }
        #expect(try sum == amount("1") && sum.text == "1")
        #expect(try amount("250m") + amount("1.75") == amount("2"))
        #expect(try (amount("1Gi") + amount("512Mi")).text == "1536Mi")
        #expect(try (Quantity.zero + amount("512Mi")).text == "512Mi")
        #expect(Quantity(milliUnits: 1500).text == "1500m")
        #expect(Quantity(units: 1 << 30, format: .binary).text == "1Gi")
    }

    @Test func theSpellingAndTheJSONFormSurvive() throws {
        for json in [#""1000m""#, #""0.50""#, "2", "1.5", "1e3", #""+1""#] {
            let quantity = try JSON.decode(Quantity.self, from: Array(json.utf8))
            #expect(String(decoding: JSON.encode(quantity), as: UTF8.self) == json)
        }
        for json in [#""a lot""#, "true", "null", "{}"] {
            #expect(throws: JSONError.self) { try JSON.decode(Quantity.self, from: Array(json.utf8)) }
        }
    }
}
