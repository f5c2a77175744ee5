import Foundation
import Testing

/// Published figures, met by the program as it is run.
@Suite("Published figures", .enabled(if: Command.isBuilt, "segue was not built"))
struct ReferenceTests {
  @Test(
    "rfm meets the tables of the R package rfm",
    .enabled(
      if: Package.hasShared("data/rfm_data_orders.csv", "reference/rfm.json"), "the reference data is absent")
  )
  func rfm() throws {
    let reference = try RFMReference.load()
    let folder = try Folder()
    let orders = Package.shared("data/rfm_data_orders.csv").path
    let arguments = [
      "rfm", orders, "--as-of", "2006-12-31", "--binning", "rfmPackage", "--segments", "rfmPackage",
      "--quiet",
    ]
    let table = try Command.run(arguments, in: folder.url)
    #expect(table.status == 0)
    let lines = table.text.split(whereSeparator: \.isNewline).map(String.init)
    #expect(
      lines[0] == "customer_id,recency_days,frequency,monetary,r_score,f_score,m_score,rfm_code,rfm_segment")
    #expect(lines.count == reference.customers + 1)
    for row in reference.picked {
      let money = String(format: "%.2f", row.amount)
      let start =
        "\(row.recency_days),\(row.orders),\(money),\(row.R),\(row.F),\(row.M),\(row.R)\(row.F)\(row.M),"
      #expect(
        lines.contains { $0.hasPrefix("\(row.customer_id),\(start)\(row.segment)") }, "\(row.customer_id)")
    }

    let json = try Command.run(arguments + ["--format", "json"], in: folder.url).json(RFMResult.self)
    #expect(json.customers.count == reference.customers)
    for (name, expected) in reference.segments {
      let found = json.segments.first { $0.segment == name }
      #expect(found?.customers == expected.customers, "\(name)")
      #expect(found?.orders == expected.orders, "\(name)")
      #expect(abs((found?.revenue ?? 0) - expected.revenue) < 0.01, "\(name)")
    }
    for (score, count) in reference.scoreCounts["R"] ?? [:] {
      #expect(json.customers.count { String($0.rScore) == score } == count, "R \(score)")
    }
    for (score, count) in reference.scoreCounts["F"] ?? [:] {
      #expect(json.customers.count { String($0.fScore) == score } == count, "F \(score)")
    }
    for (score, count) in reference.scoreCounts["M"] ?? [:] {
      #expect(json.customers.count { String($0.mScore) == score } == count, "M \(score)")
    }
  }

  @Test(
    "cluster reaches the best known inertia",
    .enabled(
      if: Package.hasShared("data/iris.csv", "data/wholesale_customers.csv", "reference/kmeans.json"),
      "the reference data is absent"),
    arguments: ["iris", "wholesale"], ["none", "standard"])
  func inertia(name: String, scaling: String) throws {
    let reference = try KMeansReference.load()
    let best = try #require(reference.datasets["\(name)_\(scaling == "none" ? "raw" : "z")"])
    let folder = try Folder()
    let table = Package.shared(name == "iris" ? "data/iris.csv" : "data/wholesale_customers.csv").path
    let columns =
      name == "iris" ? [] : ["--features", "Fresh,Milk,Grocery,Frozen,Detergents_Paper,Delicassen"]
    for (k, expected) in best.k.sorted(by: { $0.key < $1.key }) {
      let outcome = try Command.run(
        [
          "cluster", table, "--k", k, "--scaling", scaling, "--transform", "none", "--format", "json",
          "--quiet",
        ]
          + columns, in: folder.url)
      #expect(outcome.status == 0)
      let result = try outcome.json(ClusterResult.self)
      #expect(result.inertia <= expected.inertia * (1 + 1e-6), "k = \(k)")
      #expect(abs(result.inertia - expected.inertia) <= expected.inertia * 1e-6, "k = \(k)")
      #expect(result.sizes.sorted(by: >) == expected.sizes_desc, "k = \(k)")
      #expect(abs(result.silhouette - expected.silhouette) < 1e-6, "k = \(k)")
      #expect(abs(result.calinskiHarabasz - expected.calinski_harabasz) < 1e-6 * expected.calinski_harabasz)
      #expect(abs(result.daviesBouldin - expected.davies_bouldin) < 1e-6, "k = \(k)")
    }
  }

  @Test("cluster prints every key that scripts are promised")
  func keys() throws {
    let folder = try Folder()
    try folder.write(
      "id,x,y\n" + (1...40).map { "r\($0),\($0 % 2 * 50 + $0),\($0 * 3 % 7)\n" }.joined(), "t.csv")
    let result = try Command.run(["cluster", "t.csv", "--k", "2", "--format", "json"], in: folder.url)
      .json(ClusterResult.self)
    #expect(result.k == 2)
    #expect(result.n == 40)
    #expect(result.d == 2)
    #expect(result.centroids.map(\.count) == [2, 2])
    #expect(result.labels.count == 40)
    #expect(result.iterations > 0)
    #expect(result.sizes.reduce(0, +) == 40)
    let table = try Command.run(["cluster", "t.csv", "--k", "2", "--quiet"], in: folder.url)
    #expect(table.text.hasPrefix("id,x,y,segment,distance\r\nr1,51,3,"))
  }
}

