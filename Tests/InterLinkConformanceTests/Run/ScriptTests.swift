import Foundation
import Testing

@testable import InterLinkConformance

/// The scripts that containers look around with, run by the shell of this machine.
@Suite struct ScriptTests {
    private func run(_ script: String, _ environment: [String: String] = [:]) throws -> (Int32, String) {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", script]
        process.environment = environment.merging(["PATH": "/usr/bin:/bin"]) { given, _ in given }
        process.standardOutput = output
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: text, as: UTF8.self))
    }

    static let texts = ["plain", "", "it's", "\"x\" $HOME `id` $(id) \\n", "a\nb\n\n", "'", "''", "ünï ☃", "-n", "%s"]

    @Test(arguments: texts) func aQuotedTextIsOneWord(_ text: String) throws {
        let (code, output) = try run("printf '%s|' \(Script.quoted(text)) end")
        #expect(code == 0)
        #expect(output == "\(text)|end|")
    }

    @Test(arguments: texts) func outputIsComparedToTheLastByte(_ text: String) throws {
        let print = "printf '%s' \(Script.quoted(text))"
        #expect(try run(Script.assert(.output(of: print, is: text, "it"))) == (0, ""))
        let (code, output) = try run(Script.assert(.output(of: print + "; echo", is: text, "it")))
        #expect(code == 1)
        #expect(output == "it is [\(text)\n]\n")
    }

    @Test(arguments: texts) func variablesAreCompared(_ text: String) throws {
        #expect(try run(Script.assert(.variable("NAME", is: text)), ["NAME": text]).0 == 0)
        #expect(try run(Script.assert(.variable("NAME", is: text)), ["NAME": text + "x"]).0 == 1)
        #expect(try run(Script.assert(.variable("NAME", is: text))).0 == 1)
    }

    @Test func allThatIsWrongIsTold() throws {
        let script = Script.assert(.that("false", "first"), .that("true", "second"), .that("[ 1 = 2 ]", "it's third"))
        #expect(try run(script) == (1, "first\nit's third\n"))
    }
}
