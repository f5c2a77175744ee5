import SegueCore
import SegueIngest
import SegueProfile

/// What clustering saw of each customer, as columns of `segments.csv` that are not there under another name: values as
/// people know them, empty where they are missing, a category as its level. With them a study's own `segments.csv` is a
/// table that its model can place.
struct FeatureCells {
  private let attributes: [Attribute]
  /// As `segue features` calls the columns; with their prefix where another column has the name.
  let headers: [String]

  /// - Parameter taken: the columns that are there.
  init(_ attributes: [Attribute], beside taken: [String]) {
    // RFM cells hold these three.
    let isThere = Set(taken).contains("recency_days") ? ["recencyDays", "frequency", "monetary"] : []
    self.attributes = attributes.filter { !isThere.contains($0.name) }
    var names = Set(taken.map(FeatureCells.plain))
    headers = self.attributes.map { attribute in
      let short = FeaturesFile.header(attribute.name)
      return names.insert(FeatureCells.plain(short)).inserted ? short : attribute.name
    }
  }

  /// A header without case, blanks and underscores: what two columns must differ in.
  static func plain(_ header: String) -> String {
    header.lowercased().filter { $0 != "_" && !$0.isWhitespace }
  }

  func append(_ row: Int, to output: inout [UInt8]) {
    for attribute in attributes {
      output.append(UInt8(ascii: ","))
      switch attribute.values {
      case .numbers(let values):
        if values[row].isFinite { output.append(contentsOf: FeaturesFile.text(values[row]).utf8) }
      case .levels(let levels, let names):
        if levels[row] >= 0 { CSVWriter.append(names[Int(levels[row])], to: &output) }
      case .mix: break
      }
    }
  }
}
