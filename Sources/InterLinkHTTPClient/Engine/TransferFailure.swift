import CCurl
import Glibc

extension Failure {
    /// What a result of libcurl means.
    init(_ code: CURLcode, text: String, systemError: Int32) {
        let reason = text.isEmpty ? String(cString: curl_easy_strerror(code)) : text
        let detail = systemError == 0 ? reason : "\(reason) (\(String(cString: strerror(systemError))))"
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            self.init(.nameNotFound, detail)
        case CURLE_COULDNT_CONNECT, CURLE_PROXY, CURLE_INTERFACE_FAILED:
            self.init(.unreachable, detail)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_ENGINE_INITFAILED,
            CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS, CURLE_USE_SSL_FAILED:
            self.init(.tls, detail)
        case CURLE_OPERATION_TIMEDOUT:
            self.init(.timedOut(.connect), detail)
        case CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_SEND_FAIL_REWIND:
            self.init(.connectionLost, detail)
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_HTTP2:
            self.init(.malformedAnswer, detail)
        default:
            self.init(.system, detail)
        }
    }
}
