import Foundation
import Segue
import SegueTestSupport
import Testing

/// Every method of `segue cluster` over the same kind of table.
@Suite("Methods of clustering a table")
struct TableAlgorithmTests {
  /// Three groups of 40, apart on both numbers, and a category that goes with them.
  private static let table =
    "x,y,plan\n"
    + (0..<120).map { row in
      let group = row % 3
      let (x, y) = (
        Double(group) * 20 + Double(row * 7 % 13) / 3, Double(group % 2) * 30 + Double(row * 5 % 11) / 2
      )
      return "\(x),\(y),\(["gold", "tin", "lead"][group])\n"
    }.joined()

  private func cluster(_ algorithm: ClusteringAlgorithm, _ more: [String: String] = [:]) throws
    -> TableClustering
  {
    let settings = ["clustering.algorithm": algorithm.rawValue].merging(more) { $1 }
    return try Study(Studies.settings(settings)).cluster(
      Input(path: "t.csv", bytes: Array(Self.table.utf8)))
  }

  @Test("each finds three planted groups, told how many", arguments: ClusteringAlgorithm.allCases)
  func planted(algorithm: ClusteringAlgorithm) throws {
    let found = try cluster(algorithm, ["clustering.k": "3"])
    #expect(found.model.sizes == [40, 40, 40])
    let groups = (0..<120).map { Int32($0 % 3) }
    #expect(adjustedRandIndex(found.labels, groups) == 1)
    #expect(found.quality.silhouette.mean > 0.7)
    #expect(found.tree?.merges.count == 2)
    let lines = String(decoding: try found.csv(), as: UTF8.self).split(separator: "\r\n")
    #expect(lines.count == 121 || lines.count == 1, "one line a row")
    #expect(
      String(decoding: try found.json(), as: UTF8.self).contains("\"algorithm\":\"\(algorithm.rawValue)\""))
  }

  @Test("each says how many there are and why", arguments: ClusteringAlgorithm.allCases)
  func howMany(algorithm: ClusteringAlgorithm) throws {
    let found = try cluster(algorithm, ["clustering.mostSegments": "5"])
    #expect(found.model.k == 3)
    #expect(found.choice?.k == 3)
    #expect(found.remarks.first == found.choice?.reason)
  }

  @Test("a mixture gives probabilities, its shape and its criteria")
  func mixture() throws {
    let found = try cluster(.gmm, ["clustering.k": "3", "clustering.covariance": "diagonal"])
    let split = try #require(found.mixture)
    #expect(split.model.covariance == .diagonal)
    #expect(split.probabilities.count == 120)
    #expect(split.probabilities.allSatisfy { $0 > 0.99 && $0 <= 1 })
    #expect(
      String(decoding: try found.csv(), as: UTF8.self).hasPrefix("x,y,plan,segment,distance,probability\r\n"))
    let auto = try cluster(.gmm, ["clustering.k": "3"])
    #expect(auto.mixture!.model.bic <= split.model.bic)
  }

  @Test("k-prototypes takes categories by itself and shows what they weigh")
  func prototypes() throws {
    let found = try cluster(.kprototypes, ["clustering.k": "3"])
    let model = try #require(found.prototypes)
    #expect(model.modes.map(\.name) == ["plan"])
    #expect(model.modes[0].levels.sorted() == ["gold", "lead", "tin"])
    #expect(found.remarks.contains { $0.hasPrefix("A mismatch costs") })
    let given = try cluster(.kprototypes, ["clustering.k": "3", "clustering.gamma": "0.5"])
    #expect(given.prototypes?.gamma.value == 0.5)
  }

  @Test("one cloud is said to be one by a mixture too")
  func oneCloud() throws {
    let cloud = Cloud.normal(rows: 400, columns: 2, seed: Seed(5))
    let text = "a,b\n" + (0..<400).map { "\(cloud[$0, 0]),\(cloud[$0, 1])\n" }.joined()
    let found = try Study(Studies.settings(["clustering.algorithm": "gmm"])).cluster(
      Input(path: "t.csv", bytes: Array(text.utf8)))
    #expect(found.choice?.verdict == .noClusters)
    #expect(found.choice?.advice?.contains("One component") == true)
  }

  @Test("k-prototypes is not for studies, and says where it is at home")
  func studies() {
    let orders =
      "customer,date,amount\n" + (0..<60).map { "c\($0 % 30),2024-01-\(10 + $0 % 20),\(5 + $0)\n" }.joined()
    let error = #expect(throws: SegueError.self) {
      try Study(Studies.settings(["clustering.algorithm": "kprototypes", "clustering.k": "3"])).run([
        Input(path: "orders.csv", bytes: Array(orders.utf8))
      ])
    }
    #expect(error?.diagnostics.map(\.code) == ["study.algorithm"])
  }
}
