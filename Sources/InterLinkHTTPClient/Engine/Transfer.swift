import CCurl
import Glibc

/// One easy handle of libcurl and all memory that it points to. It lives on the engine's thread.
final class Transfer {
    let exchange: Exchange
    let handle: UnsafeMutableRawPointer
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private let body: UnsafeMutableRawBufferPointer
    private let errorText = UnsafeMutableBufferPointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private var header = HeaderReader()
    private var clock: TransferClock
    private let agenda: Agenda

    /// `configuration` are the options that all transfers of the client share.
    init(_ exchange: Exchange, _ configuration: HTTPClient.Configuration, _ agenda: Agenda) throws(Failure) {
        guard let handle = curl_easy_init() else { throw Failure(.system, "libcurl has no memory for a transfer") }
        self.exchange = exchange
        self.handle = handle
        self.agenda = agenda
        clock = TransferClock(exchange.plan.deadlines, now: TransferClock.now())
        body = .allocate(byteCount: exchange.plan.body?.count ?? 0, alignment: 1)
        if let bytes = exchange.plan.body { body.copyBytes(from: bytes) }
        errorText.initialize(repeating: 0)
        for line in exchange.plan.headerLines {
            guard let longer = curl_slist_append(headerList, line) else {
                throw Failure(.system, "libcurl has no memory for the header")
            }
            headerList = longer
        }
        let options = TransferOptions(handle)
        try options.setCommon(configuration)
        try options.setRequest(exchange.plan, body: body, headers: headerList)
        try options.set(CURLOPT_ERRORBUFFER, errorText.baseAddress)
        try setCallbacks(options)
        noteDeadline()
    }

    deinit {
        curl_easy_cleanup(handle)
        curl_slist_free_all(headerList)
        body.deallocate()
        errorText.deallocate()
    }

    /// Ends the exchange if a step has taken too long; otherwise notes when to look again.
    func expire(now: Duration) -> Bool {
        var uploaded: curl_off_t = 0
        il_curl_get_offset(handle, CURLINFO_SIZE_UPLOAD_T, &uploaded)
        clock.noteUploaded(Int(uploaded), now: now)
        guard let step = clock.expiredStep(now: now, isPaused: exchange.isPaused) else {
            noteDeadline()
            return false
        }
        exchange.finish(
            .failure(Failure(.timedOut(step), "no answer in time: the \(step.rawValue) deadline has passed")))
        return true
    }

    /// Goes on after a pause.
    func resume() {
        clock.noteReceived(now: TransferClock.now())
        noteDeadline()
        curl_easy_pause(handle, CURLPAUSE_CONT)
    }

    private func noteDeadline() {
        agenda.note(clock.nextDeadline(isPaused: exchange.isPaused))
    }

    /// The end as libcurl tells it.
    func end(_ code: CURLcode) -> Result<Void, Failure> {
        if code == CURLE_OK { return .success(()) }
        var systemError: CLong = 0
        il_curl_get_long(handle, CURLINFO_OS_ERRNO, &systemError)
        let text = errorText.baseAddress.map { String(cString: $0) } ?? ""
        return .failure(Failure(code, text: text, systemError: Int32(truncatingIfNeeded: systemError)))
    }

    // MARK: What libcurl calls

    private func setCallbacks(_ options: TransferOptions) throws(Failure) {
        let this = Unmanaged.passUnretained(self).toOpaque()
        try options.check(
            il_curl_set_header_callback(
                handle,
                { bytes, size, count, context in
                    guard let bytes, let context else { return 0 }
                    let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
                    return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().receiveHeader(line)
                }, this))
        try options.check(
            il_curl_set_write_callback(
                handle,
                { bytes, size, count, context in
                    guard let bytes, let context else { return 0 }
                    let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
                    return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().receiveBody(piece)
                }, this))
        let code = il_curl_set_before_request(
            handle,
            { context, _, _, _, _ in
                guard let context else { return CURL_PREREQFUNC_ABORT }
                return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().beginSending()
            }, this)
        if code == CURLE_UNKNOWN_OPTION {
            // An old libcurl does not say when it sends. Then all may have been sent, and what must not be sent twice
            // goes over a connection of its own, which libcurl never tries again.
            _ = exchange.beginSending()
            clock.noteSending(now: TransferClock.now())
            noteDeadline()
            if !exchange.plan.isIdempotent { try options.set(CURLOPT_FRESH_CONNECT, 1) }
        } else {
            try options.check(code)
        }
    }

    private func beginSending() -> CInt {
        header = HeaderReader()
        clock.noteSending(now: TransferClock.now())
        noteDeadline()
        return exchange.beginSending() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
    }

    private func receiveHeader(_ line: UnsafeRawBufferPointer) -> Int {
        clock.noteReceived(now: TransferClock.now())
        switch header.read(line) {
        case .goesOn:
            return line.count
        case .complete(let head):
            clock.noteHeader()
            noteDeadline()
            return exchange.receive(head) == .refused ? 0 : line.count
        case .tooLarge:
            exchange.finish(.failure(Failure(.answerTooLarge, "the header of the answer is too long")))
            return 0
        }
    }

    private func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        clock.noteReceived(now: TransferClock.now())
        switch exchange.receive(bytes) {
        case .taken: return bytes.count
        case .paused: return Int(CURL_WRITEFUNC_PAUSE)
        case .refused: return 0
        }
    }
}
