internal import Foundation
internal import SegueCore

/// Turns moments into wall-clock time of one zone; remembers offsets by the quarter of an hour.
struct ZoneClock {
  private let zone: TimeZone?
  private var quarter = Int64.min
  private var offset: Int64 = 0
  private var known: [Int64: Int64] = [:]

  /// - Throws: ``SegueCore/SegueError`` `ingest.timeZone`, kind `usage`, if there is no such zone.
  init(_ identifier: String) throws {
    if identifier == "UTC" || identifier == "Etc/UTC" {
      zone = nil
      return
    }
    guard let found = TimeZone(identifier: identifier) else {
      throw SegueError.usage(
        Diagnostic(
          "ingest.timeZone", "there is no time zone \"\(identifier)\"",
          hint: "use an IANA name: --tz Europe/Berlin"))
    }
    zone = found
  }

  @inline(__always)
  mutating func local(_ utc: Int64) -> Int64 {
    guard zone != nil else { return utc }
    return utc + offset(at: utc)
  }

  private mutating func offset(at utc: Int64) -> Int64 {
    let bucket = utc >= 0 ? utc / 900 : (utc - 899) / 900
    if bucket == quarter { return offset }
    quarter = bucket
    if let found = known[bucket] {
      offset = found
    } else {
      offset = Int64(zone?.secondsFromGMT(for: Date(timeIntervalSince1970: Double(utc))) ?? 0)
      known[bucket] = offset
    }
    return offset
  }
}
