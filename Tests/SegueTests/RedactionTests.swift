import Foundation
import Segue
import SegueTestSupport
import Testing

@Suite("Redaction")
struct RedactionTests {
  private let key = Array("0123456789abcdef0123456789abcdef".utf8)

  private func redaction(_ key: [UInt8]) throws -> Redaction { try Redaction(key: key, from: "key") }

  @Test(
    "HMAC-SHA-256 is that of RFC 4231",
    arguments: [
      (
        [UInt8](repeating: 0x0b, count: 20), "Hi There",
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
      ),
      (
        Array("Jefe".utf8), "what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
      ),
      (
        [UInt8](repeating: 0xaa, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
      ),
    ])
  func published(key: [UInt8], message: String, code: String) {
    #expect(Checksum.hexadecimal(Checksum.MAC(key: key).code(of: message.utf8)) == code)
  }

  @Test("a key gives every id the same pseudonym each time, another key another, and neither shows the id")
  func pseudonyms() throws {
    let ids = (0..<2_000).map { "customer \($0)" }
    let (texts, order) = try redaction(key).pseudonyms(of: ids)
    #expect(texts == ids.map { try! redaction(key).pseudonym(of: $0) })
    #expect(Set(texts).count == ids.count)
    #expect(texts.allSatisfy { $0.count == 32 && $0.allSatisfy(\.isHexDigit) })
    #expect(order.map { texts[$0] } == texts.sorted() && Set(order).count == ids.count)
    let other = try redaction(key + [1]).pseudonyms(of: ids).texts
    #expect(Set(other).isDisjoint(with: texts))
  }

  @Test("a line end behind the key does not count, and the fingerprint tells keys apart")
  func keys() throws {
    let (one, ended) = try (redaction(key), redaction(key + Array("\r\n".utf8)))
    #expect(one.fingerprint == ended.fingerprint && one.pseudonym(of: "a") == ended.pseudonym(of: "a"))
    let other = try redaction(Array(key.reversed()))
    #expect(one.fingerprint != other.fingerprint)
    #expect(one.fingerprint.count == 8 && one.fingerprint.allSatisfy(\.isHexDigit))
  }

  @Test("a short key is refused with the way to a good one", arguments: ["", "   \n", "fifteen letters"])
  func short(key: String) {
    let error = #expect(throws: SegueError.self) { try redaction(Array(key.utf8)) }
    #expect(error?.kind == .usage)
    #expect(error?.diagnostics.first?.code == "redact.key")
    #expect(error?.diagnostics.first?.hint?.contains("openssl rand -hex 32") == true)
  }

  @Test("two ids of one pseudonym are an error, one id twice is none")
  func collisions() throws {
    let redaction = try redaction(key)
    // One digit has sixteen values.
    let error = #expect(throws: SegueError.self) {
      try redaction.pseudonyms(of: (0..<17).map(String.init), digits: 1)
    }
    #expect(error?.diagnostics.first?.code == "redact.collision")
    _ = try redaction.pseudonyms(of: ["a", "a", "b"])
  }

  @Test("a redacted study holds no id in any file, and is the plain one but for ids and their order")
  func study() throws {
    let csv = RandomShop(customers: 60, seed: Seed(5)).csv() + Array("K7,not a day,9.99\r\n".utf8)
    let input = Input(path: "orders.csv", bytes: csv)
    let settings = try Studies.settings(["ingest.onBadRow": "skip", "clustering.k": "3"])
    let plain = try Study(settings).run([input])
    let redacted = try Study(settings, redaction: redaction(key)).run([input])
    let (before, after) = try (rows(plain), rows(redacted))
    let pseudonym = try redaction(key).pseudonym
    #expect(after[0] == before[0])
    #expect(after.dropFirst().map { $0[0] } == after.dropFirst().map { $0[0] }.sorted())
    let expected = before.dropFirst().map { [pseudonym($0[0])] + $0.dropFirst() }.sorted { $0[0] < $1[0] }
    #expect(Array(after.dropFirst()) == expected)
    for (name, bytes) in try redacted.folder().files {
      let words = Set(String(decoding: bytes, as: UTF8.self).split { !$0.isLetter && !$0.isNumber })
      for id in plain.customerIDs { #expect(!words.contains(Substring(id)), "\(id) in \(name)") }
      #expect(!words.contains(Substring(String(decoding: key, as: UTF8.self))), "\(name)")
    }
    let manifest = try file("manifest.json", of: redacted)
    #expect(manifest.contains("\"keyFingerprint\" : \"\(try redaction(key).fingerprint)\""))
    #expect(!(try file("manifest.json", of: plain)).contains("keyFingerprint"))
    let rejects = try file("rejects.csv", of: redacted).split(separator: "\r\n")
    #expect(rejects.first == "file,line,reason" && rejects.count == redacted.rejects.count + 1)
    #expect(redacted.rejects.count > 0)
  }

  private func rows(_ result: StudyResult) throws -> [[String]] {
    try file("segments.csv", of: result).split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test("tables of scores, values and features are redacted as studies are")
  func tables() throws {
    let input = Input(path: Studies.dataset("cdnow/orders.csv"))
    let study = Study(ResolvedOptions(), redaction: try redaction(key))
    let ids = Set(try Study().rfm([input]).customerIDs.map(try redaction(key).pseudonym))
    func written(_ csv: [UInt8]) -> [String] {
      String(decoding: csv, as: UTF8.self).split(separator: "\r\n").dropFirst()
        .map { String($0.prefix { $0 != "," }) }
    }
    for table in [
      try study.rfm([input]).csv(), try study.clv([input]).csv(), try study.features([input]).csv(),
    ] {
      let found = written(table)
      #expect(Set(found) == ids && found == found.sorted())
    }
    struct Listed: Decodable {
      struct Customer: Decodable { var id: String?; var customerId: String? }
      var customers: [Customer]
    }
    for document in [try study.rfm([input]).json(), try study.clv([input]).json()] {
      let customers = try JSONDecoder().decode(Listed.self, from: Data(document)).customers
      let found = customers.compactMap { $0.id ?? $0.customerId }
      #expect(Set(found) == ids && found == found.sorted())
    }
  }

  @Test("a redacted diagnostic keeps its place and its advice, and nothing of the row")
  func diagnostics() {
    let found = Diagnostic(
      "csv.amount", "\"12,x\" is not an amount in column \"Total\"",
      at: .init(file: "o.csv", line: 3, column: 9),
      excerpt: .init(text: "anna@example.com,12,x", offset: 17, length: 4), hint: "mend it")
    let redacted = found.redacted
    #expect(redacted.excerpt == nil && redacted.location == found.location && redacted.hint == found.hint)
    #expect(redacted.message == "\"…\" is not an amount in column \"Total\"")
    let plain = Diagnostic("a.b", "\"x\" is no such thing")
    #expect(plain.redacted == plain)
  }
}
