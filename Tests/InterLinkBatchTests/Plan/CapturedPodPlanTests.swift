import InterLinkAPI
import InterLinkPluginKit
import KubernetesModel
import Testing

@testable import InterLinkBatch

@Suite struct CapturedPodPlanTests {
    @Test(arguments: CapturedPods.names)
    func everyPodThatInterLinkSentHasAPlan(name: String) throws {
        let request = try CapturedPods.request(name)
        let found = try plan(request)
        // The one asks for half a processor, the other for a limit that it does not have.
        #expect(found.remarks.count == (["env2", "volumes"].contains(name) ? 1 : 0), "\(found.remarks)")
        guard request.pod.spec.automountServiceAccountToken != false else { return }
        #expect(found.files.contains { $0.path.hasPrefix("volumes/kube-api-access-") && $0.path.hasSuffix("/ca.crt") })
        for container in found.containers {
            #expect(
                container.mounts.contains {
                    $0.target == "/var/run/secrets/kubernetes.io/serviceaccount" && $0.readOnly
                })
            #expect(container.environment.map(\.name).contains("KUBERNETES_SERVICE_HOST"))
        }
    }

    @Test func volumes() throws {
        // The secret of the projected volume is one that interLink never sends there; it came with another volume.
        let found = try plan(CapturedPods.request("volumes"))
        #expect(found.remarks.count == 1, "\(found.remarks)")
        let files = found.files.map { "\($0.path) \(String($0.mode, radix: 8))" }
        #expect(
            files.filter { !$0.contains("kube-api-access") } == [
                "volumes/cm/EMPTY 644", "volumes/cm/bin 644", "volumes/cm/file.conf 644", "volumes/cm/key1 644",
                "volumes/cmitems/sub/dir/f.conf 600", "volumes/dw/ann 644", "volumes/dw/cpu 644", "volumes/dw/name 644",
                "volumes/proj/k1 444", "volumes/proj/labels 444", "volumes/proj/pass 444", "volumes/proj/token 444",
                "volumes/sec/pass 644", "volumes/sec/token 644", "volumes/secitems/p 400",
            ])
        #expect(found.files.first { $0.path == "volumes/cm/bin" }?.contents == [0, 1, 2, 255])
        #expect(found.files.first { $0.path == "volumes/secitems/p" }?.text == "s3cr3t 'q' $X")
        #expect(
            found.scratch == [
                ScratchPlan(path: "volumes/empty", inMemory: false, sizeLimit: nil),
                ScratchPlan(path: "volumes/mem", inMemory: true, sizeLimit: 16 << 20),
            ])
        #expect(
            found.containers[0].mounts.contains(
                MountPlan(source: .workspace("volumes/cm/file.conf"), target: "/v/sub.conf", readOnly: true)))
        #expect(
            found.containers[1].mounts.map(\.target) == ["/v/empty", "/var/run/secrets/kubernetes.io/serviceaccount"])
    }

    @Test func variables() throws {
        let container = try firstContainer(CapturedPods.request("env2"))
        let values = Dictionary(uniqueKeysWithValues: container.environment.map { ($0.name, $0.value) })
        #expect(values["EMPTYVAL"] == "" && values["NOVALUE"] == "" && values["CM_EMPTY"] == "")
        #expect(values["COMBO"] == "x-plain value-y")
        #expect(values["SPECIAL"] == "a'b\"c $HOME `id` \\ %d\nnewline ünï")
        #expect(container.arguments == ["env | sort; echo plain value x-plain value-y"])
    }

    @Test func probes() throws {
        let container = try firstContainer(CapturedPods.request("probes"))
        #expect(container.readinessProbe?.action == .http(host: "127.0.0.1", port: 18099, path: "/", headers: []))
        #expect(container.readinessProbe?.initialDelay == 3)
        #expect(container.livenessProbe?.action == .tcp(host: "localhost", port: 18099))
        #expect(container.startupProbe?.failureThreshold == 10)
    }

    @Test func initContainers() throws {
        let found = try plan(CapturedPods.request("init"))
        #expect(found.containers.map(\.role) == [.initial, .initial, .regular])
        #expect(found.containers.allSatisfy { $0.mounts.first?.source == .workspace("volumes/d") })
    }
}
