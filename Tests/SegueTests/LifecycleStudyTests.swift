import Foundation
import Segue
import SegueTestSupport
import Testing

/// Studies whose customers are parted by lifecycle before they are clustered.
@Suite("Lifecycle before clusters")
struct LifecycleStudyTests {
  private func run(_ shop: RandomShop, _ values: [String: String] = [:]) throws -> StudyResult {
    try Study(Studies.settings(values)).run([Input(path: "orders.csv", bytes: shop.csv())])
  }

  /// A shop whose customers are in all stages by mid-November: orders of 200 days, and a hundred more of silence.
  private func shop(_ customers: Int, _ seed: UInt64) -> RandomShop {
    RandomShop(customers: customers, seed: Seed(seed))
  }

  private static let asOf = RandomShop.firstDay.adding(days: 260).description

  private func stages(_ result: StudyResult) throws -> [Lifecycle.Stage] {
    try #require(result.lifecycle?.stages)
  }

  /// The groups that share a segment.
  private func groups(_ result: StudyResult) throws -> [Set<LifecycleGroups.Group>] {
    var found = [Set<LifecycleGroups.Group>](repeating: [], count: result.profile.segments.count)
    for (stage, label) in zip(try stages(result), result.labels) { found[Int(label)].insert(stage.group) }
    return found
  }

