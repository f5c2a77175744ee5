/// What one pass over a column's cells finds out; no cell is kept but a few samples.
struct ColumnSurvey {
  var cells = 0
  var empty = 0
  var totalLength = 0
  var numbers = NumberSurvey()
  var dates = DateSurvey()
  var emails = 0
  var addresses = 0
  var withLetters = 0
  var currencyCodes = 0
  /// Ids of digits only, and of a `C` before digits: cancellation invoices.
  var digitIDs = 0
  var cancellationIDs = 0
  var distinct = DistinctCounter()
  /// The first distinct values, at most twelve.
  var samples: [String] = []

  var filled: Int { cells - empty }
  var numberShare: Double { share(numbers.count) }
  var dateShare: Double { isSerial ? 1 : share(dates.count) }
  /// Every value could be a day as spreadsheets count them; whether it is one, the header says.
  var isSerial: Bool { filled > 0 && dates.serial == filled }
  var emailShare: Double { share(emails) }
  /// Distinct values per value, 1 where no value repeats; measured before the counter is full.
  var uniqueness: Double { distinct.seen == 0 ? 0 : Double(distinct.count) / Double(distinct.seen) }

  private func share(_ count: Int) -> Double { filled == 0 ? 0 : Double(count) / Double(filled) }

  /// Takes the next cell, blanks trimmed.
  ///
  /// - Complexity: O(length), amortised.
  @inline(__always)
  mutating func take(_ cell: Span<UInt8>) {
    cells += 1
    if cell.isEmpty {
      empty += 1
      return
    }
    totalLength += cell.count
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    var digits = 0
    var letters = 0
    var ats = 0
    for index in cell.indices {
      let byte = cell[index]
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
      if ByteText.isDigit(byte) { digits += 1 } else if ByteText.isLetter(byte) { letters += 1 }
      if byte == 0x40 { ats += 1 }
    }
    if distinct.insert(hash), samples.count < 12 { samples.append(ByteText.sample(cell)) }
    if letters > 0 { withLetters += 1 }
    if letters == 0 || digits > 0 { takeNumberOrDate(cell, digits) }
    if ats == 1 { takeAddress(cell) }
    if letters == 3, cell.count == 3 { currencyCodes += 1 }
    if digits == cell.count {
      digitIDs += 1
    } else if digits > 0, letters == 1, digits + 1 == cell.count, cell[0] == 0x43 {
      cancellationIDs += 1
    }
  }

  private mutating func takeNumberOrDate(_ cell: Span<UInt8>, _ digits: Int) {
    guard digits > 0 else { return }
    if let (shape, core) = NumberShape.describe(cell) {
      numbers.take(shape, core, cell)
      if let integer = DateReader.integer(cell) {
        dates.take(integer.value, integer.digits)
      } else if SerialDate.seconds(cell) != nil {
        dates.serial += 1
      }
      return
    }
    if let parts = DateParts(cell) {
      dates.take(parts, cell)
    } else if digits >= 4, digits < 13 {
      takeIP(cell)
    }
  }

  /// Four numbers with points between.
  private mutating func takeIP(_ cell: Span<UInt8>) {
    var points = 0
    for index in cell.indices {
      if cell[index] == 0x2E { points += 1 } else if !ByteText.isDigit(cell[index]) { return }
    }
    if points == 3 { addresses += 1 }
  }

  private mutating func takeAddress(_ cell: Span<UInt8>) {
    var at = -1
    for index in cell.indices {
      if cell[index] == 0x40 { at = index }
      if cell[index] == 0x20 { return }
      if cell[index] == 0x2E, at > 0, index > at + 1, index + 1 < cell.count {
        emails += 1
        return
      }
    }
  }
}

/// Which decimal mark a column's numbers speak for.
struct NumberSurvey {
  var plain = 0
  var point = 0
  var comma = 0
  var either = 0
  var negative = 0
  var withCurrency = 0
  /// A value that reads two ways.
  var example: String?

  var count: Int { plain + point + comma + either }

  mutating func take(_ shape: NumberShape, _ core: NumberCore, _ cell: Span<UInt8>) {
    switch shape {
    case .none: return
    case .plain: plain += 1
    case .point: point += 1
    case .comma: comma += 1
    case .either:
      either += 1
      if example == nil { example = ByteText.sample(cell) }
    }
    if core.isNegative { negative += 1 }
    if !core.currency.isNone { withCurrency += 1 }
  }

