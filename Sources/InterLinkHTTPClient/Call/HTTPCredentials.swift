import FoundationEssentials
import InterLinkSystem

/// Who asks. The description never tells a secret.
public struct HTTPCredentials: Sendable, CustomStringConvertible {
    private enum Kind: Sendable {
        case basic(user: String, password: String)
        case fixed(String)
        case file(String)
        case provider(@Sendable () async throws -> String)
    }

    private let kind: Kind

    /// A user and a password.
    public static func basic(user: String, password: String) -> HTTPCredentials {
        HTTPCredentials(kind: .basic(user: user, password: password))
    }

    /// A token that does not change.
    public static func bearer(_ token: String) -> HTTPCredentials {
        HTTPCredentials(kind: .fixed(token))
    }

    /// A token that is read from its file for every request, since others renew it there. White space around it is cut.
    public static func bearer(file path: String) -> HTTPCredentials {
        HTTPCredentials(kind: .file(path))
    }

    /// A token that is asked for with every request.
    public static func bearer(_ provider: @escaping @Sendable () async throws -> String) -> HTTPCredentials {
        HTTPCredentials(kind: .provider(provider))
    }

    /// Of which kind, without the secret.
    public var description: String {
        switch kind {
        case .basic(let user, _): "user \(user)"
        case .fixed: "a bearer token"
        case .file(let path): "the bearer token in \(path)"
        case .provider: "a bearer token that is asked for"
        }
    }

    /// The value of the `Authorization` field.
    func authorization(_ files: BlockingPool) async throws(Failure) -> String {
        switch kind {
        case .basic(let user, let password):
            guard !user.contains(":") else { throw Failure(.credentials, "the user name has a colon in it") }
            return "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
        case .fixed(let token):
            return try Self.bearerField(token)
        case .file(let path):
            let token: String
            do {
                token = try await files.run { try TokenFile.read(path) }
            } catch {
                throw Failure(.credentials, "the token cannot be read: \(error)")
            }
            return try Self.bearerField(token)
        case .provider(let provider):
            let token: String
            do {
                token = try await provider()
            } catch {
                // The words of that error are not ours: they may hold the token.
                throw Failure(.credentials, "the provider of the token failed with \(type(of: error))")
            }
            return try Self.bearerField(token)
        }
    }

    private static func bearerField(_ token: String) throws(Failure) -> String {
        let bytes = token.utf8.drop { $0 <= 0x20 }
        let end = bytes.lastIndex { $0 > 0x20 }
        guard let end, bytes[...end].allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            throw Failure(.credentials, "the token is empty, or has characters that a token cannot have")
        }
        return "Bearer \(Substring(bytes[...end]))"
    }
}
