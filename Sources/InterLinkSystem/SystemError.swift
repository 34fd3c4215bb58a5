import Glibc

/// A system call that failed: which, on what, and why.
package struct SystemError: Error, Hashable, CustomStringConvertible {
    package let call: String
    package let subject: String
    package let code: Int32

    package init(_ call: String, _ subject: String = "", code: Int32 = errno) {
        self.call = call
        self.subject = subject
        self.code = code
    }

    package var description: String {
        let reason = String(cString: strerror(code))
        return subject.isEmpty ? "\(call): \(reason)" : "\(call) \(subject): \(reason)"
    }
}