extension ReferenceTests {
  @Test("an index that has no finite value is null")
  func perfect() throws {
    let folder = try Folder()
    try folder.write("x,y\n1,2\n1,2\n3,4\n3,4\n", "t.csv")
    let outcome = try Command.run(["cluster", "t.csv", "--k", "2", "--format", "json"], in: folder.url)
    #expect(outcome.status == 0)
    #expect(
      outcome.text.contains("\"calinskiHarabasz\":null")
        || outcome.text.contains("\"calinskiHarabasz\" : null"))
  }
}

private struct ClusterResult: Decodable {
  var k: Int
  var n: Int
  var d: Int
  var inertia: Double
  var iterations: Int
  var sizes: [Int]
  var centroids: [[Double]]
  var silhouette: Double
  var calinskiHarabasz: Double
  var daviesBouldin: Double
  var labels: [Int]
}

private struct KMeansReference: Decodable {
  struct Best: Decodable {
    var inertia: Double
    var sizes_desc: [Int]
    var silhouette: Double
    var calinski_harabasz: Double
    var davies_bouldin: Double
  }
  struct Dataset: Decodable { var k: [String: Best] }
  var datasets: [String: Dataset]

  static func load() throws -> KMeansReference {
    try JSONDecoder().decode(self, from: Data(contentsOf: Package.shared("reference/kmeans.json")))
  }
}

private struct RFMResult: Decodable {
  struct Segment: Decodable {
    var segment: String
    var customers: Int
    var orders: Int
    var revenue: Double
  }
  struct Customer: Decodable {
    var rScore: Int
    var fScore: Int
    var mScore: Int
  }
  var segments: [Segment]
  var customers: [Customer]
}

private struct RFMReference {
  struct Row: Decodable {
    var customer_id: String
    var recency_days: Int
    var orders: Int
    var amount: Double
    var R: Int
    var F: Int
    var M: Int
    var segment: String
  }
  struct Segment: Decodable {
    var customers: Int
    var orders: Int
    var revenue: Double
  }

  var customers: Int
  var segments: [String: Segment]
  var picked: [Row]
  var scoreCounts: [String: [String: Int]]

  static func load() throws -> RFMReference {
    struct Scores: Decodable {
      var score_counts: [String: [String: Int]]
      var segments: [String: Segment]
      var picked: [Row]
    }
    struct Orders: Decodable {
      var customers: Int
      var rfm_package: Scores
    }
    struct File: Decodable { var rfm_data_orders: Orders }
    let file = try JSONDecoder().decode(
      File.self, from: Data(contentsOf: Package.shared("reference/rfm.json")))
    let orders = file.rfm_data_orders
    return RFMReference(
      customers: orders.customers, segments: orders.rfm_package.segments, picked: orders.rfm_package.picked,
      scoreCounts: orders.rfm_package.score_counts)
  }
}
