/// A virtual node as the Virtual Kubelet makes it: rounds of questions, one pod after the other, and pings.
struct VirtualNode: Sendable {
    let number: Int
    let options: LoadOptions
    let targets: [LoadTarget]
    let clock: LoadClock
    /// Reading and following logs, which people do beside the rounds.
    let readers: TaskBag
    let logGate: Gate
    /// All creates have been answered.
    let isComplete: @Sendable () -> Bool

    /// Makes rounds until the load is long enough, or cancelled.
    func look() async {
        // Nodes do not move in step.
        let offset = options.pause * number / options.nodes
        guard (try? await Task.sleep(for: offset)) != nil else { return }
        var rounds = 0
        while !Task.isCancelled {
            guard (try? await Task.sleep(for: options.pause)) != nil else { return }
            let counts = isComplete()
            await round()
            if counts { rounds += 1 }
            switch options.length {
            case .rounds(let wanted) where rounds >= wanted: return
            case .duration(let wanted) where clock.now >= wanted: return
            default: break
            }
        }
    }

    func ping() async {
        while !Task.isCancelled {
            for target in targets { await target.ping() }
            guard (try? await Task.sleep(for: options.pingPause)) != nil else { return }
        }
    }

    /// Asks for every pod of the node, in no order. Two plugins are asked in turn, each as often first as the other, so
    /// that both see the same machine.
    private func round() async {
        let pods = (0..<(targets.first?.fleet.count ?? 0)).filter { $0 % options.nodes == number }.shuffled()
        let curious = pods.first { index in targets.contains { $0.fleet[index].isRunning } }
        for index in pods {
            for target in Bool.random() ? targets : targets.reversed() {
                guard !Task.isCancelled else { return }
                let pod = target.fleet[index]
                guard pod.isPolled else { continue }
                await target.status(pod)
                read(pod, of: target)
            }
        }
        for target in targets {
            if let pod = curious.map({ target.fleet[$0] }), pod.isRunning { await target.readLog(pod) }
        }
    }

    private func read(_ pod: FleetPod, of target: LoadTarget) {
        if pod.takeFollow() { readers.add { await target.follow(pod) } }
        if pod.takeLastLog() {
            readers.add { [logGate] in await logGate.pass { await target.readLog(pod) } }
        }
    }
}