  @Test(
    "current, lapsed and one-time customers never share a segment",
    arguments: (0..<6).map { UInt64($0) }, [nil, 3, 4, 7, 12])
  func apart(seed: UInt64, k: Int?) throws {
    var values = ["rfm.asOf": Self.asOf, "clustering.restarts": "2"]
    values["clustering.k"] = k.map(String.init)
    let result = try run(shop(150, seed), values)
    let sizes = Dictionary(grouping: try stages(result), by: \.group).mapValues(\.count)
    #expect(sizes.count == 3 && sizes.values.allSatisfy { $0 >= 10 }, "\(sizes)")
    #expect(try groups(result).allSatisfy { $0.count == 1 })
    if let k { #expect(result.profile.segments.count == k) }
    #expect(result.groups.map(\.customers).reduce(0, +) == 150)
    #expect(result.groups.flatMap(\.clusters).sorted() == Array(0..<result.model.k))
    for group in result.groups {
      #expect(result.segments(of: group).reduce(0) { $0 + $1.customers } == group.customers)
    }
    #expect(result.model.sizes == result.model.sizes.sorted(by: >))
    // A group that was found to be whole has no resamples to come back from.
    for (segment, cluster) in zip(result.profile.segments, result.clusterOfSegment) {
      let group = try #require(result.groups.first { $0.clusters.contains(cluster) })
      #expect((segment.stability == nil) == (group.clusters.count == 1))
    }
  }

  @Test("asked to, they are clustered together, as if there were no lifecycle")
  func together() throws {
    let values = ["rfm.asOf": Self.asOf, "clustering.k": "3", "clustering.lifecycle": "together"]
    let result = try run(shop(150, 1), values)
    #expect(result.groups.isEmpty && result.profile.segments.count == 3)
    #expect(try groups(result).contains { $0.count > 1 })
    #expect(result.lifecycle != nil && result.profile.lifecycle != nil)
  }

  @Test("two segments hold the current customers and those who are gone")
  func two() throws {
    let result = try run(shop(150, 1), ["rfm.asOf": Self.asOf, "clustering.k": "2"])
    #expect(result.profile.segments.count == 2)
    #expect(Set(try groups(result)) == [[.current], [.lapsed, .oneTime]])
    #expect(result.remarks.contains { $0.contains("there are more groups than segments asked for") })
  }

  @Test("a given number of segments is shared out with the least inertia", arguments: 3...8)
  func allocation(k: Int) throws {
    let settings = ["rfm.asOf": Self.asOf, "clustering.restarts": "4"]
    let result = try run(shop(120, 3), settings.merging(["clustering.k": String(k)]) { $1 })
    // Every other allocation, each group clustered by itself.
    let rows = LifecycleGroups.Group.allCases.map { group in
      zip(try! stages(result), result.labels.indices).filter { $0.0.group == group }.map(\.1)
    }
    let points = rows.map { result.features.scaled.selecting(rows: $0) }
    func inertia(_ points: Matrix, _ k: Int) throws -> Double {
      var options = KMeansOptions()
      (options.k, options.restarts) = (k, 4)
      guard k > 1 else {
        return KMeansModel(
          describing: points, labels: [Int32](repeating: 0, count: points.rowCount),
          places: Matrix(rowCount: 1, columnCount: points.columnCount), iterations: 0
        ).inertia
      }
      return try KMeans(options, seed: Seed(0)).fit(points).inertia
    }
    let all = try points.map { points in try (1...(k - 2)).map { try inertia(points, $0) } }
    var least = Double.infinity
    for a in 1...(k - 2) {
      for b in 1...(k - 1 - a) where k - a - b >= 1 {
        least = min(least, all[0][a - 1] + all[1][b - 1] + all[2][k - a - b - 1])
      }
    }
    #expect((result.model.inertia / least - 1).magnitude < 1e-9)
  }

  @Test("files carry the stage of every customer and the group of every segment")
  func files() throws {
    let result = try run(shop(150, 2), ["rfm.asOf": Self.asOf])
    let lines = try file("segments.csv", of: result).split(separator: "\r\n")
    #expect(lines[0].contains(",rfm_code,rfm_segment,lifecycle,"))
    // Names of segments hold commas, so columns are counted from the end.
    let behind = lines[0].split(separator: ",").reversed().prefix { $0 != "lifecycle" }.count
    for (line, stage) in zip(lines.dropFirst(), try stages(result)) {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      #expect(cells[cells.count - 1 - behind] == stage.name)
    }
    let model = try JSONDecoder().decode(Model.self, from: Data(file("model.json", of: result).utf8))
    #expect(model.lifecycle.groups?.count == Lifecycle.Stage.allCases.count)
    #expect(model.lifecycle.typicalGap == result.lifecycle?.rhythm.typicalGap)
    // Placing by group and then nearest centroid gives everybody the segment they have.
    let ids = result.profile.segments.map(\.segment.id)
    for (row, stage) in try stages(result).enumerated() {
      let group = model.lifecycle.groups?[stage.rawValue]
      let point = result.features.scaled.row(row)
      let nearest = model.segments.filter { $0.lifecycle == group }.min {
        distance($0, point) < distance($1, point)
      }
      #expect(nearest?.id == ids[Int(result.labels[row])])
    }
  }

  private func distance(_ segment: Model.Segment, _ point: ArraySlice<Double>) -> Double {
    zip(segment.centroid, point).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }

  private struct Model: Decodable {
    struct Segment: Decodable {
      var id: Int
      var lifecycle: String?
      var centroid: [Double]
    }

    struct Rules: Decodable {
      var typicalGap: Double?
      var groups: [String: String]?
    }

    var segments: [Segment]
    var lifecycle: Rules
  }

  @Test("the stages of all segments add up to those of everybody, and names agree with them")
  func profile() throws {
    let result = try run(shop(200, 4), ["rfm.asOf": Self.asOf, "clustering.k": "8"])
    let totals = try #require(result.profile.lifecycle)
    #expect(totals.stages.reduce(0) { $0 + $1.customers } == 200)
    for (index, stage) in totals.stages.enumerated() {
      let parts = result.profile.segments.compactMap { $0.lifecycle?[index] }
      #expect(
        result.profile.segments.contains { !$0.isDescribed }
          || parts.reduce(0) { $0 + $1.customers } == stage.customers)
      #expect(stage.interval.low <= stage.share && stage.share <= stage.interval.high)
    }
    for (segment, groups) in zip(result.profile.segments, try groups(result)) {
      switch segment.segment.kind {
      case .lapsed: #expect(groups == [.lapsed])
      case .oneTime: #expect(groups == [.oneTime])
      default: #expect(groups == [.current], "\(segment.segment.name)")
      }
    }
  }

  @Test("where nobody came back there is one group, and why is said in words")
  func unknown() throws {
    let shop = RandomShop(
      orders: (0..<60).map {
        RandomShop.Order(
          id: "\($0)", customer: "K\($0)", day: RandomShop.firstDay.adding(days: $0 * 3),
          cents: 500 + 100 * ($0 % 7))
      })
    let result = try run(shop, ["clustering.k": "3"])
    let stages = try stages(result)
    #expect(result.groups.isEmpty && Set(stages) == [.oneTime])
    #expect(result.remarks.contains { $0.hasPrefix("Nobody ordered on a second day") })
    let report = try file("report.html", of: result)
    #expect(report.contains("too few orders to say who is new, active or lapsed"))
    #expect(result.profile.segments.allSatisfy { $0.segment.kind == .oneTime })
  }

  @Test("thresholds that leave nobody lapsing are refused")
  func refused() {
    let error = #expect(throws: SegueError.self) {
      try run(shop(30, 1), ["lifecycle.lapsing": "4", "lifecycle.lapsed": "3"])
    }
    #expect(error?.kind == .usage && error?.diagnostics.map(\.code) == ["lifecycle.lapsed"])
  }
}
