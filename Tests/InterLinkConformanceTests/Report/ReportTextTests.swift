import Foundation
import FoundationXML
import Testing

@testable import InterLinkConformance

/// Reports show texts of the plugin that they judge. Whatever these are, a report stays a report.
@Suite struct ReportTextTests {
    static let hostile = [
        "</pre><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='x", "]]>", "<!-- -->",
        "&lt;&amp;&#60;", "a\u{0}b\u{1B}[31mc\u{7}", "\u{202E}txt.exe", "\u{FFFF}\u{FFFE}", "line\nline\ttab\r",
        "é 漢 🚢", "",
    ]

    private func report(_ text: String) -> ConformanceReport {
        let check = ConformanceCheck("core.ping.hostile", contract: text, because: text) { _ in }
        var failed = CheckResult(check, .failed)
        failed.findings = [Finding(sent: text, got: text, expected: text, consequence: text)]
        failed.exchanges = [
            RecordedExchange(
                call: text, pod: text, at: 0.5, seconds: 0.25, sent: text, status: 500, received: text, times: 3)
        ]
        let checks = [
            failed, CheckResult(check, .blocked, why: text), CheckResult(check, .skipped, why: text),
            CheckResult(check, .passed),
        ]
        return ConformanceReport(
            endpoint: text, run: text, startedAt: text, seconds: 1.5, capabilities: [.core], checks: checks,
            podsCreated: 4, podsLeft: [text], wasInterrupted: false)
    }

    @Test(arguments: hostile) func jUnitIsXMLAndLosesNothing(text: String) throws {
        let seen = try XMLSeen(report(text).junit)
        #expect(seen.elements.filter { $0 == "testcase" }.count == 4)
        for name in ["testsuites", "testsuite", "failure", "error", "skipped"] {
            #expect(seen.elements.filter { $0 == name }.count == 1, "\(name)")
        }
        let shown = visible(text)
        #expect(seen.attributes["skipped"]?["message"] == shown)
        #expect(seen.attributes["failure"]?["message"] == "got \(shown), expected \(shown)")
        #expect(seen.text.contains("expected: \(shown)\nso:       \(shown)"))
        #expect(seen.attributes["testsuites"]?["failures"] == "1")
        #expect(seen.attributes["testsuites"]?["errors"] == "1")
        #expect(seen.attributes["testsuites"]?["skipped"] == "1")
    }

    /// The page has the same elements whatever the texts are, and asks for nothing.
    @Test(arguments: hostile) func aPageKeepsItsShape(text: String) {
        let page = report(text).html
        let plain = report("plain").html
        #expect(tags(page) == tags(plain))
        #expect(!page.contains("http:"))
        #expect(!page.contains("https:"))
        #expect(!page.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{0}" || $0 == "\u{202E}" })
    }

    @Test func aPageShowsWhatAReaderWants() {
        let page = report("<b>").html
        for words in ["core.ping.hostile", "&lt;b&gt;", "expected", "1 checks failed, 1 could not", "4 pods created"] {
            #expect(page.contains(words), "\(words)")
        }
        #expect(page.contains("<tr><td><a href=\"#core\">core</a></td>"))
    }

    @Test func linesForATerminalStayLines() {
        for text in Self.hostile {
            let line = SafeText.line(text)
            #expect(!line.unicodeScalars.contains { !SafeScalar.isHarmless($0) })
        }
        #expect(SafeText.line("a\nb") == "a\\nb")
        #expect(SafeText.line(String(repeating: "x", count: 1000), limit: 10) == "xxxxxxxxxx…")
    }

    /// As a reader sees the text: what may not be shown is replaced.
    private func visible(_ text: String) -> String {
        var shown = ""
        for scalar in text.unicodeScalars {
            let isKept = SafeScalar.isHarmless(scalar) || scalar == "\n" || scalar == "\t"
            shown.unicodeScalars.append(isKept ? scalar : SafeScalar.replacement)
        }
        return shown
    }

    /// The tags of a page in their order, found as a browser finds them: from `<` and a letter to `>`, quotes passed over.
    private func tags(_ page: String) -> [String] {
        var tags: [String] = []
        var rest = page.utf8[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
            var end = rest.index(after: start)
            var quote: UInt8?
            while end < rest.endIndex, rest[end] != UInt8(ascii: ">") || quote != nil {
                if rest[end] == UInt8(ascii: "\"") { quote = quote == nil ? rest[end] : nil }
                end = rest.index(after: end)
            }
            let tag = rest[start..<end].prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") }
            tags.append(String(decoding: tag, as: UTF8.self))
            rest = rest[end...].dropFirst()
        }
        return tags
    }
}

/// What an independent reader of XML finds.
private final class XMLSeen: NSObject, XMLParserDelegate {
    var elements: [String] = []
    var attributes: [String: [String: String]] = [:]
    var text = ""

    init(_ document: String) throws {
        super.init()
        let parser = XMLParser(data: Data(document.utf8))
        parser.delegate = self
        try #require(parser.parse(), "\(String(describing: parser.parserError)): \(document)")
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        elements.append(name)
        self.attributes[name] = attributes
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}
