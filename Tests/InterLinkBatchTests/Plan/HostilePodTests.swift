import InterLinkAPI
import KubernetesModel
import TestSupport
import Testing

@testable import InterLinkBatch

/// Whatever stands in the fields of a pod: a plan that is made has no path outside of the workspace or of what the site
/// allows, and no text that could not be an argument or a variable.
@Suite struct HostilePodTests {
    private static let texts = [
        "", ".", "..", "../..", "../../etc/passwd", "/etc/passwd", "a/../../b", "a/..", "..\u{2F}\u{301}x",
        "/\u{301}etc",
        "x\u{0}y", "a\nb", "$(touch /tmp/pwned)", "`id`", "'; rm -rf / #", "\"$HOME\"", "-rf", "~root", "a b", "ü/✓",
        "C:\\x", "//", "./a//b/.", String(repeating: "x", count: 300), String(repeating: "a/", count: 3000), "$(A)",
        "$(B)",
        "a", "plain.conf", "scratch", "/scratch/a", "/scratch/../etc", "/scratch/..\u{2F}\u{301}", "*", "?", "{claim}",
    ]

    private struct Writer {
        var generator: SeededGenerator

        mutating func text() -> String { HostilePodTests.texts.randomElement(using: &generator) ?? "" }

        /// Mostly what is fine, so that other fields are looked at too.
        mutating func text(or usual: String) -> String {
            Int.random(in: 0..<12, using: &generator) == 0 ? text() : usual
        }

        mutating func pod() throws -> CreateRequest {
            var pod = try request()
            pod.pod.spec.volumes = (0..<4).map { volume($0) }
            var container = pod.pod.spec.containers[0]
            container.image = text(or: "busybox")
            container.workingDir = text(or: "/work")
            container.terminationMessagePath = text(or: "/dev/termination-log")
            container.command = [text(or: "sh"), text(or: "-c")]
            container.args = [text(), text()]
            container.env = [EnvVar(name: text(or: "A"), value: text()), EnvVar(name: "B", value: text())]
            container.volumeMounts = (0..<4).map { index in
                var mount = VolumeMount(mountPath: text(or: "/m\(index)"), name: text(or: "v\(index)"))
                if Bool.random(using: &generator) {
                    mount.subPath = text(or: "a")
                } else {
                    mount.subPathExpr = text(or: "$(B)")
                }
                return mount
            }
            pod.pod.spec.containers = [container]
            pod.pod.spec.hostname = text(or: "host")
            pod.pod.metadata.annotations = ["interlink.eu/pod-ip": text(or: "10.0.0.1")]
            let map = ConfigMap(
                metadata: ObjectMeta(name: text(or: "c")),
                data: Dictionary([(text(or: "k"), text()), (text(or: "l"), text())]) { first, _ in first })
            let projection = ConfigMap(metadata: ObjectMeta(name: "v2"), data: [text(or: "k"): text()])
            pod.containers?[0].configMaps = [map]
            pod.containers?[0].projectedVolumeMaps = [projection]
            return pod
        }

        private mutating func volume(_ index: Int) -> PodVolume {
            var volume = PodVolume(name: text(or: "v\(index)"))
            switch Int.random(in: 0..<6, using: &generator) {
            case 0:
                volume.configMap = ConfigMapVolumeSource(
                    items: [KeyToPath(key: "k", path: text(or: "k"))], name: text(or: "c"), optional: true)
            case 1: volume.configMap = ConfigMapVolumeSource(name: "c", optional: true)
            case 2: volume.projected = ProjectedVolumeSource(sources: [])
            case 3: volume.hostPath = HostPathVolumeSource(path: text(or: "/scratch/x"))
            case 4:
                volume.persistentVolumeClaim = PersistentVolumeClaimVolumeSource(claimName: text(or: "claim"))
            default: volume.emptyDir = EmptyDirVolumeSource()
            }
            return volume
        }
    }

    private static func isClean(_ path: String) -> Bool {
        !path.utf8.contains(0)
            && !path.utf8.split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual("..".utf8) }
    }

    private func check(_ plan: PodPlan) {
        let scratch = plan.scratch.flatMap { scratch in
            [scratch.path] + scratch.folders.map { "\(scratch.path)/\($0)" }
        }
        let ofWorkspace = plan.files.map(\.path) + plan.folders + scratch
        for path in ofWorkspace {
            #expect(Self.isClean(path) && path.utf8.starts(with: "volumes/".utf8), "\(path.debugDescription)")
        }
        for path in plan.hostPaths {
            #expect(
                Self.isClean(path.path) && path.path.utf8.starts(with: "/scratch".utf8), "\(path.path.debugDescription)"
            )
            #expect(CheckedPath.isInside(path.path, path.root))
        }
        for container in plan.containers {
            for mount in container.mounts {
                #expect(Self.isClean(mount.target) && mount.target.utf8.first == UInt8(ascii: "/"))
                switch mount.source {
                case .workspace(let path): #expect(Self.isClean(path) && path.utf8.starts(with: "volumes/v".utf8))
                case .node(let path): #expect(plan.hostPaths.contains { $0.path == path })
                }
            }
            #expect(Self.isClean(container.image) || container.image.hasPrefix("docker://"))
            #expect(Self.isClean(container.workingDirectory ?? "") && Self.isClean(container.terminationMessagePath))
            let words = (container.command ?? []) + (container.arguments ?? []) + container.environment.texts
            #expect(words.allSatisfy { !$0.utf8.contains(0) })
        }
    }

    @Test func noFieldOfAPodLeadsOutOfItsPlace() throws {
        var writer = Writer(generator: SeededGenerator(seed: 11))
        var planned = 0
        for _ in 0..<(FuzzRounds.count / 20) {
            let pod = try writer.pod()
            do {
                check(
                    try plan(pod) {
                        $0.volumes.hostPaths = (try? [HostFolder(configurationText: "/scratch")]) ?? []
                        var rule = ClaimRule()
                        (rule.claim, rule.path) = ("*", "/scratch/{namespace}/{claim}")
                        $0.volumes.claims = [rule]
                    })
                planned += 1
            } catch is PlanError {}
        }
        // Else there would have been nothing to look at.
        #expect(planned > 20)
    }

    @Test(arguments: texts)
    func aPathIsTheSameWhereverItIsChecked(text: String) {
        guard let path = try? CheckedPath.relative(text) else { return }
        #expect(Self.isClean(path) && path.utf8.first != UInt8(ascii: "/"))
        #expect((try? CheckedPath.relative(path)) == path)
        #expect(path.isEmpty || NameSyntax.problem(withRelativePath: path) == nil)
    }
}
