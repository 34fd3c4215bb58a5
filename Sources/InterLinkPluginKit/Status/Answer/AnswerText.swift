import KubernetesModel

/// Texts and times as they may go into an answer: one bad field makes all of it useless.
enum AnswerText {
    /// The beginning of a text, cut between characters.
    static func bounded(_ text: String, atMost limit: Int = AnswerSettings.longestMessage) -> String {
        guard text.utf8.count > limit else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: limit)
        while end.samePosition(in: text.unicodeScalars) == nil { end = text.utf8.index(before: end) }
        return text[..<end] + "…"
    }

    static func word(_ text: String?, else standard: String) -> String {
        guard let text, !text.isEmpty else { return standard }
        return bounded(text, atMost: AnswerSettings.longestWord)
    }

    /// A Virtual Kubelet overwrites the reason of what ended, so that the message has to say it.
    static func cause(reason: String?, message: String?) -> String? {
        let message = message ?? ""
        guard let reason, !reason.isEmpty, reason != "Completed", reason != "Error", !message.hasPrefix(reason) else {
            return message.isEmpty ? nil : bounded(message)
        }
        return bounded(message.isEmpty ? reason : "\(reason): \(message)")
    }

    /// Whole seconds, as Kubernetes writes them; nil for what no clock shows and RFC 3339 cannot write.
    static func time(_ time: Timestamp?) -> Timestamp? {
        guard let time, 1..<253_402_300_800 ~= time.secondsSinceEpoch else { return nil }
        return Timestamp(secondsSinceEpoch: time.secondsSinceEpoch)
    }
}
