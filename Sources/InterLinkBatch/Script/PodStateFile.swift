/// What the script tells of a pod while it runs.
///
/// Lines `key=value` in any order, ended by a newline. Values are percent-encoded: every byte other than letters, digits
/// and `-._~:/` as `%XX`. Unknown keys are skipped. The file is replaced as a whole (`mv` in the same folder).
///
/// ```
/// format=1
/// mark=il-k3x9ab2c-0b5e…        whose it is: another mark is another job
/// attempt=1                     starts of this job, the first being 1
/// sequence=17                   grows with every writing
/// node=n7                       where it runs
/// job=4711                      the scheduler's id as the script saw it; may be absent
/// phase=running                 preparing, initializing, running, stopping, ended
/// started=1795181123            when the script began, seconds since 1970
/// reason=DeadlineExceeded       why the pod as a whole ends; absent while it does not
/// message=…
/// closed=1                      only in the closing record
/// c0.name=setup                 containers in the order of the pod, init containers first
/// c0.state=terminated           waiting, running, terminated
/// c0.reason=Completed           of the state: PodInitializing, ContainerCreating, CrashLoopBackOff, ErrImagePull, Error …
/// c0.message=…                  the termination message, or what went wrong
/// c0.started=1795181124
/// c0.finished=1795181125
/// c0.exit=0                     137 with c0.signal=9 for a kill
/// c0.signal=9                   absent for an ordinary exit
/// c0.restarts=0
/// c0.up=1                       the startup probe has succeeded, or there is none
/// c0.ready=1
/// c0.image=sha256:…             what the image was found to be, where known
/// c0.last.exit=1                the run before: last.exit, last.signal, last.reason, last.message, last.started, last.finished
/// ```
package struct PodStateFile: Equatable, Sendable {
    package enum Phase: String, Sendable {
        case preparing, initializing, running, stopping, ended
    }

    package var mark: String
    package var attempt: Int
    package var sequence: Int
    package var node: String
    package var job: String?
    package var phase: Phase
    package var started: Int64?
    package var reason: String?
    package var message: String?
    package var isClosed: Bool
    package var containers: [ContainerState]

    package struct ContainerState: Equatable, Sendable {
        package enum State: String, Sendable {
            case waiting, running, terminated
        }

        package var name: String
        package var state: State
        package var reason: String?
        package var message: String?
        package var started: Int64?
        package var finished: Int64?
        package var exitCode: Int?
        package var signal: Int?
        package var restarts: Int
        package var isUp: Bool
        package var isReady: Bool
        package var image: String?
        package var last: LastRun?
    }

    package struct LastRun: Equatable, Sendable {
        package var reason: String?
        package var message: String?
        package var started: Int64?
        package var finished: Int64?
        package var exitCode: Int
        package var signal: Int?
    }
}
