import Glibc
public import InterLinkPluginKit
import InterLinkSystem

extension BatchPlugin {
    /// `--script POD.yaml`: the job script of a pod as it would be submitted, without submitting anything.
    ///
    /// The file holds the pod, in YAML or JSON, and the ConfigMaps and Secrets that it uses as further documents.
    public static var scriptOption: PluginOption<Configuration> {
        PluginOption("--script", argument: "POD.yaml", help: "print the job script of a pod, and submit nothing") {
            configuration, path in
            let pool = BlockingPool(name: "manifest", threads: 1)
            let bytes = try await pool.run { try Folder.bytes(ofTrusted: path) }
            let request = try ManifestRequest(bytes, file: path).request
            let composer = JobComposer(configuration)
            try composer.objections(to: request)
            let pod = try PodDigest(request)
            let submission = PodSubmission(
                pod: pod, request: request, placement: Placement(site: Scheduler.kind),
                mark: JobMark(instance: "preview0", uid: pod.uid))
            let composed = try composer.compose(
                submission, root: configuration.workspace.root, sharesFilesystem: true, killMargin: .zero
            ) { _ in }
            return composed.job.script
        }
    }
}

extension Folder {
    /// A file that the user of the command named.
    fileprivate static func bytes(ofTrusted path: String) throws(SystemError) -> [UInt8] {
        let number = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { throw SystemError("open", path) }
        let file = FileDescriptor(owning: number)
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count <= 64 << 20 {
            let count = Glibc.read(file.rawValue, &piece, piece.count)
            if count == 0 { return bytes }
            if count > 0 { bytes += piece[..<count] } else if errno != EINTR { throw SystemError("read", path) }
        }
        throw SystemError("read", path, code: EFBIG)
    }
}
