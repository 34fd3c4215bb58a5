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
    private var watch: FileWatch?
    private var pause: Duration

    init(_ pace: FollowPace, _ watcher: FileWatcher?) {
        self.pace = pace
        self.watcher = watcher
        pause = pace.shortest
    }

    /// New bytes were found.
    mutating func reset() {
        pause = pace.shortest
    }

    /// Another file is followed from now on.
    mutating func watch(_ bytes: LogBytes) async {
        guard case .file(let path) = bytes else { return }
        watch = await watcher?.watch(path)
    }

    mutating func wait() async throws {
        try await Task.sleep(for: pause)
        // Quiet for one pause: from now on a change of the file tells more than the clock.
        if let watch, watch.isAlive {
            try await watch.change(within: pace.longest)
        } else {
            pause = min(pause * 3 / 2, pace.longest)
        }
    }
}
