import Foundation
import SegueCore

extension StudyModel {
  /// Reads a study's `model.json`.
  ///
  /// - Throws: ``SegueError`` `model.notFound`, `model.version` for the model of a version whose files differ,
  ///   `model.json` for what is no model or a damaged one.
  public init(file path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw SegueError(
        .noInput,
        [
          Diagnostic(
            "model.notFound", "the model cannot be read", at: .init(file: path),
            hint: "name the model.json in a study folder, as segue run writes it")
        ])
    }
    struct Origin: Decodable {
      var schema: Int?
      var version: String
      // What other files of a study folder do not say.
      var algorithm: String
    }
    let decoder = JSONDecoder()
    guard let origin = try? decoder.decode(Origin.self, from: data) else { throw StudyModel.damaged(path) }
    guard origin.schema == StudyModel.currentSchema else {
      let isNewer = (origin.schema ?? 0) > StudyModel.currentSchema
      throw SegueError.data(
        Diagnostic(
          "model.version",
          "this model was written by segue \(origin.version), whose files this version does not read",
          at: .init(file: path),
          hint: isNewer ? "use a segue at least as new" : "run the study again with this version"))
    }
    do {
      self = try decoder.decode(StudyModel.self, from: data)
    } catch {
      throw StudyModel.damaged(path)
    }
    guard isSound else { throw StudyModel.damaged(path) }
  }

  static func damaged(_ path: String) -> SegueError {
    SegueError.data(
      Diagnostic(
        "model.json", "this is not the model of a study", at: .init(file: path),
        hint: "name the model.json of a study folder, or run the study again"))
  }

  /// Whether it says what a model of ours could.
  private var isSound: Bool {
    let ids = Set(segments.map(\.id))
    return !features.isEmpty && !segments.isEmpty && ids.count == segments.count
      && segments.allSatisfy {
        $0.id > 0 && $0.id < nextID && $0.color >= 0 && $0.centroid.count == features.count
          && $0.centroid.allSatisfy(\.isFinite) && $0.distances.allSatisfy(\.isFinite)
      }
      && features.allSatisfy { $0.center.isFinite && $0.scale.isFinite && $0.scale > 0 }
      && rfm?.isSound != false && placesSoundly(ids)
  }

  /// Whether its rules lead to segments there are, and its features come from treatments there are.
  private func placesSoundly(_ ids: Set<Int>) -> Bool {
    let groups = lifecycle?.groups.map { Set($0.values) }
    let fits = placing.allSatisfy { placing in
      ids.isSuperset(of: placing.segments)
        && placing.rule.isSound(clusters: placing.segments.count, columns: features.count)
    }
    let names = Set(features.map(\.name))
    return fits && !placing.isEmpty
      && (groups.map { $0.isSubset(of: Set(placing.compactMap(\.group))) } ?? (placing.count == 1))
      && treatments.allSatisfy { names.isSuperset(of: $0.columns) }
  }
}
