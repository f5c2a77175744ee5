import Foundation
import SegueCore
import SegueIngest
import Testing

/// Cells by chance, printed in a way people print them or damaged beyond that: what is printed reads back
/// exactly, and whatever else comes is refused or read within bounds.
///
/// A short look in every run; `SEGUE_FUZZ_SECONDS` shares that time among the tests, from another seed each time.
@Suite("Hostile cells", .serialized)
struct FieldFuzzTests {
  private static let tests = 8.0

  /// Calls `body` with ever new draws until the time is up or, in plain runs, 300 times.
  private func repeatedly(_ body: (inout Cells) throws -> Void) rethrows {
    let seconds = ProcessInfo.processInfo.environment["SEGUE_FUZZ_SECONDS"].flatMap(Double.init)
    let seed = Seed(seconds == nil ? 1 : UInt64.random(in: 1...UInt64.max))
    let clock = ContinuousClock()
    let end = seconds.map { clock.now + .seconds($0 / Self.tests) }
    var round = 0
    while end.map({ clock.now < $0 }) ?? (round < 300) {
      var cells = Cells(seed, round)
      try body(&cells)
      round += 1
      if cells.hasFailed { break }
    }
    if seconds != nil { print("\(round) rounds from seed \(seed)") }
  }

  @Test("an amount in any supported style reads back exactly")
  func amounts() {
    repeatedly { cells in
      for _ in 0..<100 {
        let amount = cells.amount()
        let style = NumberStyle(&cells)
        let text = style.print(amount)
        let expected = style.rounded(amount)
        var currency = CurrencyCode.none
        let bytes = Array(text.utf8)
        let read = NumberReader(decimal: style.decimal).read(bytes.span, currency: &currency)
        cells.expect(read == .value(expected, rounded: false), "\(text) read as \(read), not \(expected)")
        cells.expect(currency == style.currency, "\(text) is in \(currency)")
        let double = NumberReader(decimal: style.decimal).double(bytes.span)
        cells.expect(
          double == Double(Amount(tenThousandths: expected).description), "\(text) read as \(double as Any)")
      }
    }
  }

  @Test("a column's decimal mark decides every number it allows and none that it does not")
  func shapes() {
    repeatedly { cells in
      for _ in 0..<100 {
        let text = cells.damaged(NumberStyle(&cells).print(cells.amount()))
        let shape = NumberShape.of(text.span)
        let point = reading(text, 0x2E)
        let comma = reading(text, 0x2C)
        let hint = "\(String(decoding: text, as: UTF8.self).debugDescription) is \(shape): \(point), \(comma)"
        switch shape {
        case .none: cells.expect(point == .notANumber && comma == .notANumber, hint)
        case .plain: cells.expect(point == comma && point != .notANumber, hint)
        case .point: cells.expect(point != .notANumber && comma == .notANumber, hint)
        case .comma: cells.expect(point == .notANumber && comma != .notANumber, hint)
        case .either: cells.expect(point != .notANumber && comma != .notANumber && point != comma, hint)
        }
        for case .value(let value, _) in [point, comma] {
          cells.expect(value.magnitude < UInt64(Int64.max) / 2, hint)
        }
        if point != .notANumber, let double = NumberReader(decimal: 0x2E).double(text.span) {
          cells.expect(double.isFinite, hint)
        }
      }
    }
  }

  private func reading(_ text: [UInt8], _ decimal: UInt8) -> NumberReader.Reading {
    var currency = CurrencyCode.none
    return NumberReader(decimal: decimal).read(text.span, currency: &currency)
  }

  @Test("a moment in any supported layout reads back to the second")
  func moments() throws {
    try repeatedly { cells in
      for _ in 0..<100 {
        let layout = DateLayout.all[cells.below(DateLayout.all.count)]
        let moment = layout.moment(&cells)
        let text = layout.print(moment, &cells)
        var reader = try DateReader(order: layout.order, isSerial: layout.isSerial)
        let bytes = Array(text.utf8)
        let read = reader.read(bytes.span)
        let found = read.map { Reading.readable($0) }
        cells.expect(
          read == layout.kept(moment), "\(text) (\(layout.name)) read as \(found ?? "nothing")")
      }
    }
  }

  @Test("damaged dates are refused or read as a day that prints and reads the same")
  func damagedDates() throws {
    try repeatedly { cells in
      for _ in 0..<100 {
        let layout = DateLayout.all[cells.below(DateLayout.all.count)]
        let text = cells.damaged(layout.print(layout.moment(&cells), &cells))
        for order in IngestOptions.DateOrder.allCases {
          var reader = try DateReader(order: order, isSerial: layout.isSerial, timeZone: "America/St_Johns")
          guard let read = reader.read(text.span) else { continue }
          let hint = "\(String(decoding: text, as: UTF8.self).debugDescription) read as \(read)"
          let time = LocalTime(seconds: read)
          // a zone may push the first and last year over their ends
          cells.expect((999...10_000).contains(time.day.civil.year), hint)
          let printed = Array(Reading.readable(read).utf8)
          cells.expect(reader.read(printed.span) == read || time.day.civil.year > 9_999, hint)
        }
      }
    }
  }

