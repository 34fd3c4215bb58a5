import InterLinkPluginKit

/// What an author writes.
struct SampleConfiguration: ConfigurationSection, Equatable {
    enum Runtime: String, Decodable, CaseIterable, Sendable { case apptainer, podman }

    struct Server: ConfigurationSection, Equatable {
        var port = 8080
        var socketMode = FileMode(bits: 0o600)
        var hosts: [String] = []
    }

    struct Flavor: ConfigurationSection, Equatable {
        @Required var name: String
        var cpus = 1
        static func == (left: Flavor, right: Flavor) -> Bool { left.name == right.name && left.cpus == right.cpus }
    }

    @Required var partition: String
    var submitCommand = "/usr/bin/sbatch"
    var pollInterval: Duration = .seconds(20)
    var largestScript = ByteSize.mebibytes(4)
    var verbose = false
    var ratio = 0.5
    var account: String?
    var retries: Int?
    var token: SensitiveText?
    var runtime = Runtime.apptainer
    var server = Server()
    var tls: Server?
    var flavors: [Flavor] = []
    var mapping: [String: Int] = [:]

    func validate() -> [ConfigurationProblem] {
        pollInterval >= .seconds(1) ? [] : [.init("pollInterval", "is below 1s", advice: "write at least 1s")]
    }

    static func == (left: SampleConfiguration, right: SampleConfiguration) -> Bool {
        left.partition == right.partition && left.submitCommand == right.submitCommand
            && left.pollInterval == right.pollInterval && left.largestScript == right.largestScript
            && left.verbose == right.verbose && left.ratio == right.ratio && left.account == right.account
            && left.retries == right.retries && left.runtime == right.runtime && left.server == right.server
            && left.tls == right.tls && left.flavors == right.flavors && left.mapping == right.mapping
    }

    static func load(
        _ yaml: String, _ environment: [String: String] = [:]
    ) throws(ConfigurationError) -> LoadedConfiguration<SampleConfiguration> {
        try ConfigurationFile.parse(SampleConfiguration.self, yaml: yaml, environment: environment)
    }

    /// The problems of a text, one a line, or what was read although it should not have been.
    static func problems(_ yaml: String, _ environment: [String: String] = [:]) -> [String] {
        do {
            return ["read without a problem: \(try load(yaml, environment).value)"]
        } catch {
            return error.problems.map(\.description)
        }
    }
}
