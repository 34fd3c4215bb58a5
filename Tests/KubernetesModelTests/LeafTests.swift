import Foundation
import KubernetesModel
import LosslessJSON
import Testing

@Suite struct TimestampTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-11-20T08:36:23Z", 1_795_163_783), ("0001-01-01T00:00:00Z", -62_135_596_800),
        ("2000-02-29T23:59:59Z", 951_868_799), ("2026-11-20T10:36:23+02:00", 1_795_163_783),
        ("9999-12-31T23:59:59Z", 253_402_300_799),
        ("1969-12-31T23:59:59Z", -1), ("2026-11-20t08:36:23z", 1_795_163_783),
    ])
    func secondsAreRight(_ text: String, _ seconds: Int64) throws {
        #expect(try #require(Timestamp(text)).secondsSinceEpoch == seconds)
    }

    @Test(arguments: [
        "", "2026-11-20", "2026-11-20T08:36:23", "2026-13-20T08:36:23Z", "2026-02-29T08:36:23Z", "2026-11-20T24:00:00Z",
        "2026-11-20 08:36:23Z", "2026-11-20T08:36:23.Z", "2026-11-20T08:36:23+0200", "2026-11-20T08:36:23ZZ",
        "1795163783",
        "2026-11-20T08:36:60Z", "2026-11-00T08:36:23Z", "+026-11-20T08:36:23Z", "2026-11-20T08:36:23+24:00",
    ])
    func whatIsNoTimeIsNil(_ text: String) { #expect(Timestamp(text) == nil) }

    @Test func everyDayComesBackAndFollowsTheOneBefore() throws {
        for day in stride(from: Int64(-719_162), to: 2_932_896, by: 1) where day % 17 == 0 {
            let time = Timestamp(secondsSinceEpoch: day * 86_400 + 3661)
            #expect(Timestamp(time.description) == time)
        }
        #expect(Timestamp(secondsSinceEpoch: 951_782_400).description == "2000-02-29T00:00:00Z")
        #expect(Timestamp(secondsSinceEpoch: 951_868_800).description == "2000-03-01T00:00:00Z")
    }

    @Test func fractionsAreKeptToTheNanosecond() throws {
        let time = try #require(Timestamp("2026-11-20T08:36:23.123456789Z"))
        #expect(time.nanoseconds == 123_456_789 && time.description == "2026-11-20T08:36:23.123456789Z")
        #expect(Timestamp("2026-11-20T08:36:23.5Z")?.description == "2026-11-20T08:36:23.5Z")
        #expect(
            Timestamp(secondsSinceEpoch: -1, nanoseconds: -1)
                == Timestamp(secondsSinceEpoch: -2, nanoseconds: 999_999_999))
        #expect(
            Timestamp(secondsSinceEpoch: 1, nanoseconds: 2_000_000_001)
                == Timestamp(secondsSinceEpoch: 3, nanoseconds: 1))
    }
}

