import SegueClustering
import SegueCore
import SegueFeatures
import SegueProfile

/// Runs that take the identities of segments from an earlier study.
extension KnownStudy {
  /// What the clusters of a new run take along from this study.
  ///
  /// - Parameters:
  ///   - customers: ids of the rows, as this study writes them.
  ///   - groups: the clusters of each lifecycle group; empty where customers were not parted.
  func identities(
    of clusters: KMeansModel, _ features: FeatureTable, customers: [String], _ groups: [SegmentGroup]
  ) throws -> InheritedIdentities {
    let homes = groups.isEmpty ? [:] : StudyModel.groups(groups)
    let side = SegmentMatching.Side(
      customers: customers, labels: clusters.labels, count: clusters.k,
      groups: (0..<clusters.k).map { cluster in
        groups.first { $0.clusters.contains(cluster) }.map { StudyModel.groups(sharing: $0.group, homes) }
          ?? []
      })
    let points = (0..<clusters.k).map { cluster in
      Dictionary(
        uniqueKeysWithValues: zip(
          features.features.map(\.name), features.restored(Array(clusters.centroids.row(cluster)))))
    }
    let matching = SegmentMatching(old: self.side, new: side, distances: model.distances(to: points))
    return matching.identities(
      of: model.segments.map {
        SegmentIdentity(id: $0.id, name: $0.name, isNamedByUser: $0.isNamedByUser, color: $0.color)
      }, nextID: model.nextID)
  }
}

extension StudyResult {
  /// With what changed since an earlier study.
  func compared(with previous: KnownStudy, nextID: Int?, _ monitor: Monitor) throws -> StudyResult {
    try monitor.checkpoint("comparing with the earlier study")
    var result = self
    result.nextID = nextID
    let model = previous.model
    result.comparedWith = StudyModel.Origin(title: model.title, asOf: model.asOf, schema: model.schema)
    result.changes = try Comparison(previous, KnownStudy(result)).changes()
    return result
  }
}

/// `changes.json`, and what `segue compare --format json` prints.
public struct ChangesFile: Encodable, Sendable {
  var version = Study.version
  var changes: StudyChanges

  public init(_ changes: StudyChanges) { self.changes = changes }

  public func encode(to encoder: any Encoder) throws {
    enum Key: CodingKey { case version }
    try changes.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(version, forKey: .version)
  }

  public func json() throws -> [UInt8] { try StudyResult.json(self) }
}
