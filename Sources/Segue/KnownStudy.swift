import Foundation
import SegueCore
import SegueFeatures
import SegueIngest
import SegueProfile

/// What an earlier study says of its customers and segments: as much of its folder as it takes to compare it.
public struct KnownStudy: Sendable {
  public let model: StudyModel
  /// As they stand in `segments.csv`.
  let customers: [String]
  /// Position of each one's segment in `model.segments`.
  let labels: [Int32]
  let figures: KnownFigures
  /// Where ids were replaced, what tells the key.
  let keyFingerprint: String?
  /// Cells of `segments.csv` by column, of the columns that clustering saw.
  private let cells: [String: [String]]

  /// - Parameter path: a study folder, or the `model.json` in it.
  /// - Throws: ``SegueError`` `study.notFound`, `study.none` for a folder that is no study or a damaged one, and those
  ///   of ``StudyModel/init(file:)``.
  public init(folder path: String) throws {
    let manager = FileManager.default
    guard manager.fileExists(atPath: path) else {
      throw SegueError(
        .noInput,
        [
          Diagnostic(
            "study.notFound", "there is no such study", at: .init(file: path),
            hint: "name a study folder, as segue run writes it")
        ])
    }
    var folder = path
    if path.split(separator: "/").last == "model.json" {
      folder = String(path.dropLast("model.json".count))
      if folder.isEmpty { folder = "." }
    }
    func contents(_ name: String) throws -> Data {
      guard let data = manager.contents(atPath: "\(folder)/\(name)") else {
        throw KnownStudy.none(path, "it holds no \(name)")
      }
      return data
    }
    _ = try contents("manifest.json")
    _ = try contents("model.json")
    self = try KnownStudy(
      model: StudyModel(file: "\(folder)/model.json"), table: [UInt8](contents("segments.csv")),
      segments: contents("segments.json"), manifest: contents("manifest.json"), path)
  }

  /// The same of a study that is not written yet.
  init(_ result: StudyResult) throws {
    try self.init(
      model: StudyModel(result), table: result.segmentsCSV(),
      segments: Data(StudyResult.segmentsJSON(result)),
      manifest: Data(StudyResult.json(StudyManifest(result))),
      result.title)
  }

  private init(model: StudyModel, table: [UInt8], segments: Data, manifest: Data, _ path: String) throws {
    struct Manifest: Decodable {
      struct Redaction: Decodable { var keyFingerprint: String }
      var redaction: Redaction?
    }
    let decoder = JSONDecoder()
    guard let figures = try? decoder.decode(KnownFigures.self, from: segments),
      let manifest = try? decoder.decode(Manifest.self, from: manifest)
    else { throw KnownStudy.none(path, "its files cannot be read") }
    let place = Dictionary(
      uniqueKeysWithValues: model.segments.enumerated().map { (String($1.id), Int32($0)) })
    var wanted = Set(model.treatments.flatMap { KnownStudy.spellings($0.name) })
    var customers: [String] = []
    var labels: [Int32] = []
    var cells: [String: [String]] = [:]
    var columns: [(index: Int, name: String)] = []
    var parser = CSVParser()
    var batch = RecordBatch()
    var position = 0
    var isHeader = true
    while position < table.count {
      batch.removeAll()
      position = parser.read(table.span, from: position, limit: 4_096, into: &batch)
      for record in batch.records {
        if isHeader {
          isHeader = false
          let header = batch.strings(record, in: table.span)
          guard header.starts(with: ["customer_id", "segment_id"]) else {
            throw KnownStudy.none(path, "its segments.csv has other columns")
          }
          for (index, name) in header.enumerated() where wanted.remove(KnownStudy.plain(name)) != nil {
            columns.append((index, KnownStudy.plain(name)))
            cells[KnownStudy.plain(name)] = []
          }
          continue
        }
        guard record.fieldCount > (columns.last?.index ?? 1),
          let label = place[batch.string(record, 1, in: table.span)]
        else {
          throw KnownStudy.none(path, "line \(record.line) of its segments.csv names no segment of the model")
        }
        customers.append(KnownStudy.unescaped(batch.string(record, 0, in: table.span)))
        labels.append(label)
        for column in columns {
          cells[column.name]!.append(batch.string(record, column.index, in: table.span))
        }
      }
    }
    guard !customers.isEmpty else { throw KnownStudy.none(path, "its segments.csv is empty") }
    guard customers.count == model.customers else {
      throw KnownStudy.none(
        path,
        "its segments.csv lists \(NumberText.count(customers.count, "customer")), its model "
          + NumberText.integer(model.customers))
    }
    (self.model, self.figures, self.cells) = (model, figures, cells)
    (self.customers, self.labels) = (customers, labels)
    keyFingerprint = manifest.redaction?.keyFingerprint
  }

