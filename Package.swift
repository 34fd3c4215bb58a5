// swift-tools-version: 6.3
// 6.3 is the oldest toolchain that is supported and tested: see CONTRIBUTING.md.
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// A Swift target of ours; every one is held to the same rules.
func library(_ name: String, path: String? = nil, _ dependencies: Target.Dependency...) -> Target {
    .target(
        name: name, dependencies: dependencies, path: path ?? "Sources/\(name)", swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: Target.Dependency..., resources: [Resource] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: dependencies, path: "Tests/\(name)Tests", resources: resources,
        swiftSettings: strict)
}

/// A C library of the system, found by pkg-config.
func system(_ name: String, pkgConfig: String, apt: String) -> Target {
    .systemLibrary(
        name: name, path: "Sources/CSystem/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

let package = Package(
    name: "interlink-swift-sdk",
    products: [
        .library(name: "LosslessJSON", targets: ["LosslessJSON"]),
        .library(name: "KubernetesModel", targets: ["KubernetesModel"]),
        .library(name: "InterLinkAPI", targets: ["InterLinkAPI"]),
        .library(name: "InterLinkPluginKit", targets: ["InterLinkPluginKit"]),
        .library(name: "InterLinkHTTPClient", targets: ["InterLinkHTTPClient"]),
        .library(name: "InterLinkTraceExport", targets: ["InterLinkTraceExport"]),
        .library(name: "InterLinkBatch", targets: ["InterLinkBatch"]),
        .library(name: "InterLinkConformance", targets: ["InterLinkConformance"]),
        .library(name: "InterLinkTesting", targets: ["InterLinkTesting"]),
        .library(name: "LocalPlugin", targets: ["LocalPlugin"]),
        .executable(name: "interlink-plugin", targets: ["InterLinkCommand"]),
        .executable(name: "interlink-local", targets: ["InterLinkLocal"]),
    ],
    targets: [
        // The system: C libraries of Debian, and what the Glibc module does not export.
        system("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
        system("CYAML", pkgConfig: "yaml-0.1", apt: "libyaml-dev"),
        system("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
        .target(
            name: "CCurl", path: "Sources/CSystem/CCurl", linkerSettings: [.linkedLibrary("curl")]),
        .target(name: "CLinux", path: "Sources/CSystem/CLinux"),
        library("InterLinkSystem", "CLinux"),

        // The wire.
        library("LosslessJSON"),
        library("KubernetesModel", "LosslessJSON"),
        library("InterLinkAPI", "KubernetesModel", "LosslessJSON"),

        // The host, and the only module that links libcurl.
        library(
            "InterLinkPluginKit",
            "InterLinkAPI", "KubernetesModel", "LosslessJSON", "InterLinkSystem", "CLinux", "CZlib", "CYAML", "CSQLite"),
        library(
            "InterLinkHTTPClient", "InterLinkAPI", "KubernetesModel", "LosslessJSON", "InterLinkSystem", "CCurl"),

        library("InterLinkTraceExport", "InterLinkPluginKit", "InterLinkHTTPClient"),

        // Pods as batch jobs, and the plugins.
        library(
            "InterLinkBatch", "InterLinkPluginKit", "InterLinkAPI", "KubernetesModel", "LosslessJSON",
            "InterLinkSystem", "CLinux"),
        .target(
            name: "LocalPlugin",
            dependencies: [
                "InterLinkBatch", "InterLinkPluginKit", "InterLinkAPI", "KubernetesModel", "LosslessJSON",
                "InterLinkSystem", "CLinux",
            ],
            path: "Sources/ExamplePlugins/Local",
            exclude: ["Program", "interlink-local.service", "interlink-local.yaml"], swiftSettings: strict),
        .executableTarget(
            name: "InterLinkLocal", dependencies: ["LocalPlugin", "InterLinkBatch", "InterLinkPluginKit"],
            path: "Sources/ExamplePlugins/Local/Program", swiftSettings: strict),
        library("SlurmPlugin", path: "Sources/ExamplePlugins/Slurm", "InterLinkBatch"),
        library("HTCondorPlugin", path: "Sources/ExamplePlugins/HTCondor", "InterLinkBatch"),
        library("UnicorePlugin", path: "Sources/ExamplePlugins/Unicore", "InterLinkBatch"),
        library("KubernetesPlugin", path: "Sources/ExamplePlugins/Kubernetes", "InterLinkPluginKit"),

        // For authors and operators.
        library(
            "InterLinkConformance",
            "InterLinkHTTPClient", "InterLinkAPI", "KubernetesModel", "LosslessJSON", "InterLinkSystem", "CLinux"),
        library("InterLinkTesting", "InterLinkPluginKit", "InterLinkAPI", "KubernetesModel", "InterLinkSystem"),
        .executableTarget(
            name: "InterLinkCommand",
            dependencies: [
                "InterLinkConformance", "InterLinkHTTPClient", "InterLinkAPI", "KubernetesModel", "LosslessJSON",
            ],
            swiftSettings: strict),

        // For this repository only.
        .executableTarget(
            name: "GenerateModel", dependencies: ["LosslessJSON"], exclude: ["Spec"], swiftSettings: strict),

        .executableTarget(
            name: "FaultProbe",
            dependencies: [
                "InterLinkPluginKit", "InterLinkTesting", "InterLinkAPI", "LosslessJSON", "InterLinkSystem",
            ],
            path: "Tests/FaultProbe", swiftSettings: strict),
        .executableTarget(
            name: "TestPlugin", dependencies: ["InterLinkPluginKit", "InterLinkTesting"], path: "Tests/TestPlugin",
            swiftSettings: strict),
        .executableTarget(
            name: "PodTable",
            dependencies: [
                "InterLinkPluginKit", "InterLinkHTTPClient", "InterLinkAPI", "KubernetesModel", "LosslessJSON",
                "TestSupport",
            ],
            path: "Tests/PodTable", exclude: ["Cases", "README.md", "check-scripts", "run"], swiftSettings: strict),
        .executableTarget(
            name: "ReferencePlugin",
            dependencies: ["InterLinkPluginKit", "InterLinkAPI", "KubernetesModel", "InterLinkSystem"],
            path: "Tests/ReferencePlugin", swiftSettings: strict),
        library("TestSupport", path: "Tests/TestSupport", "InterLinkSystem"),
        tests("LosslessJSON", "LosslessJSON", "TestSupport"),
        tests("KubernetesModel", "KubernetesModel", "LosslessJSON", "TestSupport"),
        tests("InterLinkAPI", "InterLinkAPI", "KubernetesModel", "LosslessJSON", "TestSupport"),
        tests("InterLinkSystem", "InterLinkSystem"),
        tests("PodTable", "PodTable", "InterLinkAPI", "KubernetesModel", "LosslessJSON"),
        tests(
            "InterLinkPluginKit", "InterLinkPluginKit", "InterLinkTesting", "FaultProbe", "TestPlugin", "InterLinkAPI",
            "InterLinkConformance", "KubernetesModel", "LosslessJSON", "InterLinkSystem", "CSQLite", "TestSupport"),
        tests(
            "InterLinkConformance", "InterLinkConformance", "ReferencePlugin", "InterLinkHTTPClient", "InterLinkAPI",
            "KubernetesModel", "LosslessJSON", "TestSupport"),
        .testTarget(
            name: "KnownBadPlugins",
            dependencies: [
                "InterLinkConformance", "ReferencePlugin", "InterLinkPluginKit", "InterLinkHTTPClient", "InterLinkAPI",
                "KubernetesModel", "LosslessJSON", "InterLinkSystem", "TestSupport",
            ],
            swiftSettings: strict),
        tests(
            "InterLinkBatch", "InterLinkBatch", "InterLinkPluginKit", "InterLinkAPI", "KubernetesModel", "LosslessJSON",
            "InterLinkSystem", "InterLinkTesting", "TestSupport"),
        tests(
            "LocalPlugin", "LocalPlugin", "InterLinkLocal", "InterLinkBatch", "InterLinkPluginKit",
            "InterLinkHTTPClient", "InterLinkAPI", "KubernetesModel", "LosslessJSON", "InterLinkSystem", "TestSupport"),
        tests(
            "InterLinkHTTPClient", "InterLinkHTTPClient", "InterLinkAPI", "KubernetesModel", "LosslessJSON",
            "InterLinkSystem", "TestSupport"),
        tests(
            "InterLinkTraceExport", "InterLinkTraceExport", "InterLinkPluginKit", "InterLinkHTTPClient", "TestSupport"),
    ]
)

// Programs that measure reach inside the modules, so they are built only when asked for: see Benchmarks.
if Context.environment["INTERLINK_BENCHMARKS"] != nil {
    package.targets.append(
        .executableTarget(
            name: "ServerBenchmark", dependencies: ["InterLinkPluginKit", "InterLinkSystem"],
            path: "Benchmarks/server/swift", swiftSettings: strict))
}
