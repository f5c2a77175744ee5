import SegueCore
import SegueFeatures
import SegueIngest
import SegueNumerics
import SegueProfile

/// Customers of raw exports, brought to the features of a model and placed.
extension Study {
  func assignExports(
    _ inputs: [Input], by model: StudyModel, _ columns: ModelColumns, _ placer: Placer,
    _ format: AssignedFormat, moves: Bool, monitor: Monitor, write: ([UInt8]) throws -> Void
  ) throws -> AssignSummary {
    var settings = settings
    if let rfm = model.rfm { try settings.adopt(rfm) }
    let study = Study(settings)
    let problems = study.options.rfm.diagnostics
    guard problems.isEmpty else { throw SegueError(.usage, problems) }
    try settings.check(against: inputs)
    let data = try study.observed(inputs, monitor)
    var population = try Population(data, study.options, cutPoints: model.rfm?.cutPoints)
    if model.rfm != nil, population.purchases == nil {
      throw SegueError.data(
        Diagnostic(
          "assign.orders", "the model is one of orders, and none of the files holds orders",
          at: data.sources.first.map { .init(file: $0.path) },
          hint: "give the orders file, or rows with the model's attributes as columns: --rows features"))
    }
    if let rules = model.lifecycle, let (history, rfm, _) = population.purchases {
      population.lifecycle = Lifecycle(
        history, recencyDays: rfm.recencyDays,
        rhythm: Rhythm(history, typicalGap: rules.typicalGap, weight: rules.gapWeight), rules.options)
    }
    try monitor.checkpoint("placing customers")
    let attributes = AttributeBuilder(data: data, population: population).attributes()
    var tally = AssignTally()
    var missing: [String] = []
    let values = columns.sources.enumerated().map { index, source -> [Double] in
      guard let attribute = attributes.first(where: { $0.name == source.name }),
        let found = Study.values(attribute, source)
      else {
        missing.append(source.treatment.label)
        return [Double](repeating: .nan, count: population.count)
      }
      let unknown = found.count { $0 == RowTable.unknownLevel }
      if !source.isNumber, unknown > 0 { tally.unknown[index] = unknown }
      return found
    }
    guard missing.count < columns.sources.count else {
      throw SegueError.data(
        Diagnostic(
          "assign.columns", "the files hold none of the model's attributes",
          at: data.sources.first.map { .init(file: $0.path) },
          hint: "the model needs \(FeatureText.shortened(columns.sources.map(\.treatment.label)))"))
    }
    let rules = population.lifecycle.flatMap { lifecycle in
      placer.ruleOfStage.map { rules in lifecycle.stages.map { rules[$0.rawValue] ?? Placer.anyGroup } }
    }
    let placed = Study.place(values, rules, count: population.count, columns, placer)
    tally.take(placed, Novelty(model))

    let text = AssignedText(model, format, hasID: true, redaction)
    let cells = population.purchases.map { RFMCells($0.rfm, $0.scores) }
    var further: [String] = []
    if let purchases = population.purchases { further.append(RFMCells.columns(purchases.rfm)) }
    if population.lifecycle != nil { further.append("lifecycle") }
    let orderMoves = try moves ? study.orderMoves(model, columns, placer, population, values) : nil
    let finder = moves && orderMoves == nil ? MoveFinder(model, columns, placer) : nil
    if orderMoves != nil { further += OrderMoves.columns }
    if finder != nil { further += MoveFinder.columns }
    let objects = population.purchases.map { RFMObjects($0.rfm, $0.scores) }
    let ids = CustomerIDs(population.ids)
    let rows = finder.map { _ in Study.rows(values, 0..<population.count, columns) }
    let raw = finder.map { _ in (0..<population.count).flatMap { row in values.map { $0[row] } } }
    let (lifecycle, count) = (population.lifecycle, population.count)
    let order = try WrittenIDs(population.ids, redaction).order
    try write(
      TableText.bytes(text.header(further), rows: count) { place, output in
        let row = order[place]
        let id = ids.bytes.span.extracting(ids.range(row))
        let segment = placed.segments[row]
        text.append(id: id, line: 0, segment: segment, distance: placed.distances[row], to: &output)
        if let cells, let objects {
          switch format {
          case .csv:
            output.append(44)
            cells.append(row, to: &output)
          case .json: objects.appendFigures(row, to: &output)
          }
        }
        if let lifecycle {
          AssignedText.append([lifecycle.stages[row].name], keys: ["lifecycle"], format, to: &output)
        }
        if let orderMoves {
          orderMoves.append(orderMoves.outlook(row, segment: segment), segment: segment, format, to: &output)
        }
        if let finder, let rows, let raw {
          finder.append(
            finder.move(rows, raw: raw, row, rule: rules?[row] ?? 0, segment: segment), format, to: &output)
        }
        text.end(&output)
      })
    var summary = AssignSummary(customers: count)
    summary.reading = (data.ledger, data.sources, data.currency)
    summary.warnings = data.joining.warnings
    if !missing.isEmpty {
      summary.warnings.append(
        "Nothing in the files says \(FeatureText.shortened(missing)): filled as the model fills what is missing."
      )
    }
    summary.remarks =
      Study.remarks(data.ledger, MoneyText(currency: data.currency)) + data.joining.remarks
      + study.remarks(tally, model, columns)
    if let day = population.asOf, let then = model.asOf, day != then {
      summary.remarks.append("Days count to \(day); those of the model counted to \(then).")
    }
    return summary
  }

