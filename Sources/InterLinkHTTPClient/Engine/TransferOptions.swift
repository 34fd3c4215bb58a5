import CCurl

/// The options of libcurl, set so that a wrong one is an error and not a surprise.
struct TransferOptions {
    private let handle: UnsafeMutableRawPointer

    init(_ handle: UnsafeMutableRawPointer) {
        self.handle = handle
    }

    /// What all transfers of a client share. Connections are shared between transfers of equal options only.
    func setCommon(_ configuration: HTTPClient.Configuration) throws(Failure) {
        // No signals, no other protocols, no redirects, no passwords of ~/.netrc, no HTTP before 1.0.
        try set(CURLOPT_NOSIGNAL, 1)
        try check(il_curl_allow_http_only(handle))
        try check(il_curl_open_close_on_exec(handle))
        try set(CURLOPT_FOLLOWLOCATION, 0)
        try set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        try set(CURLOPT_PATH_AS_IS, 1)
        try set(CURLOPT_TCP_KEEPALIVE, 1)
        try set(CURLOPT_USERAGENT, configuration.userAgent)
        il_curl_leave_resolver_behind(handle)
        try setTLS(configuration.tls)
        try setProxy(configuration.proxy)
    }

    func setRequest(
        _ plan: TransferPlan, body: UnsafeMutableRawBufferPointer, headers: UnsafeMutablePointer<curl_slist>?
    ) throws(Failure) {
        try set(CURLOPT_URL, plan.url)
        if let path = plan.socketPath {
            try set(CURLOPT_UNIX_SOCKET_PATH, path)
            try set(CURLOPT_PROXY, "")
        }
        // Deadlines are ours. libcurl gives up a connection after five minutes of its own unless told otherwise.
        try set(CURLOPT_CONNECTTIMEOUT_MS, Int(Int32.max))
        if plan.body != nil {
            try set(CURLOPT_POST, 1)
            try check(il_curl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
            // The pointer of an empty buffer may be nil, which would mean: ask a callback.
            try set(CURLOPT_POSTFIELDS, body.baseAddress ?? UnsafeMutableRawPointer(handle))
        }
        if plan.method == .head { try set(CURLOPT_NOBODY, 1) }
        try set(CURLOPT_CUSTOMREQUEST, plan.method.rawValue)
        try set(CURLOPT_HTTPHEADER, headers)
    }

    private func setTLS(_ tls: HTTPClient.TLS) throws(Failure) {
        try set(CURLOPT_SSL_VERIFYPEER, tls.verifiesServer ? 1 : 0)
        try set(CURLOPT_SSL_VERIFYHOST, tls.verifiesServer ? 2 : 0)
        switch tls.minimumVersion {
        case .v1_2: try set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        case .v1_3: try set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_3)
        }
        if let file = tls.authorities {
            try set(CURLOPT_CAINFO, file)
            try check(il_curl_set_text(handle, CURLOPT_CAPATH, nil))
        }
        if let file = tls.certificate { try set(CURLOPT_SSLCERT, file) }
        if let file = tls.privateKey { try set(CURLOPT_SSLKEY, file) }
    }

    private func setProxy(_ proxy: HTTPClient.Proxy) throws(Failure) {
        switch proxy {
        case .none:
            try set(CURLOPT_PROXY, "")
        case .environment:
            break
        case .url(let url, let exceptions):
            try set(CURLOPT_PROXY, url)
            try set(CURLOPT_NOPROXY, exceptions.joined(separator: ","))
        }
    }

    func set(_ option: CURLoption, _ value: Int) throws(Failure) {
        try check(il_curl_set_long(handle, option, value))
    }

    func set(_ option: CURLoption, _ value: String) throws(Failure) {
        try check(il_curl_set_text(handle, option, value))
    }

    func set(_ option: CURLoption, _ value: UnsafeRawPointer?) throws(Failure) {
        try check(il_curl_set_pointer(handle, option, value))
    }

    func check(_ code: CURLcode) throws(Failure) {
        guard code == CURLE_OK else {
            throw Failure(.system, "libcurl cannot do this: \(String(cString: curl_easy_strerror(code)))")
        }
    }
}
