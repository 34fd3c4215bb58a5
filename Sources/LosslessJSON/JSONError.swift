/// Why a JSON document could not be read: where, what was expected, and what was there.
///
/// The text never shows the content of a string, because it may be a secret; it shows kinds, lengths, numbers and
/// member names.
public struct JSONError: Error, Hashable, Sendable {
    // One pointer, so that every call that may throw stays cheap as long as none does.
    private let details: Details

    /// The byte of the document at which reading stopped.
    public var offset: Int { details.offset }

    /// What was wrong there.
    public var problem: Problem { details.problem }

    /// The place as people name it, like `pod.spec.containers[0].name`; empty at the top of the document.
    ///
    /// The reader leaves it empty, because following it would cost time in every good document; the functions of
    /// ``JSON`` find it once an error is there.
    public var path: String { details.path }

    /// What can be wrong with a document.
    public enum Problem: Hashable, Sendable {
        /// A value of another kind was expected here.
        case mismatch(expected: String, found: String)
        /// The text of a value of the right kind could not be understood.
        case malformed(expected: String, found: String)
        /// A member that must be there is missing.
        case missing(member: String)
        /// This is not JSON.
        case syntax(String)
        /// The document goes over a limit of its reader.
        case limit(String)
    }

    /// An error at a byte of a document.
    public init(offset: Int, problem: Problem, path: String = "") {
        details = Details(offset: offset, problem: problem, path: path)
    }

    /// Equal errors are about the same place and problem.
    public static func == (left: JSONError, right: JSONError) -> Bool {
        left.offset == right.offset && left.problem == right.problem && left.path == right.path
    }

    /// Equal errors hash alike.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(offset)
        hasher.combine(problem)
    }

    private final class Details: Sendable {
        let offset: Int
        let problem: Problem
        let path: String

        init(offset: Int, problem: Problem, path: String) {
            self.offset = offset
            self.problem = problem
            self.path = path
        }
    }
}

extension JSONError: CustomStringConvertible {
    /// One line for people: the path, and what was wrong there.
    public var description: String {
        let place = path.isEmpty ? "" : "\(path): "
        switch problem {
        case .mismatch(let expected, let found): return "\(place)expected \(expected), found \(found)"
        case .malformed(let expected, let found): return "\(place)expected \(expected), found \(found)"
        case .missing(let member): return "\(path.isEmpty ? "" : "\(path).")\(member): required, but missing"
        case .syntax(let text): return "\(place)\(text) (byte \(offset))"
        case .limit(let text): return "\(place)\(text)"
        }
    }
}