  /// Of each row a number, or the position of its text among those the source knows.
  private static func values(_ attribute: Attribute, _ source: ModelColumns.Source) -> [Double]? {
    switch attribute.values {
    case .numbers(let numbers):
      return source.isNumber ? numbers.map { $0.isFinite ? $0 : .nan } : nil
    case .levels(let levels, let names):
      guard !source.isNumber else { return nil }
      let codes = names.map { name in
        source.texts.firstIndex { $0 == Array(name.utf8) }.map(Double.init) ?? RowTable.unknownLevel
      }
      return levels.map { $0 < 0 ? .nan : codes[Int($0)] }
    case .mix: return nil
    }
  }

  private static func rows(_ values: [[Double]], _ range: Range<Int>, _ columns: ModelColumns) -> [Double] {
    var rows = [Double](repeating: 0, count: range.count * columns.width)
    for row in range {
      for index in values.indices {
        columns.put(values[index][row], of: index, into: &rows, at: (row - range.lowerBound) * columns.width)
      }
    }
    return rows
  }

  private static func place(
    _ values: [[Double]], _ rules: [Int]?, count: Int, _ columns: ModelColumns, _ placer: Placer
  ) -> Placer.Placed {
    let parts = Chunks(rowCount: count).parallelMap { range in
      var placed = Placer.Placed()
      placer.place(
        rows(values, range, columns), count: range.count, ruleOf: rules.map { Array($0[range]) },
        into: &placed)
      return placed
    }
    return Placer.Placed(
      segments: parts.flatMap(\.segments), distances: parts.flatMap(\.distances))
  }

  /// Nil where the model knows no orders.
  private func orderMoves(
    _ model: StudyModel, _ columns: ModelColumns, _ placer: Placer, _ population: Population,
    _ values: [[Double]]
  ) throws -> OrderMoves? {
    guard model.rfm != nil, let (history, rfm, _) = population.purchases,
      let lifecycle = population.lifecycle
    else { return nil }
    guard options.rfm.window == nil else {
      throw SegueError.usage(
        Diagnostic(
          "assign.moves", "what would move customers is not told where only a window of days counts",
          hint: "leave --moves out"))
    }
    return OrderMoves(model, columns, placer, history, rfm, options.rfm, lifecycle, values: values)
  }
}
