internal import SegueCore

/// What an analyst would want to know of the data before using it.
extension ResolvedSource {
  var quality: [SourceInspection.Finding] {
    let columns = file.headers.indices
    let grouped = [emptyColumns, constantColumns].compactMap { $0 }
    let each = columns.flatMap { column in
      [mixedTypes, nullWords, impossibleDates, placeholderDates, outliers, spellings].compactMap {
        $0(column)
      }
    }
    return grouped + [repeatedCustomers].compactMap { $0 } + each + [personal].compactMap { $0 }
  }

  private func header(_ column: Int) -> String { "\"\(file.headers[column])\"" }

  private func survey(_ column: Int) -> ColumnSurvey { file.surveys[column] }

  private func role(_ column: Int) -> ColumnRole { recognition.assignment.roles[column] }

  // MARK: Columns that say nothing

  private var emptyColumns: SourceInspection.Finding? {
    let columns = file.headers.indices.filter { survey($0).filled == 0 && file.rowCount > 0 }
    return list(.emptyColumns, columns, "is empty", "are empty")
  }

  private var constantColumns: SourceInspection.Finding? {
    guard file.rowCount > 1 else { return nil }
    let columns = file.headers.indices.filter {
      // one currency is as it should be
      survey($0).distinct.count == 1 && survey($0).empty == 0 && role($0) != .currency
    }
    return list(
      .constantColumns, columns, "has the same value on every row", "have the same value on every row")
  }

  private func list(
    _ kind: SourceInspection.Finding.Kind, _ columns: [Int], _ one: String, _ several: String
  ) -> SourceInspection.Finding? {
    guard let first = columns.first else { return nil }
    let names = columns.map { file.headers[$0] }
    let text =
      columns.count == 1
      ? "\(header(first)) \(one)" : "\(columns.count) columns \(several): \(names.joined(separator: ", "))"
    return .init(kind, names, count: columns.count, text)
  }

  private var personal: SourceInspection.Finding? {
    let names = file.headers.indices.filter {
      AttributeTyping.isPersonal(file.headers[$0], survey($0), role: role($0))
    }.map { file.headers[$0] }
    guard !names.isEmpty else { return nil }
    return .init(
      .personal, names, count: names.count,
      "personal data, of which only the shape is shown: \(names.joined(separator: ", "))")
  }

  private var repeatedCustomers: SourceInspection.Finding? {
    guard kind == .customers, questions().isEmpty, let column = column(.customer),
      !survey(column).distinct.isFull
    else {
      return nil
    }
    let repeated = survey(column).filled - survey(column).distinct.count
    guard repeated > 0 else { return nil }
    return .init(
      .repeatedCustomers, [file.headers[column]], count: repeated,
      "\(NumberText.count(repeated, "row")) about a customer who has another; the fullest counts")
  }

  // MARK: Cells that do not go with their column

  private static let numericRoles: Set<ColumnRole> = [
    .amount, .quantity, .unitPrice, .refund, .discount, .score, .scale,
  ]

  private func isNumeric(_ column: Int) -> Bool {
    ResolvedSource.numericRoles.contains(role(column)) || type(column) == .number
  }

  private func isDate(_ column: Int) -> Bool { role(column) == .time || type(column) == .date }

  private func mixedTypes(_ column: Int) -> SourceInspection.Finding? {
    let survey = survey(column)
    let filled = survey.filled - survey.nulls
    let isDate = isDate(column)
    guard isDate || isNumeric(column), role(column) != .customer, role(column) != .orderID else { return nil }
    let fitting = isDate ? survey.dates.count : survey.numbers.count
    let odd = filled - fitting
    guard odd > 0, fitting > odd else { return nil }
    let example =
      isDate ? survey.textExample ?? survey.numbers.first : survey.textExample ?? survey.dates.first
    let share = ResolvedSource.share(odd, of: filled)
    return .init(
      .mixedTypes, [file.headers[column]], count: odd,
      "\(NumberText.count(odd, "cell")) of \(header(column)) (\(share)) \(odd == 1 ? "is" : "are") no "
        + (isDate ? "date" : "number") + (odd == 1 ? "" : "s") + (example.map { ", such as \"\($0)\"" } ?? "")
    )
  }

  private func nullWords(_ column: Int) -> SourceInspection.Finding? {
    let nulls = survey(column).nulls
    guard nulls > 0 else { return nil }
    return .init(
      .nullWords, [file.headers[column]], count: nulls,
      "\(NumberText.count(nulls, "cell")) of \(header(column)) \(nulls == 1 ? "says" : "say") NULL, NaN or N/A"
    )
  }

  private func spellings(_ column: Int) -> SourceInspection.Finding? {
    let survey = survey(column)
    guard survey.distinct.count <= survey.samples.count, !isNumeric(column), !isDate(column) else {
      return nil
    }
    guard !AttributeTyping.isPersonal(file.headers[column], survey, role: role(column)) else { return nil }
    var seen: [String: String] = [:]
    for sample in survey.samples {
      let plain = HeaderSynonyms.normalise(sample)
      guard plain.contains(where: \.isLetter) else { continue }
      if let other = seen[plain] {
        return .init(
          .spellings, [file.headers[column]], count: 2,
          "\"\(other)\" and \"\(sample)\" in \(header(column)) differ in spelling only")
      }
      seen[plain] = sample
    }
    return nil
  }

  // MARK: Dates

  private func impossibleDates(_ column: Int) -> SourceInspection.Finding? {
    let dates = survey(column).dates
    guard isDate(column), dates.impossible > 0 else { return nil }
    return .init(
      .impossibleDates, [file.headers[column]], count: dates.impossible,
      "\(NumberText.count(dates.impossible, "date")) of \(header(column)) \(dates.impossible == 1 ? "is" : "are") in no "
        + "calendar, such as \"\(dates.impossibleExample ?? "")\"")
  }

  private func placeholderDates(_ column: Int) -> SourceInspection.Finding? {
    let count = survey(column).dates.placeholders
    guard isDate(column), count > 0 else { return nil }
    return .init(
      .placeholderDates, [file.headers[column]], count: count,
      "\(NumberText.count(count, "date")) of \(header(column)) \(count == 1 ? "is" : "are") 1900-01-01, 1970-01-01 or the "
        + "end of a millennium, which programs write for an unknown day")
  }

  // MARK: Numbers far from the others

  private func outliers(_ column: Int) -> SourceInspection.Finding? {
    guard isNumeric(column), role(column) != .customer, role(column) != .orderID, type(column) != .identifier
    else { return nil }
    let spread = spread(column)
    guard let found = spread.outliers, found.count > 0 else { return nil }
    guard let lower = spread.quantile(0.25), let upper = spread.quantile(0.75) else { return nil }
    let isBelow = found.above == 0 || (found.below > 0 && lower - spread.minimum > spread.maximum - upper)
    let farthest = isBelow ? spread.minimum : spread.maximum
    return .init(
      .outliers, [file.headers[column]], count: found.count,
      "\(NumberText.count(found.count, "value")) of \(header(column)) \(found.count == 1 ? "lies" : "lie") far out, "
        + "the farthest at \(NumberText.compact(farthest)); half of all lie between \(NumberText.compact(lower)) and "
        + NumberText.compact(upper))
  }
}
