public import SegueCore
import SegueFeatures
public import SegueIngest
import SegueProfile

/// What the rows are that a model shall place.
public enum AssignedRows: String, Sendable, CaseIterable {
  /// Decided by the headers.
  case auto
  /// A row a customer, with the model's attributes as columns.
  case features
  /// Exports from which the attributes are worked out first.
  case exports
}

/// How customers were placed by a model, for whoever reads along.
public struct AssignSummary: Sendable {
  public var customers: Int
  /// What a reader should act on, in sentences.
  public var warnings: [String] = []
  /// What a reader should know, in sentences.
  public var remarks: [String] = []
  /// Nil where rows had the model's attributes as columns.
  public var reading: (ledger: CleaningLedger, sources: [SourceInspection], currency: String?)?
}

extension Study {
  /// Places customers in the segments of a model.
  ///
  /// Feature rows stream: memory does not grow with the table, and output is handed over in its order as it comes.
  ///
  /// - Parameters:
  ///   - inputs: feature rows, or exports; see `rows`.
  ///   - moves: whether to say what would move each customer elsewhere.
  ///   - write: takes the output, piece by piece.
  /// - Throws: ``SegueError`` `assign.columns` where no attribute of the model is there, those of reading, what `write`
  ///   throws; `CancellationError`.
  public func assign(
    _ inputs: [Input], by model: StudyModel, rows: AssignedRows = .auto, format: AssignedFormat = .csv,
    moves: Bool = false, monitor: Monitor = .silent, write: ([UInt8]) throws -> Void
  ) throws -> AssignSummary {
    let columns = ModelColumns(model)
    let placer = Placer(model)
    if rows != .exports {
      var sheets: [AttributeSheet] = []
      for input in inputs {
        let table = try RowTable(input.opened(), options.ingest, monitor)
        let day = options.rfm.asOf ?? model.asOf
        sheets.append(AttributeSheet(table, model, columns, placer, day: day))
      }
      if rows == .features || sheets.allSatisfy(Study.holdsFeatures) {
        for sheet in sheets where sheet.matched == 0 { throw Study.noColumns(sheet, columns) }
        return try assign(
          sheets, by: model, columns, placer, format, moves: moves, monitor: monitor, write: write)
      }
    }
    return try assignExports(
      inputs, by: model, columns, placer, format, moves: moves, monitor: monitor, write: write)
  }

  /// All attributes are there; or some are and the table is no export of orders, events or feedback.
  private static func holdsFeatures(_ sheet: AttributeSheet) -> Bool {
    if sheet.matched > 0, sheet.missing.isEmpty { return true }
    return sheet.matched > 0 && (sheet.table.kind == .customers || sheet.table.confidence < 0.35)
  }

  private static func noColumns(_ sheet: AttributeSheet, _ columns: ModelColumns) -> SegueError {
    let names = columns.sources.map { FeaturesFile.header($0.name) }
    return SegueError.data(
      Diagnostic(
        "assign.columns", "no column is called as an attribute of the model",
        at: .init(file: sheet.table.name),
        hint: "the model needs \(FeatureText.shortened(names)); segue features writes such a table"))
  }

  // MARK: Feature rows

