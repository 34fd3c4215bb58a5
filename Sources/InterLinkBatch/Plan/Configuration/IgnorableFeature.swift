/// What pods may ask for and no batch job can give. Each is refused unless the site has it ignored; then the pod runs
/// without it, and is told.
public enum IgnorableFeature: String, Decodable, Sendable, CaseIterable {
    /// `runAsUser` and `runAsGroup` that are not on the list of the site: the container runs as the job's user.
    case users
    /// `supplementalGroups`: the container has the groups of the job's user.
    case groups
    /// `privileged`
    case privileged
    /// `capabilities.add`
    case capabilities
    /// Profiles of SELinux, AppArmor and seccomp that lie on a node.
    case profiles
    /// `procMount: Unmasked`
    case procMount
    /// `sysctls`
    case sysctls
    /// `hostPID`, `hostIPC`, `shareProcessNamespace`
    case namespaces
    /// `mountPropagation: Bidirectional`
    case mountPropagation
    /// `recursiveReadOnly: Enabled` for paths of the node
    case recursiveReadOnly
    /// `volumeDevices`
    case devices
    /// `resourceClaims`
    case resourceClaims
    /// `restartPolicyRules`
    case restartRules
    /// Probes and hooks by https: they are left out.
    case httpsProbes
    /// Probes by gRPC: they are left out.
    case grpcProbes
}
