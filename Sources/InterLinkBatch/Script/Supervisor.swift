/// The part of a job script that is the same for every pod, in bash, by subject.
///
/// It knows no runtime. A ``ContainerRuntime`` gives these functions; `INDEX` counts the pod's containers, and after
/// `describe INDEX` their data stands in variables (`NAME`, `IMAGE`, `MOUNTS`, …, see ``PodScriptData``):
///
/// | function | what it does |
/// |---|---|
/// | `runtime_check` | says by `refuse REASON MESSAGE` what cannot be done on this machine |
/// | `runtime_prepare INDEX` | makes the image ready; else `refuse REASON MESSAGE` and non-zero; may print what the image was found to be |
/// | `runtime_start INDEX` | in a child with a process group of its own, log and stdin in place: becomes the container; else `cannot_start REASON MESSAGE CODE` |
/// | `runtime_exec INDEX COMMAND…` | in a child: becomes that command in the view of the running container |
/// | `runtime_signal INDEX SIGNAL` | asks the container's main process; non-zero when there is none yet, to be asked again |
/// | `runtime_kill INDEX` | ends all of the container at once |
/// | `runtime_ended INDEX CODE` | may say why it ended by setting `END_REASON`, `END_MESSAGE`, `END_CODE` |
/// | `runtime_cleanup` | removes what is left on the machine, once, at the end |
enum Supervisor {
    /// In the order in which they stand in a script.
    static var sections: [String] {
        [
            basics, records, state, volumes, startFile, network, images, containers, ends, stopping, actions, probes,
            logs,
            jobScript, ending, main,
        ]
    }
}
