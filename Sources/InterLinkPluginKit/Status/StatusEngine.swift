/// Asks the backend how its jobs are: in bulk, no oftener than the site's floor, however many callers there are.
///
/// Two clocks: a list of each placement, at a pace that follows what goes on there; and a cheap look at running jobs,
/// where the backend has one. What it pushes is taken in as well, and does not replace the lists.
package actor StatusEngine {
    private struct Listing {
        var pace: Pace
        var lastStart: Moment?
        var lastSuccess: Moment?
        var isOpen = false
    }

    let lifecycle: Lifecycle
    let clock: any TimeSource
    let settings: LifecycleSettings
    private let startedAt: Moment
    private var listings: [Placement: Listing] = [:]
    var recalls: [Placement: Recall] = [:]

    package init(lifecycle: Lifecycle) {
        self.lifecycle = lifecycle
        clock = lifecycle.clock
        settings = lifecycle.settings
        startedAt = lifecycle.clock.now
    }

    /// Asks until the task is cancelled.
    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.listForEver() }
            group.addTask { await self.refreshForEver() }
            group.addTask { await self.listenForEver() }
            await group.waitForAll()
        }
    }

    /// How old what is known of each placement is.
    package func staleness() -> [Placement: Duration] {
        let now = clock.now
        return listings.mapValues { now - ($0.lastSuccess ?? startedAt) }
    }

    private func listForEver() async {
        while !Task.isCancelled {
            let wanted = await lifecycle.placements()
            listings = listings.filter { wanted[$0.key] != nil || $0.value.isOpen }
            let now = clock.now
            // A new placement rings; this is for those that the plugin itself adds.
            var wake = now + settings.listCeiling
            for (placement, isUrgent) in wanted {
                var listing =
                    listings[placement] ?? Listing(pace: Pace(floor: settings.listFloor, ceiling: settings.listCeiling))
                let due = listing.lastStart.map { listing.pace.due(after: $0, isUrgent: isUrgent) } ?? now
                if !listing.isOpen && due <= now {
                    listing.isOpen = true
                    listing.lastStart = now
                    Task { await list(placement) }
                } else if !listing.isOpen {
                    wake = min(wake, due)
                }
                listings[placement] = listing
            }
            await lifecycle.lookout.wait(until: wake, by: clock)
        }
    }

    /// One list of a placement, then a question for what it did not show.
    private func list(_ placement: Placement) async {
        let start = clock.now
        let outcome = await lifecycle.calls.call(
            .list, within: settings.callDeadline,
            late: { [weak self] outcome in await self?.take(outcome, of: placement, begun: start) },
            { try await $0.list(at: placement) })
        await take(outcome, of: placement, begun: start)
        if case .done = outcome {
            Task { await recall(at: placement) }
            await explain(placement)
        }
        listings[placement]?.isOpen = false
        lifecycle.lookout.ring()
    }

    private func take(_ outcome: CallOutcome<[ListedJob]>, of placement: Placement, begun start: Moment) async {
        let jobs: [ListedJob]
        switch outcome {
        case .done(let listed): jobs = listed
        case .failed(let why): return failed(placement, why)
        case .overdue: return failed(placement, "no answer within \(settings.callDeadline)")
        }
        lifecycle.report(.listed(placement, trouble: nil))
        let broughtNews = await lifecycle.hear(jobs, at: placement, begun: start)
        listings[placement]?.pace.succeeded(in: clock.now - start, broughtNews: broughtNews)
        listings[placement]?.lastSuccess = start
        tellPace()
    }

    private func failed(_ placement: Placement, _ why: String) {
        listings[placement]?.pace.failed()
        tellPace()
        lifecycle.report(.listed(placement, trouble: why))
    }

    /// The shortest pause of all placements: what a backend has to bear.
    private func tellPace() {
        if let shortest = listings.values.map(\.pace.interval).min() { lifecycle.report(.paced(.list, shortest)) }
    }

    private func explain(_ placement: Placement) async {
        let jobs = await lifecycle.missing(at: placement)
        guard !jobs.isEmpty else { return }
        let start = clock.now
        let outcome = await lifecycle.calls.call(
            .explain, within: settings.callDeadline,
            late: { [weak self] outcome in await self?.take(outcome, of: jobs, begun: start) },
            { try await $0.explain(jobs) })
        await take(outcome, of: jobs, begun: start)
    }

    private func take(
        _ outcome: CallOutcome<[PodUID: Observation]>, of jobs: [TrackedJob], begun start: Moment
    ) async {
        guard case .done(let observations) = outcome else { return }
        for job in jobs {
            guard let observation = observations[job.uid] else { continue }
            await lifecycle.hear(observation, of: job.uid, evidence: start)
        }
    }

    private func refreshForEver() async {
        var pause = settings.refreshFloor
        while (try? await clock.sleep(for: pause)) != nil {
            let jobs = await lifecycle.running()
            guard !jobs.isEmpty else {
                pause = settings.refreshFloor
                continue
            }
            let start = clock.now
            let outcome = await lifecycle.calls.call(.refresh, within: settings.callDeadline) {
                try await $0.refresh(jobs)
            }
            // Never more than a tenth of the time goes into looking.
            pause = max(settings.refreshFloor, (clock.now - start) * 10)
            if case .done(nil) = outcome { return }
            lifecycle.report(.paced(.refresh, pause))
            guard case .done(let answer?) = outcome else { continue }
            await take(.done(answer), of: jobs, begun: start)
        }
    }

    private func listenForEver() async {
        var failures = 0
        while let events = lifecycle.calls.plugin.events, !Task.isCancelled {
            do {
                for try await event in events {
                    failures = 0
                    await lifecycle.hear(event)
                }
            } catch {
                // What was missed meanwhile, the next list shows.
            }
            failures += 1
            guard (try? await clock.sleep(for: settings.retry(after: failures))) != nil else { return }
        }
    }
}
