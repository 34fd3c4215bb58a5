public import InterLinkAPI
public import LosslessJSON

/// What a plugin answered: the bytes as they came, and what they mean to interLink.
public struct InterLinkReply<Answer: Sendable>: Sendable {
    /// The call that was made.
    public let call: InterLinkCall
    /// The answer as it came.
    public let response: HTTPClient.Response
    /// What interLink reads in it.
    public let answer: Result<Answer, InterLinkReplyError>

    /// The code of the answer.
    public var status: Int { response.status }

    /// What interLink reads in the answer, or why it reads nothing.
    public func get() throws(InterLinkReplyError) -> Answer { try answer.get() }

    init(_ call: InterLinkCall, _ response: HTTPClient.Response, _ read: ([UInt8]) throws(JSONError) -> Answer) {
        self.call = call
        self.response = response
        do throws(InterLinkReplyError) {
            guard response.status == 200 else {
                throw .refused(call, status: response.status, text: String(response.text.prefix(1000)))
            }
            do throws(JSONError) {
                answer = .success(try read(response.body))
            } catch {
                throw .unreadable(call, error)
            }
        } catch {
            answer = .failure(error)
        }
    }
}

/// Why interLink makes nothing of an answer.
public enum InterLinkReplyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Any code but 200, the other 2xx included. The text is the start of the body.
    case refused(InterLinkCall, status: Int, text: String)
    /// The body is not what the call answers.
    case unreadable(InterLinkCall, JSONError)

    /// One sentence.
    public var description: String {
        switch self {
        case .refused(let call, let status, let text):
            "the plugin refused the \(call) with \(status)\(text.isEmpty ? "" : ": \(text)")"
        case .unreadable(let call, let error):
            "the answer to the \(call) cannot be read: \(error)"
        }
    }
}

/// What a ping was answered with.
public enum InterLinkPing: Equatable, Sendable {
    /// An object that the Virtual Kubelet applies to its node.
    case structured(PingAnswer)
    /// Anything else: it is shown, and has no effect. A number where a quantity should be makes a text of the whole.
    case text(String)
}
