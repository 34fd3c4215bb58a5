import KubernetesModel
import LosslessJSON

extension PodVolume {
    /// The kind of a volume that no batch system can give, as the pod names it; nil when it says no kind at all.
    var kindWithoutSupport: String? {
        let kinds: [(String, Bool)] = [
            ("awsElasticBlockStore", awsElasticBlockStore != nil), ("azureDisk", azureDisk != nil),
            ("azureFile", azureFile != nil), ("cephfs", cephfs != nil), ("cinder", cinder != nil), ("csi", csi != nil),
            ("ephemeral", ephemeral != nil), ("fc", fc != nil), ("flexVolume", flexVolume != nil),
            ("flocker", flocker != nil), ("gcePersistentDisk", gcePersistentDisk != nil), ("gitRepo", gitRepo != nil),
            ("glusterfs", glusterfs != nil), ("image", image != nil), ("iscsi", iscsi != nil), ("nfs", nfs != nil),
            ("photonPersistentDisk", photonPersistentDisk != nil), ("portworxVolume", portworxVolume != nil),
            ("quobyte", quobyte != nil), ("rbd", rbd != nil), ("scaleIO", scaleIO != nil),
            ("storageos", storageos != nil), ("vsphereVolume", vsphereVolume != nil),
        ]
        // A kind that is newer than this program lies in the extras.
        return kinds.first { $0.1 }?.0 ?? extras.names.first
    }
}
