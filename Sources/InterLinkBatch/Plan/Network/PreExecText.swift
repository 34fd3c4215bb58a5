/// The text of `slurm-job.vk.io/pre-exec`: what a user wrote, with the mesh script of a Virtual Kubelet before it.
///
/// The mesh script comes as a here-document that only writes it to a file. It has to be cut out by hand: its last line has
/// no line end, so the user's text follows the marker on the same line and bash would never find the end. And when a pod
/// was created twice, there are two of them; the first is the newer one.
struct PreExecText: Equatable {
    /// What stands in the here-document.
    let meshScript: String?
    /// The user's own text; nil when there is none.
    let userText: String?
    /// A here-document that never ends.
    let isBroken: Bool

    init(_ text: String) {
        var rest = Array(text.utf8)[...]
        var script: String?
        var isBroken = false
        while let (body, after) = Self.document(at: rest) {
            guard let after else {
                isBroken = true
                break
            }
            if script == nil { script = String(decoding: body, as: UTF8.self) }
            rest = after
        }
        meshScript = script
        self.isBroken = isBroken
        let user = String(decoding: rest, as: UTF8.self)
        userText = user.utf8.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) } ? nil : user
    }

    private static let marker = Array("EOFMESH".utf8)
    private static let lineEnd = UInt8(ascii: "\n")

    /// The lines of the here-document that begins here, and what follows its marker; no such rest when it never ends.
    private static func document(
        at text: ArraySlice<UInt8>
    ) -> (body: ArraySlice<UInt8>, after: ArraySlice<UInt8>?)? {
        let text = text.drop { $0 == lineEnd || $0 == 0x20 || $0 == 0x0D }
        guard let end = text.firstIndex(of: lineEnd) else { return nil }
        let opener = String(decoding: text[..<end], as: UTF8.self)
        guard opener.utf8.starts(with: "cat <<".utf8), opener.contains("'EOFMESH'"), opener.contains("mesh.sh") else {
            return nil
        }
        let start = end + 1
        var line = start
        while line < text.endIndex {
            if text[line...].starts(with: marker) {
                return (text[start..<line], text[(line + marker.count)...])
            }
            guard let next = text[line...].firstIndex(of: lineEnd) else { break }
            line = next + 1
        }
        return (text[start...], nil)
    }
}
