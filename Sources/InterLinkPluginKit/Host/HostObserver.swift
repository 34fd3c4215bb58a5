import InterLinkSystem

/// Turns what happens in the host into log lines, metrics and troubles to tell.
final class HostObserver: Sendable {
    private let telemetry: Telemetry
    private let ledger: PodLedger
    private let clock: any TimeSource
    private let listing = Lock<[Placement: BackendTrouble]>([:])

    init(telemetry: Telemetry, ledger: PodLedger, clock: any TimeSource) {
        self.telemetry = telemetry
        self.ledger = ledger
        self.clock = clock
    }

    /// Placements that cannot be listed now, the oldest trouble first.
    var troubles: [BackendTrouble] { listing.withLock { $0.values.sorted { $0.since < $1.since } } }

    func note(_ note: HostNote) {
        let logger = telemetry.logger
        switch note {
        case .backendCall(let call, let took, let end):
            telemetry.metrics.backendCalls[call.rawValue, end.rawValue].add()
            telemetry.metrics.backendCallDurations[call.rawValue].observe(took)
            if end == .overdue { logger.warning("the backend does not answer", ["call": call.rawValue]) }
        case .paced(let call, let pause): telemetry.metrics.backendIntervals[call.rawValue].set(pause / .seconds(1))
        case .listed(let placement, let trouble): listed(placement, trouble)
        case .adopted(let uid, let handle):
            logger.notice("job found and adopted", ["pod": uid.text, "job": handle.id])
        case .notSubmitted(let uid, let why):
            logger.notice("nothing was submitted, and it will be now", ["pod": uid.text, "why": why])
        case .rejected(let uid, let why):
            logger.warning("the backend refused the pod", ["pod": uid.text, "why": why])
            ledger.release(uid)
        case .unclaimed(let uid, let handle):
            logger.warning(
                "nobody claims the pod; it is being ended", ["pod": uid.text, "job": handle?.id])
        case .unwanted(let uid, let handle, let why):
            logger.warning(
                "a job that should not be is being stopped", ["pod": uid.text, "job": handle.id, "why": why])
        case .stray(let placement, let handle, let mark):
            logger.notice(
                "a job of another plugin is left alone", ["job": handle.id, "mark": mark, "site": placement.site])
        case .ranAgain(let uid, let handle):
            logger.error("the job ran again after its end was reported", ["pod": uid.text, "job": handle.id])
        case .ended(let uid):
            logger.info("the pod has ended", ["pod": uid.text])
            ledger.release(uid)
        case .removed(let uid):
            logger.info("the pod was removed", ["pod": uid.text])
            ledger.release(uid)
        case .expired(let uid):
            logger.notice("the pod finished long ago and nobody asks for it; it is removed", ["pod": uid.text])
        case .unasked(let uid):
            logger.warning("the pod runs and nobody has asked for it in a long time", ["pod": uid.text])
        case .recordFailed(let uid, let error):
            telemetry.metrics.storeErrors.add()
            logger.error("a record could not be written", ["pod": uid.text, "error": "\(error)"])
        case .purgeFailed(let error):
            telemetry.metrics.storeErrors.add()
            logger.error("old records could not be removed", ["error": "\(error)"])
        }
    }

    /// What the server tells.
    func note(_ event: HTTPServerEvent) {
        let metrics = telemetry.metrics
        switch event {
        case .connectionOpened: metrics.connections.add(1)
        case .connectionClosed: metrics.connections.add(-1)
        // Counted with its route by whoever answered it.
        case .answered: break
        case .refused(let fault): metrics.requests["refused", "\(fault.status.code)"].add()
        case .connectionRefused: metrics.refusedConnections["limit"].add()
        case .acceptFailed(let reason, let pause):
            metrics.refusedConnections["resources"].add()
            telemetry.logger.error("no connection can be accepted", ["error": reason, "pause": "\(pause)"])
        case .tokenUnreadable(let reason):
            telemetry.logger.error("the bearer token cannot be read again; the one before stays", ["error": reason])
        }
    }

    private func listed(_ placement: Placement, _ trouble: String?) {
        let what = "listing jobs at \(placement.site)"
        let now = clock.now
        let (before, after) = listing.withLock { listing in
            let before = listing[placement]
            listing[placement] = trouble.map { BackendTrouble(what, why: $0, since: before?.since ?? now) }
            return (before, listing[placement])
        }
        switch (before, after) {
        case (nil, let new?): telemetry.logger.warning("\(what) fails", ["error": new.why])
        case (_?, nil): telemetry.logger.notice("\(what) works again")
        case (nil, nil), (_?, _?): break
        }
    }
}
