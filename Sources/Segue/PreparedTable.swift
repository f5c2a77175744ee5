public import SegueCore
public import SegueFeatures
public import SegueIngest
public import SegueNumerics

/// Any table on its way to clustering, in the two forms that methods take.
///
/// The rows of all of it are those of `table`, in the order of the file; `clusteredRows` says which of them are
/// clustered.
public struct PreparedTable: Sendable {
  /// Rows without a value in any column that counts are gone from it.
  public var table: ColumnTable
  public var encoded: EncodedFeatures
  /// Numbers, and categories as balanced columns of 0 and 1: `features.scaled`, n × d, finite.
  public var features: FeatureTable
  /// What became of columns and rows, in sentences.
  public var remarks: [String]

  /// Ascending: all rows but those set apart.
  public var clusteredRows: [Int] { features.clusteredRows }

  /// The rows to cluster, in their order, for methods that measure distances.
  public var points: Matrix {
    let rows = clusteredRows
    return rows.count == table.rowCount ? features.scaled : features.scaled.selecting(rows: rows)
  }

  /// Numbers with gaps beside categories as they stand, all rows, for methods that compare levels.
  public var mixed: MixedFeatures { MixedFeatures(features, encoded) }
}

extension PreparedTable {
  /// - Throws: ``SegueError`` `table.empty`, `features.none`, and those of ``ColumnTable``.
  public init(_ input: Input, _ options: StudyOptions, monitor: Monitor = .silent) throws {
    var table = try ColumnTable(input, columns: options.features.columns, options.ingest, monitor: monitor)
    let place = Diagnostic.Location(file: input.displayName)
    if options.ingest.strict, options.features.columns.isEmpty {
      let names = table.columns.map(\.name.asListItem).joined(separator: ",")
      throw SegueError.data(
        Diagnostic(
          "ingest.guess", "which columns to cluster on is a guess", at: place,
          hint: "if it is right, say so: --features '\(names)'"))
    }
    guard table.rowCount > 0 else {
      throw SegueError.data(
        Diagnostic(
          "table.empty", "the table has no row that can be used", at: place,
          hint: "give a table with a header and at least two rows"))
    }
    var encoded = EncodedFeatures(PreparedTable.sources(table), rows: .rows)
    while let stays = PreparedTable.rowsWithValues(encoded, table.rowCount) {
      table.keep(stays)
      encoded = EncodedFeatures(PreparedTable.sources(table), rows: .rows)
    }
    guard !encoded.columns.isEmpty else {
      throw PreparedTable.nothing(encoded.leftOut, table.rowCount, place)
    }
    try monitor.checkpoint("preparing columns")
    var features = FeatureTable(encoded, options.features)
    features.leftOut += table.unread.map(PreparedTable.leftOut)
    remarks =
      features.remarks + FeatureText.remarks(features.treatments, encoded.leftOut, .rows)
      + [PreparedTable.unread(table), PreparedTable.rowsLeftOut(table.ledger), FeatureText.weights(features)]
      .compactMap { $0 }
    self.table = table
    self.encoded = encoded
    self.features = features
  }

  private static func sources(_ table: ColumnTable) -> [FeatureSource] {
    table.columns.map { column in
      let (values, kind): (FeatureEncoder.Values, FeatureTreatment.Kind) =
        switch column.values {
        case .numbers(let numbers): (.numbers(numbers), .number)
        case .levels(let levels, let names, let isFlag):
          (.levels(levels, names: names), isFlag ? .flag : .category)
        }
      return FeatureSource(
        column.name, label: column.name, unit: .plain, sources: [column.name], values: values, kind: kind)
    }
  }

  /// Nil if every row has a value in a column that counts.
  private static func rowsWithValues(_ encoded: EncodedFeatures, _ count: Int) -> [Bool]? {
    guard !encoded.used.isEmpty, encoded.treatments.allSatisfy({ $0.missing > 0 }) else { return nil }
    var stays = [Bool](repeating: false, count: count)
    for source in encoded.used {
      switch source.values {
      case .numbers(let values): for row in 0..<count where values[row].isFinite { stays[row] = true }
      case .levels(let levels, _): for row in 0..<count where levels[row] >= 0 { stays[row] = true }
      }
    }
    return stays.contains(false) ? stays : nil
  }

  private static func nothing(
    _ leftOut: [LeftOutFeature], _ rows: Int, _ place: Diagnostic.Location
  ) -> SegueError {
    let isAlike = rows > 0 && leftOut.allSatisfy { $0.reason == .constant && $0.detail.hasPrefix("the same") }
    return SegueError.data(
      Diagnostic(
        "features.none",
        isAlike
          ? rows == 1
            ? "there is only one row"
            : "all \(NumberText.integer(rows)) rows are alike in \(FeatureText.shortened(leftOut.map(\.label)))"
          : "nothing is left to cluster on: \(FeatureText.list(leftOut))",
        at: place, hint: "cluster on something that varies: --features NAME,NAME"))
  }
}

// MARK: What is left out

extension PreparedTable {
  private static func why(_ reason: ColumnTable.UnreadColumn.Reason) -> (LeftOutFeature.Reason, String) {
    switch reason {
    case .identifier: (.identifier, "id")
    case .rowNumber: (.identifier, "row number")
    case .personal: (.personal, "personal")
    case .empty: (.missing, "empty")
    case .date: (.date, "date")
    case .text: (.text, "free text")
    case .category: (.describesOnly, "category")
    case .flag: (.describesOnly, "yes or no")
    case .code: (.describesOnly, "code by its name")
    }
  }

  private static func leftOut(_ column: ColumnTable.UnreadColumn) -> LeftOutFeature {
    let (reason, detail) = why(column.reason)
    return LeftOutFeature(column.name, label: column.name, reason, detail)
  }

  private static func unread(_ table: ColumnTable) -> String? {
    guard !table.unread.isEmpty else { return nil }
    var reasons: [String] = []
    var names: [String: [String]] = [:]
    for column in table.unread {
      let reason = why(column.reason).1
      if names[reason] == nil { reasons.append(reason) }
      names[reason, default: []].append(column.name)
    }
    let groups = reasons.map { "\(FeatureText.shortened(names[$0] ?? [])) (\($0))" }
    let canBeUsed = table.unread.contains { why($0.reason).0 == .describesOnly }
    return "Not clustered on: \(groups.joined(separator: "; "))."
      + (canBeUsed ? " --features all takes what is a category, a code, or yes or no." : "")
  }

  private static func rowsLeftOut(_ ledger: CleaningLedger.File) -> String? {
    let (bad, empty) = (ledger.line(.unreadable).rows, ledger.line(.empty).rows)
    let wrong = "a cell is no number, or cells are too few or too many"
    let reason: String
    switch (bad, empty) {
    case (0, 0): return nil
    case (_, 0): reason = wrong
    case (0, _): reason = "they have no value in any column"
    default:
      reason =
        "\(wrong) in \(NumberText.integer(bad)), \(NumberText.integer(empty)) have no value in any column"
    }
    let left = NumberText.integer(ledger.rowsIn - ledger.rowsUsed)
    return "\(left) of \(NumberText.count(ledger.rowsIn, "row")) left out: \(reason)."
  }
}
