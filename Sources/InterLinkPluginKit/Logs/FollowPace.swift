/// How often a follower looks for new bytes.
package struct FollowPace: Sendable {
    /// The pause after new bytes were found: it gathers the output of a busy program into fewer, larger pieces.
    package var shortest: Duration
    /// The longest pause. Also with a watch on the file a follower looks so often, to learn that the container ended.
    package var longest: Duration

    package init(shortest: Duration = .milliseconds(20), longest: Duration = .seconds(1)) {
        self.shortest = shortest
        self.longest = longest
    }
}

/// The pauses of one follower: short while bytes come, then longer and longer, or until the file is changed.
struct FollowWait {
    private let pace: FollowPace
    private let watcher: FileWatcher?
    private let path: String?
    private var watch: FileWatch?
    private var pause: Duration

    init(for bytes: LogBytes, _ pace: FollowPace, _ watcher: FileWatcher?) {
        self.watcher = watcher
        switch bytes {
        case .file(let path):
            self.path = path
            self.pace = pace
        case .ranges(let reader):
            path = nil
            let interval = reader.lookInterval
            self.pace = FollowPace(shortest: interval, longest: max(pace.longest, interval * 2))
        }
        pause = self.pace.shortest
    }

    /// The file that lies at the path now is followed from now on.
    mutating func watchFile() async {
        guard let path else { return }
        watch = await watcher?.watch(path)
    }

    /// Waits after new bytes.
    mutating func afterProgress() async throws {
        pause = pace.shortest
        try await Task.sleep(for: pause)
    }

    /// Waits after nothing new was found.
    mutating func afterNothing() async throws {
        if let watch, watch.isAlive {
            try await watch.change(within: pace.longest)
        } else {
            try await Task.sleep(for: pause)
            pause = min(pause * 3 / 2, pace.longest)
        }
    }
}
