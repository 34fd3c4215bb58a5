import Glibc

/// How many inputs a fuzz test tries: `INTERLINK_FUZZ_ROUNDS` makes it longer, and ./scripts/fuzz sets it.
package enum FuzzRounds {
    package static let count = getenv("INTERLINK_FUZZ_ROUNDS").flatMap { Int(String(cString: $0)) } ?? 20_000
}
