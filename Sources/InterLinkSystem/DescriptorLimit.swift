import Glibc

/// How many descriptors this process may have open.
///
/// Reaching the limit is not harmless: libdispatch, on which Swift's global pool runs, opens files under /proc now and
/// then, and ends the process when it cannot. Whoever opens descriptors for others must leave some free.
package enum DescriptorLimit {
    package static var current: Int { Int(clamping: limits().rlim_cur) }

    /// Raises the limit as far as this process may. Children inherit it.
    package static func raise() {
        var limits = limits()
        limits.rlim_cur = limits.rlim_max
        setrlimit(resource, &limits)
    }

    private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)

    private static func limits() -> rlimit {
        var limits = rlimit()
        getrlimit(resource, &limits)
        return limits
    }
}
