import InterLinkPluginKit

/// A workspace that travels: one compressed archive, and the script that unpacks it where no filesystem is shared.
package enum WorkspaceArchive {
    /// The archive beside the script, for schedulers that transfer files.
    package static let fileName = "workspace.tar.gz"
    /// Where it is unpacked, from the folder that the job starts in; ``JobFiles`` are read from there.
    package static let folder = "interlink-workspace"

    /// The files as tar.gz. Nil when there is no memory for it.
    package static func pack(_ files: [WorkspaceFile], folders: [String]) -> [UInt8]? {
        Gzip.pack(
            TarArchive.pack(files, folders: folders) { $0.hasPrefix("\(WorkspaceLayout.volumes)/") ? 0o755 : 0o700 })
    }

    /// A script that unpacks the archive into a folder of its own, from the folder that the job starts in or absolute, and
    /// runs the job's script there. States and logs come to lie in that folder. The archive travels in the script, or lies
    /// beside it as ``fileName``.
    package static func script(unpackingInto folder: String, embedding archive: [UInt8]?) -> String {
        let source =
            if let archive {
                """
                base64 -d <<'INTERLINK_ARCHIVE' | tar -xzpf - -C "$workspace" || exit 125
                \(base64Lines(archive))
                INTERLINK_ARCHIVE
                """
            } else {
                #"tar -xzpf \#(fileName) -C "$workspace" || exit 125"#
            }
        return """
            #!/bin/bash
            # Unpacks the workspace of a pod and runs its job there. Written by an interLink plugin.
            set -u
            umask 077
            set -o pipefail
            mkdir -p -- \(quoted(folder)) || exit 125
            workspace=$(cd -- \(quoted(folder)) && pwd -P) || exit 125
            \(source)
            cd -- "$workspace" || exit 125
            # Signals reach the job's own script, which takes the place of this one.
            exec ./\(WorkspaceLayout.script)

            """
    }

    /// As one word of a shell, whatever is in it.
    private static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
    }

    private static func base64Lines(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 4 / 3 + bytes.count / 57 + 8)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let first = group.first ?? 0
            let second = group.dropFirst().first ?? 0
            let third = group.dropFirst(2).first ?? 0
            text.append(alphabet[Int(first >> 2)])
            text.append(alphabet[Int((first & 0b11) << 4 | second >> 4)])
            text.append(group.count > 1 ? alphabet[Int((second & 0b1111) << 2 | third >> 6)] : UInt8(ascii: "="))
            text.append(group.count > 2 ? alphabet[Int(third & 0b111111)] : UInt8(ascii: "="))
            if (start / 3 + 1) % 19 == 0 { text.append(UInt8(ascii: "\n")) }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