  private func assign(
    _ sheets: [AttributeSheet], by model: StudyModel, _ columns: ModelColumns, _ placer: Placer,
    _ format: AssignedFormat, moves: Bool, monitor: Monitor, write: ([UInt8]) throws -> Void
  ) throws -> AssignSummary {
    if moves, model.rfm != nil {
      throw SegueError.usage(
        Diagnostic(
          "assign.moves", "what would move a customer of this model is told from orders",
          at: .init(file: sheets[0].table.name), hint: "give the exports instead, or leave --moves out"))
    }
    let finder = moves ? MoveFinder(model, columns, placer) : nil
    let text = AssignedText(model, format, hasID: sheets.allSatisfy { $0.id != nil }, redaction)
    let novelty = Novelty(model)
    var tally = AssignTally()
    try write(text.header(finder == nil ? [] : MoveFinder.columns))
    for sheet in sheets {
      tally.rowsAside += try sheet.forEachPart(monitor) { worker, block in
        sheet.encode(block, keepsRaw: finder != nil, into: &worker)
        placer.place(
          worker.rows, count: block.count, ruleOf: worker.rules.isEmpty ? nil : worker.rules,
          into: &worker.placed)
        worker.tally.take(worker.placed, novelty)
        if worker.output.isEmpty { worker.output.reserveCapacity(1 << 19) }
        let ids = block.idBytes.span
        for row in 0..<block.count {
          let segment = worker.placed.segments[row]
          text.append(
            id: text.hasID ? ids.extracting(block.id(row)) : ids.extracting(0..<0), line: block.lines[row],
            segment: segment, distance: worker.placed.distances[row], to: &worker.output)
          if let finder {
            let rule = worker.rules.isEmpty ? 0 : worker.rules[row]
            finder.append(
              finder.move(worker.rows, raw: worker.raw, row, rule: rule, segment: segment), format,
              to: &worker.output)
          }
          text.end(&worker.output)
        }
      } merge: { worker in
        tally.add(worker.tally)
        try write(worker.output)
      }
    }
    var summary = AssignSummary(customers: tally.rows)
    summary.remarks += remarks(tally, model, columns)
    for sheet in sheets {
      let file = Study.baseName(sheet.table.name)
      if sheet.hasAges, options.rfm.asOf == nil, let day = model.asOf {
        summary.remarks.append("Days in \(file) count to \(day), the day of the model; --as-of says another.")
      }
      if !sheet.missing.isEmpty {
        summary.warnings.append(
          "\(file) has no column for \(FeatureText.shortened(sheet.missing)): filled as the model fills what is "
            + "missing.")
      }
      if sheet.lacksStage {
        summary.warnings.append(
          "\(file) has no column lifecycle, by which the model parts customers: each went to the nearest of all "
            + "segments.")
      }
    }
    if sheets.allSatisfy({ !$0.lacksStage }), tally.withoutGroup > 0 {
      summary.warnings.append(
        "\(NumberText.count(tally.withoutGroup, "row")) without a lifecycle stage that the model knows went to the "
          + "nearest of all segments.")
    }
    return summary
  }

  /// What both ways have to say.
  func remarks(_ tally: AssignTally, _ model: StudyModel, _ columns: ModelColumns) -> [String] {
    var found: [String] = []
    if tally.rowsAside > 0 {
      found.append("\(NumberText.count(tally.rowsAside, "row")) that cannot be read left out.")
    }
    for (index, count) in tally.unknown.sorted(by: { $0.key < $1.key }) {
      let treatment = columns.sources[index].treatment
      let counted =
        treatment.kind == .flag
        ? "taken for no" : treatment.unseen.map { "taken for \"\($0)\"" } ?? "taken for none of its levels"
      found.append(
        "\(NumberText.count(count, "row")) with a value of \(treatment.label) that the model does not know: \(counted)."
      )
    }
    if let novel = Study.novelty(tally) { found.append(novel) }
    return found
  }

  /// Said where more lie far out than chance would bring: the 95 % interval of their share lies above 1 %.
  static func novelty(_ tally: AssignTally) -> String? {
    let interval = Statistics.wilson(Double(tally.far), of: Double(max(1, tally.judged)))
    guard tally.judged > 0, interval.low > 0.01 else { return nil }
    let share = NumberText.percent(Double(tally.far) / Double(tally.judged), 1)
    return
      "\(NumberText.integer(tally.far)) of \(NumberText.integer(tally.judged)) (\(share)) lie farther from their segment "
      + "than 99% of those it was made of; 1% would be chance (95 % interval \(NumberText.percent(interval.low, 1)) "
      + "to \(NumberText.percent(interval.high, 1)))."
  }
}
