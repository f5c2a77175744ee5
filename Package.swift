// swift-tools-version: 6.2
import PackageDescription

// One direction: a target may import only those named on its line (see Tests/SegueTests/ArchitectureTests.swift).
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

func target(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies + ["SegueTestSupport"], swiftSettings: settings)
}

let package = Package(
  name: "segue",
  products: [
    .library(name: "SegueIngest", targets: ["SegueIngest"]),
    .library(name: "SegueClustering", targets: ["SegueClustering"]),
  ],
  targets: [
    // BLAS and LAPACK.
    .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    // SHA-256 of the inputs, for the manifest.
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

    target("SegueCore", []),
    target("SegueNumerics", ["SegueCore", "COpenBLAS"]),
    target("SegueIngest", ["SegueCore"]),
    target("SegueClustering", ["SegueCore", "SegueNumerics"]),

    .target(
      name: "SegueTestSupport", dependencies: ["SegueCore", "SegueNumerics"],
      path: "Tests/SegueTestSupport", swiftSettings: settings),
    tests("SegueCoreTests", ["SegueCore"]),
    tests("SegueIngestTests", ["SegueCore", "SegueIngest"]),
  ]
)
