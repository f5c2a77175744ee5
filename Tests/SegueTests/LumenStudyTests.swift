import Segue
import SegueTestSupport
import Testing

/// The whole pipeline on the made-up shop, with the number of segments found.
@Suite("The planted shop from exports to report")
struct LumenStudyTests {
  private let planted: PlantedShop
  private let result: StudyResult

  init() throws {
    planted = try PlantedShop()
    result = try Studies.lumen.get()
  }

  /// Not planted: those of the slipping spenders whose silence came out longest.
  private static let lapsed = "Lapsed spenders"

  @Test("the planted segments are found, beside the few customers who are gone by their own rhythm")
  func segments() throws {
    #expect(result.profile.segments.count == planted.segments.count + 1)
    let truth = result.customerIDs.map { planted.segment(of: $0) }
    #expect(!truth.contains(-1) && truth.count == planted.clean.buyers)
    let agreement = adjustedRandIndex(result.labels, truth)
    #expect(agreement >= 0.98, "adjusted Rand index \(agreement)")
    #expect(result.scan?.choice.verdict == .clustered)
    #expect(result.profile.segments.allSatisfy { ($0.stability ?? 1) >= 0.85 })
    #expect(
      Set(result.profile.segments.map(\.segment.name)) == Set(planted.segments.map(\.name) + [Self.lapsed]))
    let gone = try #require(result.profile.segments.firstIndex { $0.segment.name == Self.lapsed })
    let slipping = planted.segments.firstIndex { $0.name == "Slipping spenders" }
    let theirs = zip(result.labels, truth).filter { $0.0 == Int32(gone) }.map(\.1)
    #expect(theirs.allSatisfy { Int($0) == slipping } && theirs.count < 100)
  }

  @Test("the first pain point of every segment is the leak that was planted there")
  func leaks() throws {
    for map in result.maps where map.segment.name != Self.lapsed {
      let expected = try #require(planted.segments.first { $0.name == map.segment.name })
      let point = try #require(map.painPoints.first)
      #expect(point.kind == .dropOff)
      #expect(point.stageName == expected.leak.from && point.nextStageName == expected.leak.to)
      #expect((point.value - expected.leak.realisedRate).magnitude < 0.01)
    }
  }

  @Test("answers about a stage are low where that was planted and nowhere else")
  func scores() throws {
    for map in result.maps where map.segment.name != Self.lapsed {
      let planted = Set(
        planted.feedback.filter { $0.low && $0.segment == map.segment.name }.map {
          "\($0.metric) \($0.stage)"
        })
      // NPS asks about the whole shop, which the leaks spoil too.
      let found = map.painPoints.filter { $0.kind == .score && $0.metric != .nps }
        .map { "\($0.metric?.rawValue ?? "") \($0.stageName)" }
      #expect(Set(found) == planted, "\(map.segment.name)")
    }
  }

  @Test("the ledger adds up and counts the dirty rows that were planted, to the penny")
  func ledger() throws {
    #expect(result.ledger.balances)
    let orders = try #require(result.ledger.files.first { $0.kind == .orders })
    #expect(orders.rowsIn == planted.rows["orders.csv"])
    #expect(orders.rowsUsed == planted.clean.orders)
    #expect(orders.moneyUsed == pence(planted.clean.netPence))
    #expect(orders.refundedMoney == pence(planted.clean.refundedPence))
    for (reason, name) in [
      (SetAsideReason.duplicate, "duplicate"), (.missingCustomer, "anonymous"), (.cancelled, "cancelled"),
      (.unreadable, "unreadable"),
    ] {
      let expected = try #require(planted.leftOut[name])
      #expect(orders.line(reason).rows == expected.orders, "\(name)")
      #expect(orders.line(reason).money == pence(expected.amountPence), "\(name)")
    }
    let events = try #require(result.ledger.files.first { $0.kind == .events })
    #expect(events.rowsIn == planted.rows["events.csv"] && events.rowsUsed == planted.clean.events)
    #expect(events.line(.missingCustomer).rows == planted.dirt["events.csv"]?["anonymous"]?.count)
    #expect(events.line(.unreadable).rows == 2)
    let customers = try #require(result.ledger.files.first { $0.kind == .customers })
    #expect(customers.line(.duplicate).rows == planted.dirt["customers.csv"]?["duplicate"]?.count)
    #expect(result.rejects.count == result.ledger.rowsIn - result.ledger.rowsUsed)
  }

  private func pence(_ pence: Int) -> Amount { Amount(tenThousandths: Int64(pence) * 100) }

  @Test("every sentence of a persona is sourced, whole and said once; no customer is named")
  func personas() throws {
    for (persona, segment) in zip(result.personas, result.profile.segments) {
      let ids = Set(segment.traits.map(\.id))
      let prefix = "s\(segment.segment.id)."
      let sentences = persona.sections.flatMap(\.sentences)
      #expect(Set(sentences.map(\.text)).count == sentences.count)
      for sentence in sentences {
        #expect(sentence.basis != .observed || !sentence.evidence.isEmpty, "\(sentence.text)")
        #expect(sentence.text.hasSuffix(".") || sentence.text.hasSuffix("?"), "\(sentence.text)")
        #expect(
          !sentence.text.contains("nan") && !sentence.text.contains("n/a") && !sentence.text.contains("C0"))
        for evidence in sentence.evidence {
          #expect(ids.contains(evidence.id) || evidence.id.hasPrefix(prefix), "\(evidence.id)")
          #expect(evidence.n >= 10)
        }
      }
      #expect(persona.apart.count >= min(5, segment.notable.count) && persona.apart.count <= 10)
    }
  }

  @Test("the rule of every segment picks most of it and hardly anybody else")
  func rules() throws {
    for segment in result.profile.segments {
      let rule = try #require(segment.rule)
      #expect(
        rule.precision > 0.95 && rule.f1 > 0.85,
        "\(segment.segment.name): \(rule.text(result.profile.money))")
    }
  }

  @Test("no file holds an address, and only the table of customers and the rejects hold ids")
  func privacy() throws {
    for (name, bytes) in try result.folder().files where name != "rejects.csv" {
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(!text.contains("@example."), "\(name)")
      if name != "segments.csv" { #expect(!text.contains("C03373"), "\(name)") }
    }
  }

  @Test("the report fetches nothing")
  func offline() throws {
    let report = try file("report.html", of: result)
    for reference in ["src=\"http", "href=\"http", "url(http", "@import", "<script src"] {
      #expect(!report.contains(reference))
    }
  }
}
