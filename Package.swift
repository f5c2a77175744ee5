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

func target(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
  .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["SegueTestSupport"], exclude: exclude, swiftSettings: settings)
}

// Measured against other tools by scripts/bench, and no part of what people build.
let benchmarks: [Target] =
  Context.environment["SEGUE_BENCHMARKS"] == nil
  ? []
  : [
    .executableTarget(
      name: "SegueBenchmarks",
      dependencies: [
        "SegueCore", "SegueNumerics", "SegueIngest", "SegueSources", "SegueFeatures", "SegueClustering",
        "SegueValue",
      ],
      swiftSettings: settings)
  ]

let package = Package(
  name: "segue",
  products: [
    .library(name: "Segue", targets: ["Segue"]),
    .library(name: "SegueIngest", targets: ["SegueIngest"]),
    .library(name: "SegueClustering", targets: ["SegueClustering"]),
    .executable(name: "segue", targets: ["SegueCLI"]),
  ],
  dependencies: [
    // Command-line parsing, help and completion scripts.
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    // The options file and segment tables; nodes carry marks, so an unknown key is reported with its position.
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    // SQLite databases as input: read-only connections and statements with errors that say what failed.
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
  ],
  targets: [
    // BLAS and LAPACK.
    .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    // SHA-256 of the inputs, for the manifest, and the HMAC that pseudonyms are.
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    // Inputs in gzip.
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    // Inputs in zstd.
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    // The archive that an XLSX workbook is, and CSV files in archives.
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    // The XML in an XLSX workbook, as a stream.
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    // Tables and queries of PostgreSQL as input.
    .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    // renameat2, which exchanges two folders in one step.
    .systemLibrary(name: "CLinux"),
    // The hot loops that need instructions Swift cannot name, compiled per instruction set.
    .target(name: "CKernels"),

    target("SegueCore", []),
    target("SegueNumerics", ["SegueCore", "CKernels", "COpenBLAS"]),
    target("SegueIngest", ["SegueCore", "CKernels"]),
    target(
      "SegueSources",
      [
        "SegueCore", "SegueIngest", "CZlib", "CZstd", "CZip", "CExpat", "CPostgreSQL",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    // Segment tables are YAML files, the built-in ones as those of users.
    target(
      "SegueFeatures",
      ["SegueCore", "SegueNumerics", "SegueIngest", .product(name: "Yams", package: "Yams")],
      resources: [.embedInCode("SegmentTables")]),
    target("SegueClustering", ["SegueCore", "SegueNumerics"]),
    target("SegueValue", ["SegueCore", "SegueNumerics"]),
    // What segments are called stands in a YAML file.
    target(
      "SegueProfile",
      [
        "SegueCore", "SegueNumerics", "SegueFeatures", "SegueClustering", "SegueValue",
        .product(name: "Yams", package: "Yams"),
      ],
      resources: [.embedInCode("Vocabulary")]),
    // The schema of personas.json, which segue personas --schema prints.
    target(
      "SeguePersona", ["SegueCore", "SegueProfile"], resources: [.embedInCode("Schemas")]),
    target("SegueJourney", ["SegueCore", "SegueProfile"]),
    target("SegueReport", ["SegueCore", "SegueValue", "SegueProfile", "SeguePersona", "SegueJourney"]),
    target(
      "Segue",
      [
        "SegueCore", "SegueNumerics", "SegueIngest", "SegueSources", "SegueFeatures", "SegueClustering",
        "SegueValue", "SegueProfile", "SeguePersona", "SegueJourney", "SegueReport", "COpenSSL", "CLinux",
        .product(name: "Yams", package: "Yams"),
      ]),
    .executableTarget(
      name: "SegueCLI",
      dependencies: [
        "Segue", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: settings),

    .target(
      name: "SegueTestSupport", dependencies: ["SegueCore", "SegueNumerics"],
      path: "Tests/SegueTestSupport", swiftSettings: settings),
    tests("SegueCoreTests", ["SegueCore"]),
    tests("SegueNumericsTests", ["SegueCore", "SegueNumerics"]),
    tests("SegueClusteringTests", ["SegueCore", "SegueNumerics", "SegueClustering"]),
    tests("SegueValueTests", ["SegueCore", "SegueNumerics", "SegueValue"]),
    tests("SegueIngestTests", ["SegueCore", "SegueIngest"]),
    tests("SegueSourcesTests", ["SegueCore", "SegueIngest", "SegueSources"], exclude: ["Fixtures"]),
    tests("SegueFeaturesTests", ["SegueCore", "SegueIngest", "SegueNumerics", "SegueFeatures"]),
    tests(
      "SegueProfileTests",
      [
        "SegueCore", "SegueNumerics", "SegueIngest", "SegueFeatures", "SegueClustering", "SegueValue",
        "SegueProfile",
      ]),
    tests(
      "SeguePersonaTests",
      ["SegueCore", "SegueNumerics", "SegueIngest", "SegueFeatures", "SegueProfile", "SeguePersona"]),
    tests(
      "SegueJourneyTests",
      ["SegueCore", "SegueNumerics", "SegueIngest", "SegueFeatures", "SegueProfile", "SegueJourney"]),
    tests(
      "SegueReportTests",
      ["SegueCore", "SegueValue", "SegueProfile", "SeguePersona", "SegueJourney", "SegueReport"],
      exclude: ["Goldens"]),
    tests("SegueTests", ["Segue"], exclude: ["Goldens"]),
    // Runs the program that is built beside it.
    tests("SegueCLITests", [], exclude: ["Goldens"]),
  ] + benchmarks
)
