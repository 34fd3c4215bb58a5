private import CZlib

/// Packing and unpacking of whole bodies, by zlib.
package enum Gzip {
    /// Packs quickly rather than tightly: it is for answers that cross a network once. Nil when zlib has no memory.
    package static func pack(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        guard
            deflateInit2_(
                &stream, 1, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return nil }
        defer { deflateEnd(&stream) }
        let capacity = Int(deflateBound(&stream, UInt(bytes.count)))
        var isComplete = false
        let packed = [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
            bytes.withUnsafeBufferPointer { input in
                // zlib does not write to its input, though the type says it might.
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                isComplete = deflate(&stream, Z_FINISH) == Z_STREAM_END
                count = isComplete ? output.count - Int(stream.avail_out) : 0
            }
        }
        return isComplete ? packed : nil
    }

    /// Unpacks one gzip member, and no more than `limit` bytes of it.
    ///
    /// Its memory is taken from `budget` as it grows, and is the caller's to release.
    static func unpack(_ bytes: [UInt8], limit: Int, from budget: BodyBudget) throws(HTTPFault) -> [UInt8] {
        var unpacked: [UInt8] = []
        do {
            try unpack(bytes, limit: limit, from: budget, into: &unpacked)
            return unpacked
        } catch {
            budget.release(unpacked.count)
            throw error
        }
    }

    private static func unpack(
        _ bytes: [UInt8], limit: Int, from budget: BodyBudget, into unpacked: inout [UInt8]
    ) throws(HTTPFault) {
        var stream = z_stream()
        guard inflateInit2_(&stream, gzipWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw HTTPFault(.serviceUnavailable, "no memory to unpack the body", retryAfter: 1)
        }
        defer { inflateEnd(&stream) }
        var consumed = 0
        while true {
            var result = Z_OK
            let room = min(max(bytes.count * 4, 4096), 1 << 20)
            let piece = [UInt8](unsafeUninitializedCapacity: room) { output, count in
                bytes.withUnsafeBufferPointer { input in
                    stream.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0 + consumed) }
                    stream.avail_in = UInt32(input.count - consumed)
                    stream.next_out = output.baseAddress
                    stream.avail_out = UInt32(output.count)
                    result = inflate(&stream, Z_NO_FLUSH)
                    consumed = input.count - Int(stream.avail_in)
                    count = output.count - Int(stream.avail_out)
                }
            }
            guard unpacked.count + piece.count <= limit else {
                throw HTTPFault(.contentTooLarge, "the unpacked body is larger than \(limit) bytes")
            }
            try budget.reserve(piece.count)
            unpacked += piece
            switch result {
            case Z_STREAM_END where consumed == bytes.count: return
            case Z_STREAM_END: throw .bad("bytes behind the gzip body")
            case Z_OK where !piece.isEmpty: continue
            default: throw .bad("the body is not gzip, or incomplete")
            }
        }
    }

    /// The largest window, and a gzip header around it.
    private static let gzipWindow: Int32 = 15 + 16
}
