// swift-tools-version: 6.3
// A package of its own, so that nobody who builds the SDK waits for its benchmarks.
import PackageDescription

let package = Package(
    name: "benchmarks",
    dependencies: [.package(name: "interlink-swift-sdk", path: "..")],
    targets: [
        .executableTarget(
            name: "JSONBenchmark",
            dependencies: [
                .product(name: "InterLinkAPI", package: "interlink-swift-sdk"),
                .product(name: "KubernetesModel", package: "interlink-swift-sdk"),
                .product(name: "LosslessJSON", package: "interlink-swift-sdk"),
            ],
            path: "json/swift")
    ]
)