@Suite struct Base64Tests {
    @Test func bytesOfEveryLengthComeBackAsFoundationSpellsThem() {
        for length in 0..<70 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ length) }
            #expect(Base64Data(bytes).text == Data(bytes).base64EncodedString())
            #expect(Base64Data(text: Base64Data(bytes).text)?.bytes == bytes)
        }
    }

    @Test(arguments: ["a", "ab", "abc", "a===", "ab=", "ab==c", "ab=c", "====", "ab!=", "YQ=", "YQ===", "é==="])
    func whatIsNoBase64IsRefused(_ text: String) { #expect(Base64Data(text: text) == nil) }

    @Test func lineBreaksAreAllowed() { #expect(Base64Data(text: "aGVs\nbG8=\r\n")?.bytes == Array("hello".utf8)) }
}

@Suite struct NameSyntaxTests {
    @Test func goodNamesPass() {
        #expect(NameSyntax.problem(withLabel: "my-pod-1") == nil)
        #expect(NameSyntax.problem(withSubdomain: "a.b-c.d1") == nil)
        #expect(NameSyntax.problem(withUID: "a02d30a0-19cc-45a4-a889-559cec872bd9") == nil)
        #expect(NameSyntax.problem(withUID: "0123456789abcdef0123456789abcdef") == nil)
        #expect(NameSyntax.problem(withEnvironmentVariable: "my.odd-NAME_1") == nil)
        #expect(NameSyntax.problem(withDataKey: "ca.crt") == nil)
        #expect(NameSyntax.problem(withDataKey: "_A-z.9") == nil)
        #expect(NameSyntax.problem(withRelativePath: "a/b/..c") == nil)
        #expect(NameSyntax.problem(withAbsolutePath: "/var/run") == nil)
    }

    @Test(arguments: [
        "", "-a", "a-", "A", "a_b", "a.b", "a/b", "..", "a\nb", "a\u{0}", "é", String(repeating: "a", count: 64),
    ])
    func badLabelsAreTold(_ name: String) { #expect(NameSyntax.problem(withLabel: name) != nil) }

    @Test(arguments: ["", ".a", "a.", "a..b", "a.-b", "A.b", "../etc", String(repeating: "a", count: 254)])
    func badSubdomainsAreTold(_ name: String) { #expect(NameSyntax.problem(withSubdomain: name) != nil) }

    @Test(arguments: [
        "", "../../../../../../../../../../../..", "A02D30A0-19CC-45A4-A889-559CEC872BD9",
        "a02d30a019cc45a4a889559cec872bd", "a02d30a0-19cc-45a4-a889-559cec872bd9\n",
    ])
    func badUIDsAreTold(_ uid: String) { #expect(NameSyntax.problem(withUID: uid) != nil) }

    @Test(arguments: ["", "A=B", "A\n", "é", "A\u{0}"])
    func badVariablesAreTold(_ name: String) { #expect(NameSyntax.problem(withEnvironmentVariable: name) != nil) }

    @Test(arguments: ["", "..", "..a", ".", "a/b", "a b", "é", "a\u{0}"])
    func badKeysAreTold(_ name: String) { #expect(NameSyntax.problem(withDataKey: name) != nil) }

    @Test(arguments: [
        "", "/a", "../a", "a/../b", "a/..", "..\u{2F}\u{301}a", "a\u{0}", String(repeating: "a", count: 5000),
    ])
    func badRelativePathsAreTold(_ path: String) { #expect(NameSyntax.problem(withRelativePath: path) != nil) }

    @Test(arguments: ["", "a", "/a/../b", "/a/..\u{2F}\u{301}b", "/a\u{0}"])
    func badAbsolutePathsAreTold(_ path: String) { #expect(NameSyntax.problem(withAbsolutePath: path) != nil) }
}

@Suite struct RedactionTests {
    @Test func whatMayBeSecretIsNotPrinted() throws {
        let secret = "hunter2-very-secret"
        var pod = Pod(metadata: ObjectMeta(name: "p"), spec: PodSpec(containers: [Container(name: "c")]))
        pod.spec.containers[0].env = [EnvVar(name: "PASSWORD", value: secret)]
        let keeper = Secret(
            metadata: ObjectMeta(name: "s"), data: ["k": Base64Data(Array(secret.utf8))], stringData: ["k": secret])
        let map = ConfigMap(metadata: ObjectMeta(name: "m"), data: ["token": secret])
        let encoded = Base64Data(Array(secret.utf8)).text
        for value in [pod as Any, keeper, map, keeper.data as Any] {
            var dumped = ""
            dump(value, to: &dumped)
            for text in ["\(value)", String(reflecting: value), dumped] {
                #expect(!text.contains("hunter2") && !text.contains(encoded), "\(type(of: value))")
            }
        }
        #expect("\(pod)".contains("PASSWORD"))
    }
}
