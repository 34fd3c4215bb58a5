import InterLinkAPI

/// Carries pods from their create to their removal: what the rules of ``TrackedPod`` say is to be done, it does.
///
/// A loop looks at the pods in which something is open and starts what is due. Calls of one pod follow one another, of
/// different pods they run side by side. Nothing here waits for a backend except in a task of its own.
package actor Lifecycle {
    package nonisolated let table = PodTable()
    nonisolated let tombstones = TombstoneTable()
    nonisolated let sightings = SightingTable()
    nonisolated let store: Store
    nonisolated let clock: any TimeSource
    nonisolated let settings: LifecycleSettings
    nonisolated let calls: BackendCalls
    nonisolated let report: Reporter
    nonisolated let failpoints: Failpoints
    /// Rung when lists are wanted sooner than they would come.
    nonisolated let lookout = Alarm()

    private let alarm = Alarm()
    /// Rung when something has come to an end.
    let idle = Alarm()
    /// Pods in which something is open.
    private var active: Set<PodUID> = []
    /// Pods with a call or write under way.
    private var busy: Set<PodUID> = []
    private var slots: [SlotKind: Slots]
    private(set) var urgent: Set<Placement> = []

    var unwanted: [UnwantedKey: UnwantedJob] = [:]
    /// Requests of pods that are not submitted yet and not spooled.
    var requests: [PodUID: CreateRequest] = [:]
    /// Who waits for the outcome of a submission.
    var outcomes: [PodUID: Eventual<CreateOutcome>] = [:]
    var races: [Int: Eventual<CreateOutcome?>] = [:]
    var nextRace = 0
    var writing: Set<PodUID> = []
    /// Requests for which the backend is going to be called, in traces.
    var traces: [PodUID: TraceContext] = [:]
    /// The placements that are known to be listed.
    var listed: Set<Placement> = []
    private(set) var isDraining = false

    package init(
        plugin: any InterLinkPlugin, store: Store, clock: any TimeSource, settings: LifecycleSettings = .init(),
        failpoints: Failpoints = .off, tracer: Tracer = .off, report: @escaping Reporter = { _ in }
    ) {
        self.store = store
        self.clock = clock
        self.settings = settings
        self.failpoints = failpoints
        self.report = report
        calls = BackendCalls(plugin: plugin, clock: clock, tracer: tracer, report: report)
        slots = [
            .submit: Slots(free: settings.concurrentSubmits), .other: Slots(free: settings.concurrentCalls),
        ]
    }

    /// Does what is due until the task is cancelled.
    package func run() async {
        let period = max(.seconds(60), settings.expiry / 24)
        var nextSweep = clock.now + period
        while !Task.isCancelled {
            if clock.now >= nextSweep {
                nextSweep = clock.now + period
                Task { await sweep() }
            }
            let wake = reconcile()
            await alarm.wait(until: min(nextSweep, wake ?? nextSweep), by: clock)
        }
    }

    /// Something about a pod has changed: look at it again.
    func touch(_ uid: PodUID) {
        active.insert(uid)
        alarm.ring()
    }

    func look() { alarm.ring() }

    /// From now on nothing new is started.
    func beginDraining() { isDraining = true }

    /// Something is under way, or somebody waits.
    var hasWork: Bool { !(busy.isEmpty && races.isEmpty && writing.isEmpty) }

    func isUnderWay(_ uid: PodUID) -> Bool { busy.contains(uid) }

    /// Nothing is under way or due, and nothing waits for a time to come.
    package var isQuiet: Bool { active.isEmpty && busy.isEmpty && writing.isEmpty && unwanted.isEmpty }

    /// Starts what is due for every pod in which something is open; returns when to look again.
    private func reconcile() -> Moment? {
        let now = clock.now
        var due = Due()
        for uid in active {
            guard let pod = table.pod(uid) else {
                active.remove(uid)
                continue
            }
            let plan = pod.plan(at: now, settings: settings)
            if plan.needsList { due.urgent.insert(pod.placement) }
            if busy.contains(uid) { continue }
            due.wake(at: plan.wake)
            switch plan.step {
            case nil: if plan == .nothing { active.remove(uid) }
            case .submit: due.submits[pod.placement, default: []].append(pod)
            case .stop(let grace):
                due.stops[StopGroup(placement: pod.placement, grace: grace), default: []].append(uid)
            case .remove: due.removals.append(uid)
            case .withdraw: begin([uid]) { await $0.withdraw(uid) }
            case .giveUp: begin([uid]) { await $0.giveUp(uid) }
            case .writeStage: begin([uid]) { await $0.writeStage(of: uid) }
            }
        }
        dueUnwanted(at: now, &due)
        if !isDraining { start(due) }
        if !due.urgent.isSubset(of: urgent) { lookout.ring() }
        urgent = due.urgent
        return due.wake
    }

    private func start(_ due: Due) {
        for (_, pods) in due.submits {
            let ordered = pods.sorted { $0.createdAt < $1.createdAt }
            var rest = ordered.map(\.uid)[...]
            while !rest.isEmpty, let slot = take(.submit) {
                let batch = Array(rest.prefix(settings.submitBatch))
                rest = rest.dropFirst(batch.count)
                begin(batch, in: slot) { await $0.submit(batch) }
            }
        }
        for (group, uids) in due.stops {
            guard let slot = take(.other) else { return }
            begin(uids, in: slot) { await $0.stop(uids, grace: group.grace) }
        }
        for uid in due.removals {
            guard let slot = take(.other) else { return }
            begin([uid], in: slot) { await $0.remove(uid) }
        }
        for key in due.unwanted {
            guard let slot = take(.other) else { return }
            begin([], in: slot) { await $0.attend(to: key) }
        }
    }

    /// Runs work of some pods, which are left alone until it is done.
    func begin(_ uids: [PodUID], in slot: Slots.Taken? = nil, _ work: @escaping @Sendable (Lifecycle) async -> Void) {
        busy.formUnion(uids)
        Task {
            await work(self)
            if let slot { release(slot) }
            busy.subtract(uids)
            for uid in uids { active.insert(uid) }
            alarm.ring()
            idle.ring()
        }
    }

    /// The call that is made for one of these pods belongs to the request that wants it.
    func takeTrace(of uids: [PodUID]) -> TraceContext? {
        uids.compactMap { traces.removeValue(forKey: $0) }.first
    }

    /// Lets `drain` see that something has come to an end.
    func noteIdle() { idle.ring() }

    private func take(_ kind: SlotKind) -> Slots.Taken? {
        guard let taken = slots[kind]?.take(kind) else { return nil }
        Task { [clock, settings] in
            try? await clock.sleep(for: settings.patience)
            release(taken)
        }
        return taken
    }

    /// At the end of the call or when patience with it is over, whichever comes first.
    private func release(_ taken: Slots.Taken) {
        if slots[taken.kind]?.release(taken) == true { alarm.ring() }
    }
}

/// What a look at the open pods has found to do.
struct Due {
    var wake: Moment?
    var urgent: Set<Placement> = []
    var submits: [Placement: [TrackedPod]] = [:]
    var stops: [StopGroup: [PodUID]] = [:]
    var removals: [PodUID] = []
    var unwanted: [UnwantedKey] = []

    mutating func wake(at moment: Moment?) {
        guard let moment else { return }
        wake = wake.map { min($0, moment) } ?? moment
    }
}

/// Jobs that one call can stop.
struct StopGroup: Hashable {
    let placement: Placement
    let grace: Duration
}
