/// Files as a tar archive of POSIX (pax), the same bytes for the same files: no times, no owners.
struct TarArchive {
    private static let block = 512
    private var bytes: [UInt8] = []
    private var folders: Set<String> = []

    /// Packs files, with the folders that they lie in, and other folders.
    static func pack(_ files: [WorkspaceFile], folders: [String], folderMode: (String) -> UInt32) -> [UInt8] {
        var archive = TarArchive()
        for folder in folders { archive.addFolders(of: folder + "/", folderMode) }
        for file in files {
            archive.addFolders(of: file.path, folderMode)
            archive.add(file.path, kind: UInt8(ascii: "0"), mode: file.mode, file.contents)
        }
        // Two empty blocks end an archive.
        archive.bytes += [UInt8](repeating: 0, count: 2 * block)
        return archive.bytes
    }

    private mutating func addFolders(of path: String, _ mode: (String) -> UInt32) {
        var folder = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
            folder += "\(part)/"
            if folders.insert(folder).inserted { add(folder, kind: UInt8(ascii: "5"), mode: mode(folder), []) }
        }
    }

    private mutating func add(_ path: String, kind: UInt8, mode: UInt32, _ contents: [UInt8]) {
        if path.utf8.count > 99 {
            // An extended header names what does not fit into the old one.
            addHeader("pax", kind: UInt8(ascii: "x"), mode: 0o600, size: Self.record("path", path).count)
            addPadded(Self.record("path", path))
        }
        addHeader(path.utf8.count > 99 ? "long" : path, kind: kind, mode: mode, size: contents.count)
        addPadded(contents)
    }

    /// `LENGTH KEY=VALUE\n`, where the length counts itself.
    private static func record(_ key: String, _ value: String) -> [UInt8] {
        let rest = " \(key)=\(value)\n"
        var length = rest.utf8.count
        while "\(length)".utf8.count + rest.utf8.count != length { length = "\(length)".utf8.count + rest.utf8.count }
        return Array("\(length)\(rest)".utf8)
    }

    private mutating func addHeader(_ name: String, kind: UInt8, mode: UInt32, size: Int) {
        var header = [UInt8](repeating: 0, count: Self.block)
        func put(_ text: String, at offset: Int) {
            header.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
        }
        func octal(_ number: Int, width: Int) -> String {
            let digits = String(number, radix: 8)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        put(name, at: 0)
        put(octal(Int(mode & 0o7777), width: 7), at: 100)
        put(octal(0, width: 7), at: 108)
        put(octal(0, width: 7), at: 116)
        put(octal(size, width: 11), at: 124)
        put(octal(0, width: 11), at: 136)
        put("        ", at: 148)
        header[156] = kind
        put("ustar", at: 257)
        put("00", at: 263)
        put(octal(header.reduce(0) { $0 + Int($1) }, width: 6), at: 148)
        header[154] = 0
        bytes += header
    }

    private mutating func addPadded(_ contents: [UInt8]) {
        bytes += contents
        let rest = contents.count % Self.block
        if rest > 0 { bytes += [UInt8](repeating: 0, count: Self.block - rest) }
    }
}