  @Test("a customer's key lies within its cell and is its own key")
  func customerKeys() {
    let nothing = ["NULL", "null", "NaN", "n/a", "\\N", ""]
    repeatedly { cells in
      for _ in 0..<100 {
        let number = cells.below(1_000_000)
        let seeds = ["\(number)", "\(number).0", "C\(number)", "é\(number)", ".0", nothing[cells.below(6)]]
        let id =
          cells.below(3) == 0 ? cells.damaged(seeds[cells.below(6)]) : Array(seeds[cells.below(6)].utf8)
        let range = CustomerKey.range(id.span)
        guard range.lowerBound >= 0, range.upperBound <= id.count else {
          cells.expect(false, "\(range) in \(id)")
          continue
        }
        let key = Array(id[range])
        cells.expect(CustomerKey.range(key.span) == key.indices, "\(id) and \(key)")
      }
      for text in nothing { cells.expect(CustomerKey.range(Array(text.utf8).span).isEmpty, text) }
      let written = Array("\(cells.below(1_000_000)).0".utf8)
      cells.expect(CustomerKey.range(written.span) == 0..<(written.count - 2), "\(written)")
    }
  }

  @Test("any bytes cut into fields give the same fields in one piece and in many, with any instruction set")
  func soup() {
    defer { InstructionSet.limit(2) }
    repeatedly { cells in
      let bytes = cells.damaged(
        "a,b;c\t\"d \"\"e\"\"\n\",f\r\n\"g,\nh\",|é\r\r\n\"", times: 1 + cells.below(30))
      for delimiter in Array(",;\t| ".utf8) {
        let whole = Records.scalar(bytes, delimiter: delimiter, numbered: true)
        cells.expect(whole.allSatisfy { !$0.isEmpty }, "\(bytes)")
        for (chunk, level) in [(1, 0), (5, 1), (64, 2), (200, 0), (1_000, 1), (.max, 2)] {
          InstructionSet.limit(level)
          let parts = Records.scalar(bytes, delimiter: delimiter, chunk: chunk, numbered: true)
          let pieces = Records.parallel(bytes, delimiter: delimiter, chunk: chunk, numbered: true)
          cells.expect(parts == whole && pieces == whole, "\(delimiter), \(chunk): \(bytes)")
        }
      }
    }
  }

  @Test("a table reads the same in every encoding, with every delimiter and with blanks around its cells")
  func tables() throws {
    try repeatedly { cells in
      guard cells.below(10) == 0 else { return }  // a table is a hundred cells
      let table = Table(&cells)
      let plain = try ingest([table.input(",", .utf8, padding: "")])
      for delimiter in [",", ";", "\t", "|"] {
        for encoding in Table.Encoding.allCases {
          let padding = ["", " ", "\u{A0}", "  "][cells.below(4)]
          let input = table.input(delimiter, encoding, padding: padding)
          let same = try ingest([input])
          let hint = "\(delimiter.debugDescription), \(encoding), \(padding.debugDescription)"
          cells.expect(same.orders?.amount == plain.orders?.amount, hint)
          cells.expect(same.orders?.time == plain.orders?.time, hint)
          cells.expect(same.customerIDs.strings == plain.customerIDs.strings, hint)
          cells.expect(plain.customerIDs.strings == table.customers, hint)
        }
      }
    }
  }

  @Test("a header is known by its letters and digits, whatever stands between them")
  func headers() throws {
    try repeatedly { cells in
      guard cells.below(10) == 0 else { return }
      let marks = ["_", " ", "-", ".", "  "]
      let header = [["customer", "id"], ["order", "id"], ["order", "date"], ["order", "total"]].map { words in
        let text = words.joined(separator: marks[cells.below(5)])
        return [text, text.uppercased(), text.capitalized, " \(text) "][cells.below(4)]
      }
      let rows = (1...9).map { "c\($0),o\($0),2024-03-0\($0),\($0).50\n" }
      let text = header.joined(separator: ",") + "\n" + rows.joined()
      let found = try inspect([Input(path: "table.csv", bytes: Array(text.utf8))])[0]
      cells.expect(
        found.columns.map(\.role) == [.customer, .orderID, .time, .amount],
        "\(header): \(found.columns.map(\.role))")
    }
  }
}
