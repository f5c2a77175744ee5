internal import SegueCore

extension SourceInspection {
  /// What is known of a file, in the form people and scripts see.
  init(_ source: ResolvedSource, grain: OrderGrain?, findings: [String]) {
    let file = source.file
    path = file.path
    dialect = Dialect(source)
    rowCount = file.rowCount
    kind = source.kind
    confidence = source.recognition.confidence
    certainty = Certainty(confidence: confidence)
    reasons = source.recognition.reasons
    self.grain = grain
    columns = file.headers.indices.map { Column(source, $0) }
    questions = source.questions().map { Question(code: $0.code, message: $0.message, hint: $0.hint) }
    self.findings = findings
    quality = questions.contains { $0.code == "ingest.header" } ? [] : source.quality
    guesses = questions.isEmpty ? source.guesses : []
    let other: TableKind = kind == .customers ? .orders : .customers
    flag = FlagText(file.path).kind(other)
    if let missing = source.recognition.missing.first { flag = FlagText(file.path).column(missing, nil) }
  }
}

extension SourceInspection.Column {
  fileprivate init(_ source: ResolvedSource, _ index: Int) {
    let file = source.file
    let survey = file.surveys[index]
    let assignment = source.recognition.assignment
    header = file.headers[index]
    position = index + 1
    role = assignment.roles[index]
    confidence = (assignment.confidence[index] * 100).rounded() / 100
    let isPlayed = role != .attribute && role != .ignored
    certainty = isPlayed ? Certainty(confidence: confidence) : nil
    rivals = isPlayed ? (assignment.rivals[role] ?? []).map { file.headers[$0] } : []
    flag = isPlayed && confidence < 1 && !role.isPersonal ? FlagText(file.path).column(role, nil) : nil
    type = source.type(index)
    isPersonal = AttributeTyping.isPersonal(header, survey, role: role)
    let first = survey.samples.first ?? ""
    sample = isPersonal ? SourceInspection.Column.shape(first) : first
    emptyCount = survey.empty
    distinctCount = survey.distinct.count
    numbers = type == .number && !isPersonal ? SourceInspection.Numbers(source.spread(index)) : nil
    days = source.days(index).map { .init(first: $0.lowerBound.description, last: $0.upperBound.description) }
  }

  /// `ann@example.com` as `•••@•••••••.•••`: enough to see what it is, not whose.
  private static func shape(_ text: String) -> String {
    String(text.prefix(16).map { $0.isLetter || $0.isNumber ? "•" : $0 }) + (text.count > 16 ? "…" : "")
  }
}

extension SourceInspection.Numbers {
  fileprivate init?(_ spread: NumberSpread) {
    guard let lower = spread.quantile(0.25), let middle = spread.quantile(0.5),
      let upper = spread.quantile(0.75)
    else { return nil }
    self.init(
      minimum: spread.minimum, lowerQuartile: lower, median: middle, upperQuartile: upper,
      maximum: spread.maximum)
  }
}

extension SourceInspection.Dialect {
  fileprivate init(_ source: ResolvedSource) {
    let file = source.file
    delimiter = Setting(file.dialect.delimiterName, file.dialect.delimiterOrigin)
    quote = Setting("\"", .default)
    encoding = Setting(file.encoding.rawValue, .detected)
    let money = source.numericColumns.first { file.surveys[$0].numbers.decimalMark != nil }
    let any = money ?? file.headers.indices.first { file.surveys[$0].numbers.decimalMark != nil }
    let mark = any.map(source.decimalMark) ?? source.decimalMark(0)
    decimalMark = Setting(mark.value == 0x2C ? "," : ".", mark.origin)
    dateFormat = source.column(.time).flatMap(source.dateFormat)
  }
}

extension ResolvedSource {
  /// Ids are ids, even where they are numbers or repeat.
  func type(_ column: Int) -> CustomerTable.AttributeType {
    let role = recognition.assignment.roles[column]
    let type = AttributeTyping.type(file.headers[column], file.surveys[column], role: role)
    return type != .pii && [.customer, .orderID, .session].contains(role) ? .identifier : type
  }

  func spread(_ column: Int) -> NumberSpread {
    file.surveys[column].numbers.spread(decimalMark: decimalMark(column).value)
  }

  /// `25%`, or `under 0.1%` where rounding would say none.
  static func share(_ count: Int, of all: Int) -> String {
    let share = Double(count) / Double(max(1, all))
    return share < 0.001 ? "under 0.1%" : NumberText.percent(share)
  }

  /// First and last day of a column of dates.
  func days(_ column: Int) -> ClosedRange<CalendarDay>? {
    guard recognition.assignment.roles[column] == .time || type(column) == .date,
      let order = dateOrder(column)
    else { return nil }
    return file.surveys[column].dates.days(order.value)
  }

  /// Sentences about what is remarkable in the way a file is read, for `inspect`.
  func findings(_ scan: OrderScan?) -> [String] {
    var findings = file.findings
    if file.raggedCount > 0 {
      findings.append(
        "\(NumberText.count(file.raggedCount, "row")) \(file.raggedCount == 1 ? "has" : "have") another number of fields "
          + "than the header")
    }
    if let customer = column(.customer), file.rowCount > 0 {
      let empty = file.surveys[customer].empty
      if empty > 0 {
        let share = ResolvedSource.share(empty, of: file.rowCount)
        findings.append(
          "\(NumberText.count(empty, "row")) (\(share)) \(empty == 1 ? "names" : "name") no customer")
      }
    }
    if let scan { findings += scan.findings }
    if kind == .customers { findings += attributeFindings }
    return findings
  }

  private var attributeFindings: [String] {
    file.headers.indices.compactMap { column in
      let survey = file.surveys[column]
      if survey.emailShare > 0.98, recognition.assignment.roles[column] != .customer,
        survey.distinct.count < survey.distinct.seen
      {
        let repeated = NumberText.integer(survey.distinct.seen - survey.distinct.count)
        return
          "\(survey.distinct.isFull ? "at least " : "")\(repeated) rows repeat an address of \"\(file.headers[column])\": "
          + "where ids differ, --merge-customers email counts them as one customer"
      }
      if survey.dateShare >= 0.95, survey.numberShare < 0.5, dateOrder(column) == nil {
        return
          "dates such as \"\(survey.dates.example ?? "")\" in \"\(file.headers[column])\" read two ways and are left out: "
          + "say which with --date-order dayFirst or --date-order monthFirst"
      }
      if survey.numbers.isUndecided, survey.numberShare > 0.95, options.decimalMark == .auto {
        return
          "numbers such as \"\(survey.numbers.example ?? "")\" in \"\(file.headers[column])\" are read with a decimal point: "
          + "if thousands are meant, say --decimal \",\""
      }
      return nil
    }
  }
}

extension OrderScan {
  fileprivate var findings: [String] {
    var findings: [String] = []
    if duplicateCount > 0 {
      findings.append("\(NumberText.integer(duplicateCount)) rows repeat an earlier row exactly")
    }
    if currencies.count > 1 {
      let list = currencies.map { "\($0.code.text) (\(NumberText.count($0.rows, "row")))" }.joined(
        separator: ", ")
      findings.append("several currencies: \(list); choose one: --currency \(currencies[0].code.text)")
    }
    if repeatsTotals { findings.append("each line repeats the total of its order, which is counted once") }
    if hasCancellationIDs { findings.append("ids of a C before digits are read as cancellations") }
    if repeatedOrderCount > 0 {
      findings.append("\(NumberText.integer(repeatedOrderCount)) order ids stand on several differing rows")
    }
    return findings
  }
}
