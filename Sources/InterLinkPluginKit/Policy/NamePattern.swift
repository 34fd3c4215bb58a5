/// A name in which `*` stands for anything, slashes included.
package struct NamePattern: Hashable {
    private let text: [UInt8]

    package init(_ text: String) {
        self.text = Array(text.utf8)
    }

    /// Goes back to the last `*` where the rest does not fit, so that it takes at most the product of both lengths.
    package func matches(_ name: String) -> Bool {
        let name = Array(name.utf8)
        var position = 0
        var index = 0
        var star: (position: Int, index: Int)?
        while index < name.count {
            if position < text.count, text[position] == UInt8(ascii: "*") {
                star = (position, index)
                position += 1
            } else if position < text.count, text[position] == name[index] {
                position += 1
                index += 1
            } else if let last = star {
                star = (last.position, last.index + 1)
                (position, index) = (last.position + 1, last.index + 1)
            } else {
                return false
            }
        }
        return text[position...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
