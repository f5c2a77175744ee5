import Foundation
import Testing

/// Files with bytes changed, cut out and repeated: whatever comes, an answer and never a crash.
///
/// A short look in every run; `SEGUE_FUZZ_SECONDS` makes it a long one, with other damage each time.
@Suite("Damaged files", .serialized, .enabled(if: Command.isBuilt, "segue was not built"))
struct DamagedFileTests {
  private static let seconds = ProcessInfo.processInfo.environment["SEGUE_FUZZ_SECONDS"].flatMap(Double.init)

  private static let commands = [
    ["run", "in.csv", "--out", "study"],
    ["run", "in.csv", "--on-bad-row", "skip", "--k", "3", "--out", "study"],
    ["inspect", "in.csv"], ["rfm", "in.csv"], ["cluster", "in.csv", "--on-bad-row", "skip"],
    ["cluster", "in.csv", "--k", "2", "--format", "json"],
  ]

  @Test("end in one of the promised exit codes and leave nothing half-written")
  func mutated() throws {
    let start = Date()
    let seed = DamagedFileTests.seconds == nil ? 1 : UInt64.random(in: 1...UInt64.max)
    var damage = Damage(seed: seed)
    let samples = try DamagedFileTests.samples()
    let folder = try Folder()
    var round = 0
    while DamagedFileTests.seconds.map({ Date().timeIntervalSince(start) < $0 }) ?? (round < 60) {
      round += 1
      let sample = samples[damage.below(samples.count)]
      let bytes = damage.applied(to: sample)
      try folder.write(bytes, "in.csv")
      let command = DamagedFileTests.commands[damage.below(DamagedFileTests.commands.count)]
      let outcome = try Command.run(command + ["--quiet"], in: folder.url)
      let allowed: [Int32] = [0, 64, 65, 66, 73]
      let names = try folder.names()
      let isTidy = names == ["in.csv"] || (names == ["in.csv", "study"] && outcome.status == 0)
      if outcome.status.map(allowed.contains) != true || !isTidy {
        let kept = FileManager.default.temporaryDirectory.appending(
          path: "segue-damaged-\(seed)-\(round).csv")
        try Data(bytes).write(to: kept)
        Issue.record(
          """
          segue \(command.joined(separator: " ")) ended with \(outcome.status.map { "status \($0)" } ?? "signal \(outcome.signal ?? 0)"), \
          leaving \(names); the input is kept as \(kept.path)
          \(outcome.remarks.suffix(2_000))
          """)
      }
      if names.contains("study") {
        if outcome.status == 0 { try StudyCheck(folder: folder.file("study")).expectSound() }
        try FileManager.default.removeItem(at: folder.file("study"))
      }
    }
    if DamagedFileTests.seconds != nil { print("\(round) damaged files were tried, from seed \(seed).") }
  }

  /// The beginnings of real exports, and every fixture there is.
  private static func samples() throws -> [[UInt8]] {
    var files = Package.lumen + [Package.dataset("cdnow/orders.csv")]
    let fixtures = Package.root.appending(path: "Tests/Fixtures")
    for path in (try? FileManager.default.subpathsOfDirectory(atPath: fixtures.path))?.sorted() ?? [] {
      files.append(fixtures.appending(path: path).path)
    }
    return try files.compactMap { path in
      guard FileManager.default.isReadableFile(atPath: path) else { return nil }
      guard try URL(filePath: path).resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else {
        return nil
      }
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)).prefix(6_000))
      return bytes.isEmpty ? nil : bytes
    }
  }
}

/// Damage by chance, repeatable by its seed.
private struct Damage {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  private static let tokens: [[UInt8]] =
    [
      "\"", "\"\"", ",", ";", "\t", "\n", "\r\n", "\r", "\0", "-", "1e999", "9999999999999999999999", "NaN",
      "-0", "1.234,56",
      "0000-00-00", "2024-02-30", "99/99/9999", "31/12/2024 25:61", "\u{FEFF}", "é", "\u{202E}", "=1+1", "€",
      " ", "GBP", "EUR",
      "\"unclosed\n", "|", "''",
    ].map { Array($0.utf8) } + [[0xFF, 0xFE], [0xC3], [0x80], [0xEF, 0xBB, 0xBF], [0x1F, 0x8B, 8, 0]]

  mutating func applied(to sample: [UInt8]) -> [UInt8] {
    var bytes = sample
    for _ in 0...below(6) {
      guard !bytes.isEmpty else { return bytes }
      let place = below(bytes.count)
      let length = min(bytes.count - place, 1 + below(40))
      switch below(8) {
      case 0: bytes[place] = UInt8(truncatingIfNeeded: next())
      case 1: bytes.removeSubrange(place..<place + length)
      case 2: bytes.insert(contentsOf: bytes[place..<place + length], at: below(bytes.count))
      case 3: bytes.removeSubrange(place...)
      case 4: bytes.swapAt(place, below(bytes.count))
      case 5: bytes = bytes.filter { $0 != [UInt8](",;\"\n".utf8)[place % 4] }
      default: bytes.insert(contentsOf: Damage.tokens[below(Damage.tokens.count)], at: place)
      }
    }
    return bytes
  }
}
