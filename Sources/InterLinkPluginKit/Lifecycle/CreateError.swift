/// Why a create was refused. Interlink then fails the pod for good.
package enum CreateError: Error, Equatable, CustomStringConvertible {
    case invalid(String)
    /// The same UID was created with something else in it.
    case conflict(uid: PodUID, difference: String)
    /// Its delete came first.
    case deleted(uid: PodUID)
    case rejected(why: String)
    /// Nothing could be written down, so nothing was done.
    case notRecorded(StoreError)
    /// The host gave the pod up before it heard of it again.
    case withdrawn(why: String)

    package var description: String {
        switch self {
        case .invalid(let problem): "the request cannot be used: \(problem)"
        case .conflict(let uid, let difference):
            "pod \(uid) was created before with a different spec: \(difference)"
        case .deleted(let uid): "pod \(uid) was deleted"
        case .rejected(let why): why
        case .notRecorded(let error): "the pod was not started: \(error)"
        case .withdrawn(let why): "the pod was given up: \(why)"
        }
    }
}
