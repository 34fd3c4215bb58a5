import Glibc

/// Lends texts as C wants lists of them: pointers, closed by a null pointer. None of them may hold a zero byte.
package func withCStrings<Result>(
    _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    var pointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    pointers.append(nil)
    return pointers.withUnsafeBufferPointer { buffer in
        // The buffer has its closing nil at least, so it has an address.
        guard let first = buffer.baseAddress else { fatalError("an array with an element has no address") }
        return body(first)
    }
}
