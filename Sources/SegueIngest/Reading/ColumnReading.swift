internal import SegueCore

/// A file whose kind and columns are settled, and how its numbers and dates are to be read.
struct ResolvedSource {
  var file: SourceFile
  var recognition: Recognition
  var options: IngestOptions

  var kind: TableKind { recognition.kind }

  func column(_ role: ColumnRole) -> Int? { recognition.assignment.column(role) }

  /// The decimal mark of a column: the flag's, else what its values prove, else a point.
  func decimalMark(_ column: Int) -> Setting<UInt8> {
    switch options.decimalMark {
    case .point: return Setting(0x2E, .flag)
    case .comma: return Setting(0x2C, .flag)
    case .auto: break
    }
    guard let mark = file.surveys[column].numbers.decimalMark else { return Setting(0x2E, .default) }
    return Setting(mark == .comma ? 0x2C : 0x2E, .detected)
  }

  /// The order of day and month in a column, nil if it is open.
  func dateOrder(_ column: Int) -> Setting<IngestOptions.DateOrder>? {
    if options.dateOrder != .auto { return Setting(options.dateOrder, .flag) }
    return file.surveys[column].dates.order.map { Setting($0, .detected) }
  }

  func dateFormat(_ column: Int) -> Setting<String>? {
    guard let order = dateOrder(column) else { return nil }
    if file.surveys[column].isSerial { return Setting("spreadsheet day numbers", .detected) }
    guard file.surveys[column].dates.count > 0 else { return Setting("YYYY-MM-DD", .default) }
    return Setting(file.surveys[column].dates.format(order.value), order.origin)
  }

  func dateReader(_ column: Int) throws -> DateReader {
    DateReader(
      order: dateOrder(column)?.value ?? .auto,
      isUTC: HeaderSynonyms.normalise(file.headers[column]).hasSuffix("utc"),
      isSerial: file.surveys[column].isSerial,
      zone: try ZoneClock(options.timeZone))
  }

  /// Columns whose decimal mark matters for money or scores.
  var numericColumns: [Int] {
    let money: [ColumnRole] =
      switch kind {
      case .orders:
        (column(.amount) == nil ? [.quantity, .unitPrice] : [.amount]) + [.refund, .discount]
      case .events: [.amount]
      case .feedback: [.score]
      case .customers: []
      }
    return money.compactMap(column)
  }

  /// What cannot be read before someone decides it: each names the candidates and the flag.
  func openQuestions() -> [Diagnostic] {
    var questions: [Diagnostic] = []
    if let time = column(.time), dateOrder(time) == nil, kind != .customers {
      questions.append(openDate(time))
    }
    if options.decimalMark == .auto {
      let proven = numericColumns.contains { file.surveys[$0].numbers.decimalMark != nil }
      for column in numericColumns where file.surveys[column].numbers.isUndecided {
        // a quantity of 1,000 beside prices of 2.55 is no riddle
        if proven, file.surveys[column].numbers.example?.contains(otherMark) == true { continue }
        questions.append(openDecimal(column))
      }
    }
    return questions
  }

  private var otherMark: Character {
    let marks = numericColumns.compactMap { file.surveys[$0].numbers.decimalMark }
    return marks.first == .comma ? "." : ","
  }

  private func openDate(_ column: Int) -> Diagnostic {
    let dates = file.surveys[column].dates
    if dates.mixesOrders {
      return Diagnostic(
        "ingest.dateOrder",
        "column \"\(file.headers[column])\" mixes two orders: in \(NumberText.count(dates.firstOver12, "date")) the day "
          + "stands first, in \(NumberText.count(dates.secondOver12, "date")) the month",
        at: .init(file: file.name),
        hint: "export it with one form of date, 2024-01-31 for instance; no flag can tell which day 03/04 is")
    }
    let example = dates.example ?? ""
    var readings = ""
    let bytes = Array(example.utf8)
    if let parts = DateParts(bytes.span), let first = DateReader.day(parts, .dayFirst),
      let second = DateReader.day(parts, .monthFirst)
    {
      readings = ": \(first.spelled) or \(second.spelled)"
    }
    return Diagnostic(
      "ingest.dateOrder",
      "dates such as \"\(example)\" in column \"\(file.headers[column])\" read two ways\(readings)",
      at: .init(file: file.name), hint: "say which: --date-order dayFirst or --date-order monthFirst")
  }

  private func openDecimal(_ column: Int) -> Diagnostic {
    let example = file.surveys[column].numbers.example ?? ""
    return Diagnostic(
      "ingest.decimal",
      "numbers such as \"\(example)\" in column \"\(file.headers[column])\" read two ways, "
        + "with the mark before decimals or thousands",
      at: .init(file: file.name),
      hint: "say which mark stands before decimals: --decimal \".\" or --decimal \",\"")
  }
}
