import SegueCore
import SegueIngest

/// Orders by chance, to be written in several ways.
struct Table {
  enum Encoding: CaseIterable {
    case utf8, utf8WithMark, utf16LittleEndian, utf16BigEndian, windows1252
  }

  let customers: [String]
  private let rows: [[String]]

  init(_ cells: inout Cells) {
    let names = [
      "Ångström", "Zoë", "O'Hara", "5\" pipe", "a;b", "c,d", "tab\tbed", "line\nbreak", "Müller|Söhne",
    ]
    // a first row of plain ASCII and a last that no other encoding could hold
    var rows = [["first", "2024-01-31", "10.25"]]
    for index in 0..<(4 + cells.below(8)) {
      let day = CalendarDay(daysSinceEpoch: Int32(18_000 + cells.below(2_000)))
      let amount = Amount(tenThousandths: Int64(cells.below(1_000_000)) * 100)
      rows.append(["\(names[cells.below(names.count)]) \(index)", day.description, amount.description])
    }
    rows.append(["Ève", "2024-02-01", "11.75"])
    self.rows = rows
    customers = rows.map { $0[0] }
  }

  func input(_ delimiter: String, _ encoding: Encoding, padding: String) -> Input {
    let lines = ([["customer_id", "order_date", "amount"]] + rows).map { row in
      row.map { "\"\(padding)\($0.replacing("\"", with: "\"\""))\(padding)\"" }.joined(separator: delimiter)
    }
    let text = lines.joined(separator: "\n") + "\n"
    let bytes: [UInt8]
    switch encoding {
    case .utf8: bytes = Array(text.utf8)
    case .utf8WithMark: bytes = [0xEF, 0xBB, 0xBF] + text.utf8
    case .utf16LittleEndian:
      bytes = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case .utf16BigEndian:
      bytes = [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    // all of it is Latin-1, which Windows-1252 contains
    case .windows1252: bytes = text.unicodeScalars.map { UInt8($0.value) }
    }
    return Input(path: "orders.csv", bytes: bytes)
  }
}
