/// The beginning of a text that others wrote, fit to be shown: without line breaks and other control characters, and not
/// longer than that.
package func oneLine(_ text: String, atMost limit: Int) -> String {
    let scalars = text.unicodeScalars.prefix(limit + 1).map { $0.properties.generalCategory == .control ? " " : $0 }
    let line = String(String.UnicodeScalarView(scalars.prefix(limit)))
    return scalars.count <= limit ? line : "\(line)…"
}
