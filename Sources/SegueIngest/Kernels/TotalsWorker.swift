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
      unsafe parseRows(base, &start, &tally, &days)
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
  @inline(__always)
  private func parseRows(
    _ base: UnsafePointer<UInt8>, _ start: inout Int, _ tally: inout TotalsTally, _ days: inout FastDays
  ) {
    let separators = unsafe index.separators
    let rowEnds = unsafe index.rowEnds
    let width = plan.width
    let (customer, time, amount, order) = (plan.customer, plan.time, plan.amount, plan.order)
    let last = width - 1
    let dropsReturns = plan.newline == 10
    let decimal = plan.numbers.decimal
    let hasQuotes = index.hasQuotes
    var first = 0
    var rowStart = start
    var local = tally
    for row in 0..<Int(index.rowCount) {
      let end = unsafe Int(rowEnds[row])
      let lineEnd = unsafe Int(separators[end - 1])
      guard end - first == width else {
        let isBlank =
          unsafe end - first == 1
          && (lineEnd == rowStart || (lineEnd == rowStart + 1 && base[rowStart] == 13))
        if !isBlank {
          local.isBeyond = true
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
        if unsafe dropsReturns && column == last && to > from && base[to - 1] == 13 { to -= 1 }
        if unsafe to - from >= 2 && base[from] == 0x22 && base[to - 1] == 0x22 {
          from += 1
          to -= 1
        }
        return TextRange(start: from, end: to)
      }
      local.rows &+= 1
      let id = field(order)
      let key = unsafe ShortKey(base + id.start, min(id.count, ShortKey.longest))
      if unsafe id.isEmpty || id.count > ShortKey.longest || isDecorated(base, id, key, hasQuotes)
        || base[id.start] == 0x43
      {
        local.isBeyond = true
        break
      }
      local.takesID(key)
      let timeField = field(time)
      guard let day = unsafe days.read(base + timeField.start, timeField.count) ?? slowDay(base, timeField)
      else {
        local.isBeyond = true
        break
      }
      let amountField = field(amount)
      guard
        let money = unsafe fastAmount(base + amountField.start, amountField.count, decimal: decimal)
          ?? slowAmount(base, amountField, &local)
      else {
        local.isBeyond = true
        break
      }
      unsafe take(base, field(customer), day, money, hasQuotes, &local)
      first = end
      rowStart = lineEnd + 1
    }
    tally = local
    start = rowStart
  }

  /// Writes the row's record and counts it.
  @inline(__always)
  private func take(
    _ base: UnsafePointer<UInt8>, _ customer: TextRange, _ day: Int32, _ money: Int64, _ hasQuotes: Bool,
    _ tally: inout TotalsTally
  ) {
    tally.moneyIn &+= money
    let (sum, overflow) = tally.magnitude.addingReportingOverflow(money.magnitude)
    tally.magnitude = sum
    if overflow { tally.overflows = true }
    var key = unsafe ShortKey(base + customer.start, min(customer.count, ShortKey.longest))
    var note: UInt32 = 0
    let isUsual =
      unsafe !customer.isEmpty && customer.count <= ShortKey.longest
      && !isDecorated(base, customer, key, hasQuotes) && (customer.count > 4 || !key.mayBeNull)
    if !isUsual {
      guard let (other, place) = unsafe slowKey(base, customer) else {
        tally.anonymousRows &+= 1
        tally.anonymousMoney &+= money
        return
      }
      key = other
      note = place
    }
    tally.used &+= 1
    tally.moneyUsed &+= money
    if money > 0 {
      tally.takesDay(day)
    } else if money == 0 {
      tally.zeroOrders &+= 1
      tally.takesDay(day)
    } else {
      if !plan.keepsRefunds { tally.isBeyond = true }
      tally.refundRows &+= 1
      tally.refundMoney &+= money
      note |= TotalsRecord.refundBit
    }
    records.append(key, money, day, note)
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
