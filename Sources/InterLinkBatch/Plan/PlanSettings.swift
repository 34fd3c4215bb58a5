/// What a site has configured of how pods become jobs.
package struct PlanSettings: Sendable {
    package var images = ImagesConfiguration()
    package var volumes = VolumesConfiguration()
    package var resources = ResourcesConfiguration()
    package var containers = ContainersConfiguration()
    package var network = NetworkConfiguration()

    /// Everything as it is without a configuration.
    package init() {}
}
