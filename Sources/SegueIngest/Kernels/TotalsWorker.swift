internal import SegueCore

/// Parses pieces of a table into records, one piece at a time.
@safe final class TotalsWorker: @unchecked Sendable {
  let records = TotalsRecords()
  private let plan: TotalsPlan
  private var index: SeparatorIndex
  private var numbers: NumberReader
  private var dates: DateReader

  init(_ plan: TotalsPlan) {
    self.plan = plan
    index = SeparatorIndex(delimiter: plan.delimiter, newline: plan.newline)
    numbers = plan.numbers
    dates = plan.dates
  }

  /// Parses all rows of a piece.
  ///
  /// - Returns: what they add up to, and where the last whole row ends in the round.
  func parse(_ round: RoundText, _ number: Int) -> (tally: TotalsTally, end: Int) {
    let piece = round.pieces[number]
    let isEnd = round.isLast && number == round.pieces.count - 1
    let size = piece.bytes.count + (isEnd ? 1 : 0)
    let base = unsafe UnsafePointer(round.text + piece.bytes.lowerBound)
    var tally = TotalsTally()
    var days = FastDays(allowsTime: plan.timesAreLocal)
    var start = 0
    index.reset()
    for from in stride(from: 0, to: size, by: SeparatorIndex.window) {
      unsafe index.scan(base, from: from, to: min(size, from + SeparatorIndex.window))
      if index.hasStrayQuotes { tally.isBeyond = true }
      if tally.isBeyond { return (tally, 0) }
      if index.hasQuotes {
        unsafe parseRows(base, &start, &tally, &days, quoted: true)
      } else {
        unsafe parseRows(base, &start, &tally, &days, quoted: false)
      }
    }
    if round.hasHighBytes, unsafe !isUTF8(UnsafeBufferPointer(start: base, count: start)) {
      tally.isBeyond = true
    }
    if isEnd, index.isInsideQuotes { tally.isBeyond = true }
    return (tally, min(piece.bytes.lowerBound + start, piece.bytes.upperBound))
  }