  private static func none(_ path: String, _ why: String) -> SegueError {
    SegueError.data(
      Diagnostic(
        "study.none", "this is no study: \(why)", at: .init(file: path),
        hint: "name a folder that segue run wrote, with all of its files"))
  }

  /// A cell as it was before formulas were made harmless.
  private static func unescaped(_ cell: String) -> String {
    guard cell.utf8.first == UInt8(ascii: "'"), let second = cell.utf8.dropFirst().first,
      "=+-@\t\r".utf8.contains(second)
    else { return cell }
    return String(cell.dropFirst())
  }

  /// Where a column with an attribute's values can be found: under its whole name, or as `segue features` calls it.
  private static func spellings(_ attribute: String) -> [String] {
    [
      plain(attribute),
      plain(attribute.replacing(AttributeBuilder.customerPrefix, with: "", maxReplacements: 1)),
    ]
  }

  /// A header without case, blanks and underscores.
  private static func plain(_ header: String) -> String {
    header.lowercased().filter { $0 != "_" && !$0.isWhitespace }
  }

  /// What an attribute of the model says of each customer, empty where nothing; nil if it is no column.
  func values(of attribute: String) -> [String]? {
    KnownStudy.spellings(attribute).lazy.compactMap { cells[$0] }.first
  }

  /// As the segments are named and coloured, in the order of the model.
  var segments: [Segment] {
    model.segments.map {
      Segment(
        id: $0.id, name: $0.name, tagline: $0.tagline, kind: $0.kind, customers: $0.customers, color: $0.color
      )
    }
  }

  var side: SegmentMatching.Side {
    SegmentMatching.Side(
      customers: customers, labels: labels, count: model.segments.count,
      groups: model.segments.map { segment in
        segment.lifecycle.map { StudyModel.groups(sharing: $0, model.lifecycle?.groups ?? [:]) } ?? []
      })
  }
}

extension StudyModel {
  /// All groups whose customers are placed where those of this one are.
  ///
  /// - Parameter homes: the group of each stage, by its key.
  static func groups(
    sharing group: LifecycleGroups.Group, _ homes: [String: LifecycleGroups.Group]
  ) -> Set<LifecycleGroups.Group> {
    Set(Lifecycle.Stage.allCases.filter { homes[$0.rawValue] == group }.map(\.group)).union([group])
  }

  /// The centre of a segment in the features' own units.
  func restoredCentroid(_ position: Int) -> [String: Double] {
    Dictionary(
      uniqueKeysWithValues: zip(features, segments[position].centroid).map { feature, scaled in
        (feature.name, feature.reshaping.invert(feature.center + scaled * feature.scale))
      })
  }

  /// How far points given in features' own units lie from the segments' centres: root mean square over the features that
  /// both have, in this model's scaled space.
  ///
  /// - Returns: [segment][point]; nil if no feature is the same.
  func distances(to points: [[String: Double]]) -> [[Double]]? {
    let common = features.indices.filter { index in
      !points.isEmpty && points.allSatisfy { $0[features[index].name] != nil }
    }
    guard !common.isEmpty else { return nil }
    return segments.map { segment in
      points.map { point in
        let sum = common.reduce(0.0) { sum, index in
          let feature = features[index]
          let place = (feature.reshaping.apply(point[feature.name]!) - feature.center) / feature.scale
          return sum + (place - segment.centroid[index]) * (place - segment.centroid[index])
        }
        return (sum / Double(common.count)).squareRoot()
      }
    }
  }
}

/// The figures of `segments.json` that are compared.
struct KnownFigures: Decodable, Sendable {
  struct Totals: Decodable, Sendable {
    var revenue: Amount
    var orders: Int
    var boughtAgain: Double
    var boughtAgainInterval: Interval
    var currency: String?
  }

  struct Profiled: Decodable, Sendable {
    struct ID: Decodable, Sendable { var id: Int }
    struct Purchases: Decodable, Sendable {
      var revenue: Amount
      var orders: Int
      var boughtAgain: Double
      var boughtAgainInterval: Interval
    }

    var segment: ID
    var customerShare: Double
    var customerShareInterval: Interval
    var purchases: Purchases?
    /// What a segment that keeps its name would be called by what it is now.
    var suggestedName: String?
  }

  var totals: Totals?
  var segments: [Profiled]
}
