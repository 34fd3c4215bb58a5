/// Containers by Apptainer, or by Singularity under the name that it has there.
///
/// One `exec` a container, in the foreground: no instance, no daemon, no root. Each container has namespaces of its own
/// for users, mounts, processes and names; the network is the node's. What an image wants is read from its OCI
/// configuration, where it has one, and done by the script: Apptainer itself would evaluate it by a shell.
///
/// Not as in Kubernetes: `/tmp` is a folder of the workspace, `HOME` is `/tmp` unless pod or image say otherwise, the
/// image's user is ignored (everything runs as the user of the job, or as a single number that policy allows), `/dev/shm`
/// is the container's own. In an image without `/bin/sh`, names that no shell can export are not set, and an address space
/// cannot be limited.
package struct ApptainerRuntime: ContainerRuntime {
    /// Where what a container writes to its root goes.
    package enum WritableRoot: Equatable, Sendable {
        /// Into memory: 64 MB unless the site has set more.
        case memory
        /// Into a folder of a local disk, removed at the end. (An overlay does not work on most network filesystems.)
        case folder(String)
    }

    package let name = "apptainer"
    /// The program: a name or a path.
    package var command = "apptainer"
    /// More options of `exec`, as the site wants them.
    package var options: [String] = []
    /// Where images of registries are kept as files; nil: below the user's cache folder.
    package var imageFolder: String?
    /// Whether the job may ask registries. If not, images have to be in the folder already.
    package var pullsImages = true
    /// Credentials for registries, in the format of Docker's `config.json`.
    package var authFile: String?
    package var writableRoot = WritableRoot.memory

    package init() {}

    package func functions(for plan: PodPlan) -> String {
        var rootFolder = ""
        if case .folder(let folder) = writableRoot { rootFolder = folder }
        let choices = [
            "# What the site has chosen.",
            "APPTAINER=\(ShellQuote.word(command))",
            "APPTAINER_OPTIONS=\(ShellQuote.array(options))",
            imageFolder.map { "IMAGE_FOLDER=\(ShellQuote.word($0))" }
                ?? "IMAGE_FOLDER=${XDG_CACHE_HOME:-$HOME/.cache}/interlink-images",
            "MAY_PULL=\(pullsImages ? "yes" : "no")",
            "AUTH_FILE=\(ShellQuote.word(authFile ?? ""))",
            "ROOT_FOLDER=\(ShellQuote.word(rootFolder))",
        ].joined(separator: "\n")
        return [Self.heading, choices, Self.images, Self.imageConfiguration, Self.starting, Self.running]
            .joined(separator: "\n\n")
    }

    package func objections(to plan: PodPlan) -> [String] { [] }

    static let heading = #"""
        # ── Runtime: Apptainer ─────────────────────────────────────────────────────────────────────────────────────────
        """#
}
