import Glibc

/// What the client of a round saw, kept in a file that outlives the killed host.
struct Diary: Sendable {
    let path: String

    enum Entry: String, CaseIterable {
        /// A create is about to be sent.
        case asked
        /// It was answered with success.
        case answered
        /// It was answered, and the host knows that the answer arrived.
        case claimed
        /// It was answered with an error.
        case refused
        /// A delete is about to be sent.
        case deleting
        /// It was answered.
        case deleted
        /// A status showed that the pod ended; the value is the exit code.
        case told
        /// The host has come to rest, and will be told no more; the value is the moment.
        case rested
        /// It did not come to rest.
        case restless
        /// In the end the pod is tracked; the value is the exit code, or nothing while it runs.
        case final
    }

    func write(_ entry: Entry, _ number: Int, _ value: String = "-") {
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        defer { close(file) }
        let bytes = Array("\(entry.rawValue) \(number) \(value)\n".utf8)
        _ = Glibc.write(file, bytes, bytes.count)
    }

    struct Line {
        let entry: Entry
        let number: Int
        let value: String
    }

    func lines() -> [Line] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return [] }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = read(file, &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 3, let entry = Entry(rawValue: words[0]), let number = Int(words[1]) else {
                return nil
            }
            return Line(entry: entry, number: number, value: words[2])
        }
    }

    /// The pods for which something was noted.
    func pods(_ entry: Entry) -> Set<Int> { Set(lines().filter { $0.entry == entry }.map(\.number)) }
}
