public import SegueCore
import SegueIngest
import SegueNumerics

/// Pseudonyms in place of customer ids: HMAC-SHA-256 under a key that only its owner has.
///
/// The same key gives the same pseudonym, so that studies can be compared and joined; without it nobody can tell
/// whose it is. The key is held here alone and written nowhere.
public struct Redaction: Sendable {
  /// Bytes that a key must have at least.
  public static let shortestKey = 16
  /// Hexadecimal digits of a pseudonym: 128 bits, of which no two customers share any.
  static let digits = 32

  private let mac: Checksum.MAC

  /// Tells keys apart without telling them: two studies with the same one share pseudonyms.
  public let fingerprint: String

  /// - Parameters:
  ///   - key: blanks and line ends around it do not count.
  ///   - name: where it comes from, for diagnostics.
  /// - Throws: ``SegueError`` `redact.key` for a key that is too short.
  public init(key: [UInt8], from name: String) throws {
    let blanks: Set<UInt8> = [9, 10, 13, 32]
    let first = key.firstIndex { !blanks.contains($0) } ?? key.endIndex
    let end = key.lastIndex { !blanks.contains($0) }.map { $0 + 1 } ?? first
    let key = Array(key[first..<end])
    guard key.count >= Redaction.shortestKey else {
      throw SegueError.usage(
        Diagnostic(
          "redact.key",
          "the key has \(NumberText.count(key.count, "byte")), and takes at least \(Redaction.shortestKey)",
          at: .init(file: name), hint: "make one and keep it: openssl rand -hex 32 > key"))
    }
    mac = Checksum.MAC(key: key)
    fingerprint = String(
      Checksum.hexadecimal(Checksum.sha256(mac.code(of: "segue key fingerprint".utf8))).prefix(8))
  }

  /// 32 hexadecimal digits.
  public func pseudonym(of id: String) -> String {
    Checksum.hexadecimal(mac.code(of: id.utf8).prefix(Redaction.digits / 2))
  }

  /// - Parameter ids: each once.
  /// - Returns: the pseudonym of each row, and the rows by their pseudonyms: the order of ids would tell of them.
  /// - Throws: ``SegueError`` `redact.collision` where two ids have one pseudonym.
  /// - Complexity: O(n log n), on all cores.
  public func pseudonyms(of ids: [String]) throws -> (texts: [String], order: [Int]) {
    try pseudonyms(of: ids, digits: Redaction.digits)
  }

  package func pseudonyms(of ids: [String], digits: Int) throws -> (texts: [String], order: [Int]) {
    let texts = Chunks(rowCount: ids.count).parallelMap { range in
      range.map { String(pseudonym(of: ids[$0]).prefix(digits)) }
    }.flatMap { $0 }
    let order = texts.indices.sorted { (texts[$0], $0) < (texts[$1], $1) }
    for (one, next) in zip(order, order.dropFirst()) where texts[one] == texts[next] && ids[one] != ids[next]
    {
      throw SegueError.data(
        Diagnostic(
          "redact.collision", "two customers would have the same pseudonym under this key",
          hint: "take another key: openssl rand -hex 32 > key"))
    }
    return (texts, order)
  }
}

/// Ids as they are written, and the rows in the order they are written in.
struct WrittenIDs {
  let texts: [String]
  let order: [Int]

  /// - Throws: ``SegueError`` `redact.collision`.
  init(_ ids: [String], _ redaction: Redaction?) throws {
    guard let redaction else {
      (texts, order) = (ids, Array(ids.indices))
      return
    }
    (texts, order) = try redaction.pseudonyms(of: ids)
  }
}

extension Diagnostic {
  /// Without what stands in the input: no excerpt, and nothing of it in the message.
  public var redacted: Diagnostic {
    guard let excerpt else { return self }
    var result = self
    result.excerpt = nil
    let parts = message.split(separator: "\"", omittingEmptySubsequences: false)
    result.message = parts.enumerated().map { index, part in
      // Every other part stands in quotes.
      index % 2 == 1 && excerpt.text.contains(part) ? "…" : String(part)
    }.joined(separator: "\"")
    return result
  }
}
