import Foundation
import InterLinkAPI
import KubernetesModel

/// The three pods of the demo.
enum DemoCast {
    static func pods(image: String) -> [DemoPod] { [analysis(image), typo(image), endless(image)] }

    /// An init container, then two containers at once; a folder that all share, and a ConfigMap.
    private static func analysis(_ image: String) -> DemoPod {
        let data = VolumeMount(mountPath: "/data", name: "data")
        let settings = VolumeMount(mountPath: "/settings", name: "settings", readOnly: true)
        let prepare = container("prepare", image, [data, settings]) {
            """
            . /settings/analysis
            echo "preparing $SAMPLES samples"
            seq $SAMPLES > /data/samples
            sleep 1
            """
        }
        let simulate = container("simulate", image, [data, settings]) {
            """
            while read -r sample; do
                sleep 0.5
                echo "$sample $((sample * sample))" >> /data/results
                echo "sample $sample is done"
            done < /data/samples
            touch /data/finished
            """
        }
        let report = container("report", image, [data, settings]) {
            """
            echo "waiting for the results of the other container"
            until [ -e /data/finished ]; do sleep 0.2; done
            sum=0
            while read -r sample square; do sum=$((sum + square)); done < /data/results
            . /settings/analysis
            echo "$TITLE: $sum"
            """
        }
        var pod = Self.pod("analysis", [simulate, report])
        pod.spec.initContainers = [prepare]
        pod.spec.volumes = [
            PodVolume(name: "data", emptyDir: EmptyDirVolumeSource()),
            PodVolume(name: "settings", configMap: ConfigMapVolumeSource(name: "analysis")),
        ]
        var metadata = ObjectMeta()
        metadata.name = "analysis"
        metadata.namespace = pod.metadata.namespace
        let map = ConfigMap(
            metadata: metadata, data: ["analysis": "SAMPLES=8\nTITLE='The sum of the squares'\n"])
        return DemoPod(
            pod, configMaps: [map], ends: .success,
            about: "an init container, then two containers that share a folder and a ConfigMap")
    }

    private static func typo(_ image: String) -> DemoPod {
        let main = container("main", image) {
            """
            echo "reading input.dat"
            sleep 1
            echo "input.dat: no such file" >&2
            exit 2
            """
        }
        return DemoPod(pod("typo", [main]), ends: .failure, about: "a program that fails")
    }

    private static func endless(_ image: String) -> DemoPod {
        let main = container("main", image) {
            """
            trap 'echo "asked to end: saving what I have"; sleep 1; echo "saved"; exit 0' TERM
            step=0
            while true; do
                step=$((step + 1))
                echo "step $step"
                sleep 0.5 & wait $!
            done
            """
        }
        return DemoPod(
            pod("endless", [main]), ends: .deletion, about: "a program that never ends, deleted while it runs")
    }

    private static func pod(_ name: String, _ containers: [Container]) -> Pod {
        var metadata = ObjectMeta()
        metadata.name = name
        metadata.namespace = "demo"
        metadata.uid = UUID().uuidString.lowercased()
        var spec = PodSpec(containers: containers)
        spec.restartPolicy = .never
        spec.terminationGracePeriodSeconds = 10
        return Pod(metadata: metadata, spec: spec)
    }

    private static func container(
        _ name: String, _ image: String, _ mounts: [VolumeMount] = [], script: () -> String
    ) -> Container {
        var container = Container(name: name)
        container.image = image
        container.command = ["/bin/sh", "-c", script()]
        container.volumeMounts = mounts.isEmpty ? nil : mounts
        return container
    }
}
