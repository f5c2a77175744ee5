internal import SegueCore

extension SourceInspection {
  /// What is known of a file, in the form people and scripts see.
  init(_ source: ResolvedSource, grain: OrderGrain?, findings: [String]) {
    let file = source.file
    let assignment = source.recognition.assignment
    path = file.path
    dialect = Dialect(source)
    rowCount = file.rowCount
    kind = source.kind
    confidence = source.recognition.confidence
    reasons = source.recognition.reasons
    self.grain = grain
    columns = file.headers.indices.map { index in
      let survey = file.surveys[index]
      let role = assignment.roles[index]
      return Column(
        header: file.headers[index], position: index + 1, role: role,
        confidence: (assignment.confidence[index] * 100).rounded() / 100,
        type: AttributeTyping.type(file.headers[index], survey, role: role),
        sample: survey.samples.first ?? "",
        emptyCount: survey.empty, distinctCount: survey.distinct.count,
        isPersonal: AttributeTyping.isPersonal(file.headers[index], survey, role: role))
    }
    self.findings = findings
    let other: TableKind = kind == .customers ? .orders : .customers
    flag = "--kind \(ColumnOverrides.lastComponent(file.path))=\(other.rawValue)"
    if let missing = source.recognition.missing.first { flag = "--column \(missing.rawValue)=HEADER" }
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
  /// Sentences about what is remarkable or wrong, for `inspect`.
  func findings(_ scan: OrderScan?) -> [String] {
    var findings = file.findings
    if file.raggedCount > 0 {
      findings.append(
        "\(NumberText.integer(file.raggedCount)) rows have another number of fields than the header")
    }
    findings += blockers().map { $0.message + ($0.hint.map { ": " + $0 } ?? "") }
    if let customer = column(.customer), file.rowCount > 0 {
      let empty = file.surveys[customer].empty
      if empty > 0 {
        let share = NumberText.percent(Double(empty) / Double(file.rowCount))
        findings.append("\(NumberText.integer(empty)) rows (\(share)) name no customer")
      }
    }
    if let scan { findings += scan.findings }
    if kind == .customers { findings += attributeFindings }
    return findings
  }

  private var attributeFindings: [String] {
    file.headers.indices.compactMap { column in
      let survey = file.surveys[column]
      if survey.distinct.count == 1, file.rowCount > 1, survey.empty == 0 {
        return "\"\(file.headers[column])\" is the same on every row"
      }
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
