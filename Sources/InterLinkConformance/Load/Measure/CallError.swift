import InterLinkHTTPClient

/// A call without the answer that interLink wants.
struct CallError: Error, Equatable {
    /// In a word or two, to count by.
    let kind: String
    /// All of it.
    let text: String

    init(kind: String, text: String) {
        self.kind = kind
        self.text = text
    }

    init(_ error: HTTPClientError) {
        let kind =
            switch error.cause {
            case .timedOut(let step): "no answer in time (\(step.rawValue))"
            case .connectionLost: "connection lost"
            case .unreachable, .nameNotFound, .tls: "no connection"
            case .malformedAnswer: "not HTTP"
            case .answerTooLarge: "answer too long"
            case .cancelled, .closed: "cancelled"
            case .invalidRequest, .credentials, .system: "not sent"
            }
        self.init(kind: kind, text: error.description)
    }

    init(_ error: InterLinkReplyError) {
        switch error {
        case .refused(_, let status, _): self.init(kind: "code \(status)", text: error.description)
        case .unreadable: self.init(kind: "unreadable answer", text: error.description)
        }
    }
}