  /// The mark the values prove, nil if they prove none.
  var decimalMark: IngestOptions.DecimalMark? {
    if point == 0, comma == 0 { return nil }
    return point >= comma ? .point : .comma
  }

  /// Values read two ways and nothing in the column says which.
  var isUndecided: Bool { either > 0 && point == 0 && comma == 0 }
}

/// Which form of date a column's cells have.
struct DateSurvey {
  var yearFirst = 0
  var named = 0
  var numeric = 0
  var firstOver12 = 0
  var secondOver12 = 0
  /// Both numbers could be the month, and it matters which is.
  var open = 0
  var example: String?
  var compact = 0
  var epoch = 0
  var epochUnit: EpochUnit?
  var serial = 0
  var zoned = 0
  var timed = 0
  var twoDigitYears = 0
  var separator: UInt8 = 0x2D

  /// Values in the leading form and forms that go with it; whole numbers count only if they are all there is.
  var count: Int {
    let written = yearFirst + named + numeric
    return written > 0 ? written : max(compact, epoch)
  }

  mutating func take(_ parts: DateParts, _ cell: Span<UInt8>) {
    separator = parts.separator
    if parts.zoneOffset != nil { zoned += 1 }
    if parts.hasTime { timed += 1 }
    if !parts.hasCentury { twoDigitYears += 1 }
    switch parts.layout {
    case .yearFirst: yearFirst += 1
    case .named: named += 1
    case .numeric:
      numeric += 1
      if parts.first > 12 { firstOver12 += 1 }
      if parts.second > 12 { secondOver12 += 1 }
      if parts.first <= 12, parts.second <= 12, parts.first != parts.second {
        open += 1
        if example == nil { example = ByteText.sample(cell) }
      }
    }
  }

  mutating func take(_ value: Int64, _ digits: Int) {
    if digits == 8 {
      if DateReader.compactDay(value) != nil { compact += 1 }
    } else if let unit = EpochUnit(digits: digits) {
      epoch += 1
      epochUnit = unit
    }
  }

  /// The order the column proves; `.auto` if it needs none; nil if it is open.
  var order: IngestOptions.DateOrder? {
    if firstOver12 > 0 || secondOver12 > 0 { return firstOver12 >= secondOver12 ? .dayFirst : .monthFirst }
    return open > 0 ? nil : .auto
  }

  /// For people: `DD/MM/YYYY`.
  func format(_ order: IngestOptions.DateOrder) -> String {
    let mark = String(Unicode.Scalar(separator))
    let year = twoDigitYears > 0 ? "YY" : "YYYY"
    if numeric > 0 {
      switch order {
      case .monthFirst: return ["MM", "DD", year].joined(separator: mark)
      case .yearFirst: return [year, "MM", "DD"].joined(separator: mark)
      case .dayFirst, .auto: return ["DD", "MM", year].joined(separator: mark)
      }
    }
    if yearFirst > 0 { return ["YYYY", "MM", "DD"].joined(separator: mark) }
    if named > 0 { return "D Mon YYYY" }
    if epoch > compact { return epochUnit?.name ?? "epoch seconds" }
    return "YYYYMMDD"
  }
}

/// Counts distinct hashes up to a cap, then stops looking.
struct DistinctCounter {
  private var slots: [UInt64] = []
  private(set) var count = 0
  /// Values looked at before the counter was full.
  private(set) var seen = 0

  var isFull: Bool { count >= SourceInspection.Column.distinctCap }

  /// Whether the hash is new.
  @inline(__always)
  mutating func insert(_ raw: UInt64) -> Bool {
    if isFull { return false }
    seen += 1
    if (count + 1) * 2 > slots.count { grow() }
    let mixed = (raw ^ (raw &>> 32)) &* 0x9E37_79B9_7F4A_7C15
    let hash = mixed == 0 ? 1 : mixed
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash &>> 20) & mask
    while slots[slot] != 0 {
      if slots[slot] == hash { return false }
      slot = (slot + 1) & mask
    }
    slots[slot] = hash
    count += 1
    return true
  }

  private mutating func grow() {
    let old = slots
    slots = [UInt64](repeating: 0, count: max(16, old.count * 2))
    let mask = slots.count - 1
    for hash in old where hash != 0 {
      var slot = Int(truncatingIfNeeded: hash &>> 20) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = hash
    }
  }
}