  private func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    unsafe (try? UTF8Span(validating: bytes.span)) != nil
  }

  /// Parses the rows that the last window completed.
  ///
  /// - Parameter quoted: there may be quotes; a constant where this is called, so that the usual case has no code for
  ///   them.
  @inline(__always)
  private func parseRows(
    _ base: UnsafePointer<UInt8>, _ start: inout Int, _ tally: inout TotalsTally, _ days: inout FastDays,
    quoted: Bool
  ) {
    let separators = unsafe index.separators
    let rowEnds = unsafe index.rowEnds
    let width = plan.width
    let (customer, time, amount, order) = (plan.customer, plan.time, plan.amount, plan.order)
    let lastColumn = plan.newline == 10 ? width - 1 : -1
    let decimal = plan.decimal
    var first = 0
    var rowStart = start
    // What most rows add to is kept apart from what few do.
    var (rows, money, magnitude) = (0, Int64(0), UInt64(0))
    for row in 0..<Int(index.rowCount) {
      let end = unsafe Int(rowEnds[row])
      let lineEnd = unsafe Int(separators[end - 1])
      guard end - first == width else {
        guard unsafe end - first == 1 && isBlank(base, rowStart, lineEnd) else {
          tally.isBeyond = true
          break
        }
        first = end
        rowStart = lineEnd + 1
        continue
      }
      @inline(__always)
      func field(_ column: Int) -> TextRange {
        var from = unsafe column == 0 ? rowStart : Int(separators[first + column - 1]) + 1
        var to = unsafe Int(separators[first + column])
        if unsafe column == lastColumn && to > from && base[to - 1] == 13 { to -= 1 }
        if unsafe quoted && to - from >= 2 && base[from] == 0x22 && base[to - 1] == 0x22 {
          from += 1
          to -= 1
        }
        return TextRange(start: from, end: to)
      }
      let id = field(order)
      let idKey = unsafe ShortKey(base + id.start, min(id.count, ShortKey.longest))
      let timeField = field(time)
      let amountField = field(amount)
      guard unsafe !id.isEmpty && id.count <= ShortKey.longest && !isDecorated(base, id, idKey, quoted),
        unsafe base[id.start] != 0x43,
        let day = unsafe days.read(base + timeField.start, timeField.count) ?? slowDay(base, timeField),
        let value = unsafe fastAmount(base + amountField.start, amountField.count, decimal: decimal)
          ?? slowAmount(base, amountField, &tally)
      else {
        tally.isBeyond = true
        break
      }
      tally.takesID(idKey)
      rows &+= 1
      let (sum, overflow) = magnitude.addingReportingOverflow(value.magnitude)
      money &+= value
      magnitude = sum
      if overflow { tally.overflows = true }
      let who = field(customer)
      var key = unsafe ShortKey(base + who.start, min(who.count, ShortKey.longest))
      var note: UInt32 = 0
      let isUsual =
        unsafe !who.isEmpty && who.count <= ShortKey.longest && !isDecorated(base, who, key, quoted)
        && (who.count > 9 || !key.mayNameNobody)
      first = end
      rowStart = lineEnd + 1
      if !isUsual {
        guard let (other, place) = unsafe slowKey(base, who) else {
          tally.anonymousRows &+= 1
          tally.anonymousMoney &+= value
          continue
        }
        key = other
        note = place
      }
      if value > 0 {
        tally.takesDay(day)
      } else {
        takeUnusual(value, day, &note, &tally)
      }
      records.append(key, value, day, note)
    }
    tally.rows &+= rows
    tally.moneyIn &+= money
    let (sum, overflow) = tally.magnitude.addingReportingOverflow(magnitude)
    tally.magnitude = sum
    if overflow { tally.overflows = true }
    start = rowStart
  }

  /// An order of nothing, or money given back.
  private func takeUnusual(
    _ money: Int64, _ day: Int32, _ note: inout UInt32, _ tally: inout TotalsTally
  ) {
    if money == 0 {
      tally.zeroOrders &+= 1
      tally.takesDay(day)
    } else {
      if !plan.keepsRefunds { tally.isBeyond = true }
      tally.refundRows &+= 1
      tally.refundMoney &+= money
      note |= TotalsRecord.refundBit
    }
  }

  private func isBlank(_ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    unsafe end == start || (end == start + 1 && base[start] == 13)
  }

  /// Whether a text has something around or in it that its reader takes off: blanks, quotes, `.0`.
  @inline(__always)
  private func isDecorated(
    _ base: UnsafePointer<UInt8>, _ field: TextRange, _ key: ShortKey, _ hasQuotes: Bool
  ) -> Bool {
    let (first, last) = unsafe (base[field.start], base[field.end - 1])
    if first <= 0x22 || first >= 0x80 || last <= 0x22 || last >= 0x80 { return true }
    if unsafe last == 48 && field.count > 2 && base[field.end - 2] == 0x2E { return true }
    return hasQuotes && key.contains(0x22)
  }

  // MARK: Whatever is not of the usual shape

  private func slowDay(_ base: UnsafePointer<UInt8>, _ field: TextRange) -> Int32? {
    unsafe withField(base, field) { text in
      dates.read(text.extracting(ByteText.trim(text))).map { LocalTime(seconds: $0).day.daysSinceEpoch }
    }
  }

  private func slowAmount(_ base: UnsafePointer<UInt8>, _ field: TextRange, _ tally: inout TotalsTally)
    -> Int64?
  {
    unsafe withField(base, field) { text in
      var currency = CurrencyCode.none
      let reading = numbers.read(text.extracting(ByteText.trim(text)), currency: &currency)
      guard case .value(let value, let isRounded) = reading, currency.isNone else { return nil }
      if isRounded { tally.rounded += 1 }
      return value
    }
  }

  /// Any customer id, and where its text was kept if it is long; nil if it names nobody.
  private func slowKey(_ base: UnsafePointer<UInt8>, _ field: TextRange) -> (ShortKey, UInt32)? {
    unsafe withField(base, field) { text in
      let trimmed = text.extracting(ByteText.trim(text))
      let id = trimmed.extracting(CustomerKey.range(trimmed))
      if id.isEmpty { return nil }
      guard id.count <= ShortKey.longest else {
        let print = Fingerprint(id)
        let key = ShortKey(low: print.first, high: print.second | TotalsRecord.longMark)
        return (key, records.appendText(id))
      }
      var padded = [UInt8](repeating: 0, count: 16)
      for place in id.indices { padded[place] = id[place] }
      return unsafe padded.withUnsafeBufferPointer { (unsafe ShortKey($0.baseAddress!, id.count), 0) }
    }
  }

  /// Calls `body` with a field's text, doubled quotes made single.
  private func withField<R>(_ base: UnsafePointer<UInt8>, _ field: TextRange, _ body: (Span<UInt8>) -> R) -> R
  {
    let bytes = unsafe UnsafeBufferPointer(start: base + field.start, count: field.count)
    let isQuoted = unsafe field.start > 0 && base[field.start - 1] == 0x22
    guard isQuoted, unsafe bytes.contains(0x22) else { return unsafe body(bytes.span) }
    var plain: [UInt8] = []
    var skips = false
    for place in 0..<field.count {
      let byte = unsafe bytes[place]
      if byte == 0x22, skips {
        skips = false
        continue
      }
      skips = byte == 0x22
      plain.append(byte)
    }
    return body(plain.span)
  }
}

/// Where a field stands in its piece.
struct TextRange {
  var start: Int
  var end: Int

  var count: Int { end - start }
  var isEmpty: Bool { start >= end }
}
