import SegueCore
import SegueFeatures

/// How what is known of somebody becomes the scaled columns of a model, attribute by attribute: the fills, levels and
/// transforms of the study that made it.
struct ModelColumns: Sendable {
  /// An attribute and the columns it becomes.
  struct Source: Sendable {
    var treatment: FeatureTreatment
    /// Among the model's features.
    var columns: [Int]
    /// Texts that are known of a flag or category, in UTF-8, and the title each counts as; −1 counts as none.
    var texts: [[UInt8]] = []
    fileprivate var titleOf: [Int] = []
    /// Scaled values of all columns: of each title, of no value, of a text that is not known.
    fileprivate var titles: [[Double]] = []
    fileprivate var missing: [Double] = []
    fileprivate var unknown: [Double] = []

    var name: String { treatment.name }
    var isNumber: Bool { treatment.kind == .number || treatment.kind == .date }
    /// Names of its columns in the model.
    var featureNames: [String] { treatment.columns }
  }

  let sources: [Source]
  let width: Int
  private let reshapings: [Reshaping]
  private let scaler: Scaler
  /// Of each source the column that holds its number, and the one that marks its absence; −1 without.
  private let numberColumn: [Int]
  private let markColumn: [Int]

  init(_ model: StudyModel) {
    let (features, treatments) = (model.features, model.treatments)
    width = features.count
    reshapings = features.map(\.reshaping)
    scaler = Scaler(model.scaling, centers: features.map(\.center), scales: features.map(\.scale))
    let place = Dictionary(
      features.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    let (reshapings, scaler) = (reshapings, scaler)
    let usual = ModelColumns.means(model)
    sources = treatments.map { treatment in
      let columns = treatment.columns.compactMap { place[$0] }
      var source = Source(treatment: treatment, columns: columns)
      func scaled(_ values: [Double]) -> [Double] {
        zip(columns, values).map { scaler.apply(reshapings[$0].apply($1), $0) }
      }
      switch treatment.kind {
      case .number, .date:
        let fill = treatment.filledWith.map { scaled([$0])[0] } ?? usual[source.columns[0]]
        source.missing = [fill] + source.columns.dropFirst().map { scaler.apply(1, $0) }
      case .flag:
        let words = [(FeatureEncoder.yes.sorted(), 1), (ModelColumns.no, 0)]
        for (list, title) in words {
          for word in list {
            for text in [word, word.uppercased(), word.prefix(1).uppercased() + word.dropFirst()] {
              source.texts.append(Array(text.utf8))
              source.titleOf.append(title)
            }
          }
        }
        source.titles = [scaled([0, 0]), scaled([1, 0])]
        source.unknown = source.titles[0]
        let fill = treatment.filledWith.map { scaled([$0])[0] } ?? usual[source.columns[0]]
        source.missing = [fill] + source.columns.dropFirst().map { scaler.apply(1, $0) }
      case .category:
        ModelColumns.fill(&source, scaled)
      }
      return source
    }
    numberColumn = sources.map { $0.isNumber ? $0.columns[0] : -1 }
    markColumn = sources.map { $0.columns.count > 1 ? $0.columns[1] : -1 }
  }

  /// Titles as ``FeatureEncoder`` makes them: the levels with a column, all others together, no value.
  private static func fill(_ source: inout Source, _ scaled: ([Double]) -> [Double]) {
    let treatment = source.treatment
    let kept = treatment.levels.count
    let other = treatment.unseen == nil ? -1 : kept
    let count = kept + (treatment.unseen == nil ? 0 : 1) + (treatment.missingColumn == nil ? 0 : 1)
    let columns = source.columns.count
    // Of two titles one has the column.
    let shown = count == 2 ? [kept == 2 ? 1 : 0] : Array(0..<columns)
    func title(_ title: Int) -> [Double] { scaled(shown.map { $0 == title ? 1 : 0 }) }
    source.texts = (treatment.levels + treatment.folded).map { Array($0.level.utf8) }
    source.titleOf = Array(0..<kept) + treatment.folded.map { _ in other }
    source.titles = (0..<count).map(title)
    source.unknown = title(other)
    source.missing = title(treatment.missingColumn == nil ? other : count - 1)
  }

  /// What a flag says that is not set; the study took every word but a yes for a no.
  private static let no = ["0", "f", "false", "n", "nein", "no", "off"]

  /// The mean of every scaled column over the model's customers.
  private static func means(_ model: StudyModel) -> [Double] {
    let total = Double(max(1, model.segments.reduce(0) { $0 + $1.customers }))
    return model.features.indices.map { column in
      model.segments.reduce(0) { $0 + $1.centroid[column] * Double($1.customers) } / total
    }
  }

  /// One column from a value in its own units.
  @inline(__always)
  func scaled(_ value: Double, _ column: Int) -> Double {
    scaler.apply(reshapings[column].apply(value), column)
  }

  /// A scaled value in the column's own units, if it lies between its limits.
  func restored(_ scaled: Double, _ column: Int) -> Double {
    reshapings[column].invert(scaler.invert(scaled, column))
  }

  /// Of a flag the texts that stand for yes and no in sentences.
  func flagChoices(_ source: Int) -> [Int] {
    ["yes", "no"].compactMap { word in sources[source].texts.firstIndex { $0 == Array(word.utf8) } }
  }

  func limits(_ column: Int) -> (lowest: Double?, highest: Double?) {
    (reshapings[column].lowest, reshapings[column].highest)
  }

  /// Puts an attribute's columns into a row.
  ///
  /// - Parameter value: the number; or the position of a text among the source's, −1 for another; NaN for none.
  @inline(__always)
  func put(_ value: Double, of index: Int, into row: inout [Double], at start: Int) {
    let column = numberColumn[index]
    if column >= 0, !value.isNaN {
      row[start + column] = scaled(value, column)
      let mark = markColumn[index]
      if mark >= 0 { row[start + mark] = scaler.apply(0, mark) }
      return
    }
    putKnown(value, of: index, into: &row, at: start)
  }

  /// A value of which there are few.
  private func putKnown(_ value: Double, of index: Int, into row: inout [Double], at start: Int) {
    let source = sources[index]
    let title = value.isNaN || value < 0 ? -1 : source.titleOf[Int(value)]
    let values = value.isNaN ? source.missing : title < 0 ? source.unknown : source.titles[title]
    for place in source.columns.indices { row[start + source.columns[place]] = values[place] }
  }
}
