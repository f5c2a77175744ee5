import Foundation
import SegueTestSupport
import Testing

/// Dependencies point upstream only, and what is unsafe stands where it is looked for.
@Suite("Architecture")
struct ArchitectureTests {
  /// What each target may import of ours and of others; the standard library's own modules are free to all.
  private static let allowed: [String: Set<String>] = [
    "SegueCore": [],
    "SegueNumerics": ["SegueCore", "CKernels", "COpenBLAS"],
    "SegueIngest": ["SegueCore", "CKernels"],
    "SegueSources": [
      "SegueCore", "SegueIngest", "CZlib", "CZstd", "CZip", "CExpat", "CPostgreSQL", "GRDB", "GRDBSQLite",
    ],
    "SegueFeatures": ["SegueCore", "SegueNumerics", "SegueIngest", "Yams"],
    "SegueClustering": ["SegueCore", "SegueNumerics"],
    "SegueValue": ["SegueCore", "SegueNumerics"],
    // What segments are called stands in a YAML file.
    "SegueProfile": [
      "SegueCore", "SegueNumerics", "SegueFeatures", "SegueClustering", "SegueValue", "Yams",
    ],
    "SeguePersona": ["SegueCore", "SegueProfile"],
    "SegueJourney": ["SegueCore", "SegueProfile"],
    "SegueReport": ["SegueCore", "SegueValue", "SegueProfile", "SeguePersona", "SegueJourney"],
    "Segue": [
      "SegueCore", "SegueNumerics", "SegueIngest", "SegueSources", "SegueFeatures", "SegueClustering",
      "SegueValue", "SegueProfile", "SeguePersona", "SegueJourney", "SegueReport", "COpenSSL", "CLinux",
      "Yams",
    ],
    "SegueCLI": ["Segue", "ArgumentParser"],
    "SegueBenchmarks": [
      "SegueCore", "SegueNumerics", "SegueIngest", "SegueSources", "SegueFeatures", "SegueClustering",
      "SegueValue",
    ],
  ]

  private static let platform: Set<String> = [
    "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Synchronization",
  ]

  /// Files that may say `unsafe`, beside the kernels.
  private static let unsafeFiles: Set<String> = [
    "SegueCore/ParallelMap.swift", "Segue/Checksum.swift", "Segue/StudyFolder.swift",
    "SegueIngest/Source/ByteStore.swift", "SegueIngest/Source/Spool.swift",
    "SegueIngest/Source/GrowingFile.swift", "SegueIngest/Source/ScratchFile.swift",
    // Descriptors, C libraries, and cells that are not copied on their way.
    "SegueSources/ByteStream.swift", "SegueSources/Digits.swift", "SegueSources/InputName.swift",
    "SegueSources/ParquetSource.swift", "SegueSources/SourceOpener.swift", "SegueSources/SQLiteSource.swift",
    "SegueSources/TableWriter.swift", "SegueSources/Unpacking.swift",
    "SegueSources/JSON/ColumnNames.swift", "SegueSources/JSON/JSONRecord.swift",
    "SegueSources/JSON/JSONTable.swift", "SegueSources/JSON/JSONText.swift",
    "SegueSources/PostgreSQL/PostgresConnection.swift", "SegueSources/PostgreSQL/PostgresSource.swift",
    "SegueSources/XLSX/SharedStrings.swift", "SegueSources/XLSX/SheetReader.swift",
    "SegueSources/XLSX/XMLStream.swift", "SegueSources/XLSX/ZipArchive.swift",
    // Arrays read and written as they lie in memory, so that no copy of the points is measured.
    "SegueBenchmarks/RawNumbers.swift",
  ]

  private struct Source {
    /// Below `Sources`, as `SegueCore/Seed.swift`.
    var path: String
    /// Without comments and what stands in quotes.
    var lines: [Substring]

    var target: String { String(path.prefix { $0 != "/" }) }

    var imports: [String] {
      lines.compactMap { line in
        let words = line.split(separator: " ")
        guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
          words[..<place].allSatisfy({
            $0.hasPrefix("@") || ["public", "internal", "package", "private"].contains($0)
          })
        else { return nil }
        let name = words[place + 1]
        // `import struct Foundation.URL`
        let kinds: Set<Substring> = [
          "struct", "class", "enum", "protocol", "func", "var", "let", "typealias",
        ]
        let module = kinds.contains(name) && place + 2 < words.count ? words[place + 2] : name
        return String(module.prefix { $0 != "." })
      }
    }
  }

  private let sources: [Source]

  init() throws {
    let root = SharedFolder.packageRoot + "/Sources"
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root)
    sources = try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
      let text = try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
      return Source(path: path, lines: text.split(separator: "\n").map(ArchitectureTests.code))
    }
  }

  private static func code(_ line: Substring) -> Substring {
    var isQuoted = false
    var previous: Character = " "
    for index in line.indices {
      if line[index] == "\"", previous != "\\" { isQuoted.toggle() }
      if line[index] == "/", previous == "/", !isQuoted { return line[..<index].dropLast() }
      previous = line[index]
    }
    return line
  }

  @Test("every target imports only what stands upstream of it")
  func edges() {
    #expect(sources.count > 50)
    for source in sources {
      guard let allowed = Self.allowed[source.target] else {
        Issue.record("\(source.target) is not in the list of targets")
        continue
      }
      for module in source.imports where !Self.platform.contains(module) {
        #expect(allowed.contains(module), "\(source.path) imports \(module)")
      }
    }
  }

  @Test("BLAS is called in the kernels alone, every other library in one place each")
  func libraries() {
    for source in sources {
      let imports = Set(source.imports)
      if imports.contains("COpenBLAS") {
        #expect(source.path.hasPrefix("SegueNumerics/Kernels/"), "\(source.path)")
      }
      if imports.contains("COpenSSL") { #expect(source.path == "Segue/Checksum.swift") }
      if imports.contains("CLinux") { #expect(source.path == "Segue/StudyFolder.swift") }
      if imports.contains("CZip") { #expect(source.path == "SegueSources/XLSX/ZipArchive.swift") }
      if imports.contains("CExpat") { #expect(source.path == "SegueSources/XLSX/XMLStream.swift") }
      if imports.contains("GRDB") { #expect(source.path == "SegueSources/SQLiteSource.swift") }
      if imports.contains("CPostgreSQL") {
        #expect(source.path == "SegueSources/PostgreSQL/PostgresConnection.swift")
      }
      if imports.contains("CZlib") || imports.contains("CZstd") {
        #expect(source.path == "SegueSources/Unpacking.swift")
      }
    }
  }

  @Test("what is unsafe stands in the kernels and in few named files")
  func unsafeCode() {
    for source in sources where !source.path.contains("/Kernels/") {
      let hasUnsafe = source.lines.contains { line in
        line.split { !$0.isLetter && $0 != "_" }.contains("unsafe")
      }
      if hasUnsafe { #expect(Self.unsafeFiles.contains(source.path), "\(source.path) says unsafe") }
    }
  }

  @Test("nothing in the library asks the clock, the locale or the environment")
  func environment() {
    let asked = ["Date()", "Date.now", "Locale.current", "TimeZone.current", "ProcessInfo", "getenv("]
    for source in sources where source.target != "SegueCLI" {
      for line in source.lines {
        for word in asked { #expect(!line.contains(word), "\(source.path): \(line)") }
      }
    }
  }

  @Test("no file is a hub: none has more than 400 lines")
  func sizes() {
    for source in sources { #expect(source.lines.count <= 400, "\(source.path)") }
  }
}
