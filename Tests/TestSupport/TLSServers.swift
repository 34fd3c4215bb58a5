import Foundation
import Glibc

/// HTTPS servers of Python, with certificates of an authority that exists for this run only. They end with the process.
package struct TLSServers: Sendable {
    /// Where `ca.pem`, `stranger.pem`, `client.pem` and `client.key` lie; and what was posted, by `posted-NUMBER`.
    package let folder: TemporaryDirectory
    /// Anybody may connect.
    package let plain: Int
    /// Who connects must have a certificate.
    package let mutual: Int
    /// Its certificate is for another name.
    package let misnamed: Int
    /// It speaks nothing newer than TLS 1.2.
    package let old: Int

    package init() throws {
        folder = try TemporaryDirectory()
        let script = Checkout.root.appending(path: "Tests/Tools/tls_servers.py").path
        let output = popen("exec python3 '\(script)' '\(folder.root)' 2>'\(folder.path("errors"))'", "r")
        var line = [CChar](repeating: 0, count: 256)
        if let output { _ = fgets(&line, 255, output) }
        let text = String(decoding: line.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let ports = text.split { !$0.isNumber }.compactMap { Int($0) }
        guard ports.count == 4 else {
            throw NotStarted(description: "the TLS servers did not start: \(folder.text(of: "errors"))")
        }
        (plain, mutual, misnamed, old) = (ports[0], ports[1], ports[2], ports[3])
    }

    /// A PEM file of the folder.
    package func pem(_ name: String) -> String { folder.path(name + ".pem") }

    private struct NotStarted: Error, CustomStringConvertible {
        let description: String
    }
}
