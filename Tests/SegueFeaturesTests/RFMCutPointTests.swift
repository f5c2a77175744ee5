import Foundation
import SegueCore
import SegueFeatures
import SegueTestSupport
import Testing

/// What a file would keep of a value.
func roundTrip<Value: Codable>(_ value: Value) throws -> Value {
  try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
}

@Suite("Cut points")
struct RFMCutPointTests {
  private func options(_ bins: Int, _ binning: RFMOptions.Binning = .quantile) -> RFMOptions {
    var options = RFMOptions()
    (options.bins, options.binning, options.segments) = (bins, binning, SegmentTable.none)
    return options
  }

  @Test("own cut points take the place of those counted, dimension by dimension")
  func own() throws {
    let values: [Double] = [1, 30, 31, 90, 91, 400]
    let table = RandomRFM(recencyDays: values, frequency: values, monetary: values).table
    var options = options(3)
    options.cuts.recency = [30, 90]
    var scores = try RFMScores(table, options)
    #expect(scores.recency == [3, 3, 2, 2, 1, 1])
    #expect(scores.cutPoints.recencyDays == [30, 90])
    #expect(scores.cutPoints.monetary == [30.666666666666668, 90.33333333333333])
    // Under the package's convention a value on a cut point belongs above it.
    options.binning = .rfmPackage
    options.cuts.monetary = [30, 90]
    scores = try RFMScores(table, options)
    #expect(scores.recency == [3, 2, 2, 1, 1, 1] && scores.monetary == [1, 2, 2, 3, 3, 3])
    options.binning = .natural
    options.cuts.frequency = [-5, 1_000]
    scores = try RFMScores(table, options)
    #expect(scores.frequency == [2, 2, 2, 2, 2, 2])
    #expect(
      scores.remarks.contains("nobody scores 1 or 3 in frequency: no customer lies between these cut points"))
  }

  @Test(
    "the custom thresholds of the reference give its counts",
    .enabled(if: SharedFolder.has("reference/rfm.json")))
  func thresholds() throws {
    struct Reference: Decodable {
      struct Custom: Decodable {
        var recency: [Double]
        var frequency: [Double]
        var monetary: [Double]
        var score_counts: RFMReference.Table.Counts
      }

      struct Data: Decodable { var custom_thresholds: Custom }

      var rfm_data_orders: Data
    }
    let custom = try SharedFolder.json("reference/rfm.json", as: Reference.self).rfm_data_orders
      .custom_thresholds
    var options = options(5, .rfmPackage)
    options.asOf = CalendarDay(iso: "2006-12-31")
    (options.cuts.recency, options.cuts.frequency) = (custom.recency, custom.frequency)
    options.cuts.monetary = custom.monetary
    let scored = try Scored(history(SharedFolder.contents("data/rfm_data_orders.csv")), options)
    for (scores, counts) in [
      (scored.scores.recency, custom.score_counts.R), (scored.scores.frequency, custom.score_counts.F),
      (scored.scores.monetary, custom.score_counts.M),
    ] {
      #expect(scored.counts(scores) == (1...5).map { counts[String($0)] })
    }
  }

  @Test(
    "own cut points that cannot be used are refused with what to say instead",
    arguments: [
      (
        [30.0, 90], "recency has 2 cut points, and 5 scores take 4",
        "say --cuts recency= and 4 rising numbers with commas between, or --bins 3"
      ),
      (
        [30], "recency has 1 cut point, and 5 scores take 4",
        "say --cuts recency= and 4 rising numbers with commas between, or --bins 2"
      ),
      (
        [], "recency has 0 cut points, and 5 scores take 4",
        "say --cuts recency= and 4 rising numbers with commas between"
      ),
      (
        [365, 180, 90, 30.5], "the cut points of recency do not rise: 180 follows 365",
        "say --cuts recency=30.5,90,180,365"
      ),
      (
        [30, 30, 90, 180], "the cut points of recency do not rise: 30 follows 30",
        "say --cuts recency= and 4 rising numbers with commas between"
      ),
      (
        [30, .infinity, 90, 180], "inf is no cut point of recency",
        "say --cuts recency= and 4 rising numbers with commas between"
      ),
    ])
  func refused(cuts: [Double], message: String, hint: String) throws {
    var options = options(5)
    options.cuts.recency = cuts
    #expect(options.diagnostics == [Diagnostic("rfm.cuts", message, hint: hint)])
    let table = RandomRFM(customers: 10, seed: Seed(1)).table
    #expect(throws: SegueError.self) { try RFMScores(table, options) }
  }

  @Test("nested scores part frequency within recency and monetary within both")
  func nested() throws {
    // Recency parts the first four from the last four; each half is parted on its own.
    let table = RandomRFM(
      recencyDays: [1, 1, 2, 2, 50, 50, 60, 60], frequency: [1, 2, 3, 4, 10, 20, 30, 40],
      monetary: [5, 9, 70, 80, 1, 2, 3, 3]
    ).table
    let scores = try RFMScores(table, options(2, .nested))
    #expect(scores.recency == [2, 2, 2, 2, 1, 1, 1, 1])
    #expect(scores.frequency == [1, 1, 2, 2, 1, 1, 2, 2])
    #expect(scores.monetary == [1, 2, 1, 2, 1, 2, 1, 1])
    #expect(scores.cutPoints.frequency == [] && scores.cutPoints.frequencyWithin == [[25], [2.5]])
    #expect(scores.cutPoints.monetaryWithin == [[1.5], [3], [7], [75]])
  }

  @Test("nested cells are even where values differ")
  func even() throws {
    let count = 4 * 4 * 4 * 5
    let shuffled = { (seed: UInt64) in Array(0..<count).map { Double($0) }.shuffled(Seed(seed)) }
    let table = RandomRFM(recencyDays: shuffled(1), frequency: shuffled(2), monetary: shuffled(3)).table
    let scores = try RFMScores(table, options(4, .nested))
    var cells: [String: Int] = [:]
    for row in 0..<count { cells[scores.code(row), default: 0] += 1 }
    #expect(cells.count == 64 && cells.values.allSatisfy { $0 == 5 })
  }

  @Test("a parent that nobody was in takes the cut points of all, and own cut points hold in every parent")
  func emptyParents() throws {
    let table = RandomRFM(recencyDays: [5, 5, 5], frequency: [1, 2, 3], monetary: [1, 2, 3]).table
    var options = options(3, .nested)
    var cuts = RFMScores.CutPoints(table, options)
    #expect(cuts.frequencyWithin?.count == 3 && Set(cuts.frequencyWithin ?? []).count == 1)
    #expect(cuts.monetaryWithin?.count == 9)
    options.cuts.frequency = [10, 20]
    cuts = RFMScores.CutPoints(table, options)
    #expect(cuts.frequencyWithin == nil && cuts.frequency == [10, 20])
    #expect(cuts.monetaryWithin?[6] == [1.6666666666666665, 2.333333333333333])
  }

  @Test("cut points of older files are read, and odd ones never trap")
  func older() throws {
    let text = #"{"recencyDays":[10],"frequency":[1.5],"monetary":[100]}"#
    let cuts = try JSONDecoder().decode(RFMScores.CutPoints.self, from: Data(text.utf8))
    let table = RandomRFM(recencyDays: [10, 11], frequency: [1, 2], monetary: [101, .nan]).table
    let scores = try RFMScores(table, cutPoints: cuts, options(2))
    #expect(scores.recency == [2, 1] && scores.frequency == [1, 2] && scores.monetary == [2, 1])
    var odd = cuts
    odd.frequency = [5, .nan, 1, -7, 0, 0, 0, 0, 0, 0, 0, 0]
    (odd.frequencyWithin, odd.monetaryWithin) = ([[]], [[1, 2, 3]])
    odd.recencyDays = []
    for bins in [2, 9] {
      let scores = try RFMScores(table, cutPoints: odd, options(bins))
      #expect(scores.frequency.allSatisfy { (1...UInt8(bins)).contains($0) } && scores.segments.count == 2)
    }
  }

  @Test("cadence scores by the customer's own gap; days stay in the table")
  func cadence() throws {
    // Weekly until two months ago, and monthly until then: the weekly one is late.
    let first = RandomShop.firstDay
    var orders: [RandomShop.Order] = []
    func order(_ customer: String, _ day: Int) {
      orders.append(
        RandomShop.Order(
          id: "\(orders.count)", customer: customer, day: first.adding(days: day), cents: 1_000))
    }
    for week in 0..<20 { order("weekly", week * 7) }
    for month in 0..<6 { order("slow", month * 30) }
    for customer in 0..<12 { for visit in 0..<8 { order("K\(customer)", visit * 20 + customer) } }
    var options = options(3)
    options.asOf = first.adding(days: 200)
    let days = try Scored(history(RandomShop(orders: orders)), options)
    options.recency = .cadence
    let gaps = try Scored(history(RandomShop(orders: orders)), options)
    #expect(gaps.rfm.recencyDays == days.rfm.recencyDays && days.rfm.recencyCadence == nil)
    #expect(gaps.scores.cutPoints.recencyDays == [] && gaps.scores.cutPoints.recencyCadence?.count == 2)
    let cadence = try #require(gaps.rfm.recencyCadence)
    let row = { (id: String) in gaps.history.customerIDs.firstIndex(of: id)! }
    #expect(cadence[row("weekly")] > 4 && cadence[row("slow")] < 2)
    #expect(gaps.scores.recency[row("weekly")] == 1 && gaps.scores.recency[row("slow")] == 3)
    options.binning = .rfmPackage
    #expect(options.diagnostics.map(\.code) == ["rfm.recency"])
    options.cuts.recency = [1, 2]
    #expect(options.diagnostics == [])
  }

  @Test("without a second order day there is no cadence: scored in days, and cut points in gaps are refused")
  func noCadence() throws {
    let shop = RandomShop(
      orders: (0..<9).map {
        RandomShop.Order(
          id: "\($0)", customer: "K\($0)", day: RandomShop.firstDay.adding(days: $0), cents: 100 * $0)
      })
    var options = options(3)
    let days = try Scored(history(shop), options)
    options.recency = .cadence
    let scored = try Scored(history(shop), options)
    #expect(scored.codes == days.codes && scored.rfm.recencyCadence == nil)
    #expect(
      scored.scores.remarks.first
        == "nobody ordered on two days, so nobody has a usual gap: recency is scored by days")
    var cuts = scored.scores.cutPoints
    cuts.recencyCadence = [1, 2]
    let error = #expect(throws: SegueError.self) { try RFMScores(scored.rfm, cutPoints: cuts, options) }
    #expect(error?.diagnostics.first?.code == "rfm.cadence" && error?.kind == .data)
  }
}
