internal import Glibc
internal import SegueCore

/// A worksheet as rows of cells, one after the other as they come.
///
/// Lines of the table are rows of the sheet, so that a diagnostic names the row that people see.
final class SheetReader: XMLHandler {
  /// What Excel holds at most.
  private static let rowLimit = 1_048_576
  private static let columnLimit = 16_384
  private static let cellLimit = 16 << 20

  private let strings: SharedStrings
  private let styles: CellStyles
  private let dates: SerialDate
  private let name: String
  /// Nil while only looking whether there is anything.
  private var writer: TableWriter?

  private enum Kind { case number, shared, text, boolean, error, date }

  private var row = 0
  private var column = 0
  private var kind = Kind.number
  private var meaning = NumberMeaning.number
  private var value: [UInt8] = []
  private var isInValue = false
  private var phonetic = 0
  /// The cells of the row at hand that hold something.
  private var cells: [UInt8] = []
  private var places: [(column: Int, end: Int)] = []
  private var width = 0
  private var written = 0
  private(set) var isEmpty = true

  init(
    _ name: String, strings: SharedStrings, styles: CellStyles, dates: SerialDate,
    writer: consuming TableWriter?
  ) {
    self.name = name
    self.strings = strings
    self.styles = styles
    self.dates = dates
    self.writer = writer
  }

  func finishedWriter() -> TableWriter { writer.take()! }

  var wantsText: Bool { isInValue }
  var isDone: Bool { !isEmpty && writer == nil }

  func start(_ element: XMLName, _ attributes: XMLAttributes) throws {
    if element == "c" {
      try startCell(attributes)
    } else if element == "v" {
      isInValue = true
    } else if element == "t" {
      isInValue = phonetic == 0 && kind == .text
    } else if element == "row" {
      row = unsafe attributes.bytes("r").map { Int(unsafe atoi($0)) } ?? row + 1
      column = 0
      guard row > written, row <= SheetReader.rowLimit else { throw misplaced("row \(row)") }
    } else if element == "rPh" {
      phonetic += 1
    }
  }

  func end(_ element: XMLName) throws {
    if element == "c" {
      try endCell()
    } else if element == "v" || element == "t" {
      isInValue = false
    } else if element == "row" {
      try endRow()
    } else if element == "rPh" {
      phonetic -= 1
    }
  }

  func text(_ bytes: UnsafeRawBufferPointer) throws {
    guard value.count + bytes.count <= SheetReader.cellLimit else {
      throw SegueError.data(
        Diagnostic(
          "xlsx.size", "a cell of row \(row) holds more than 16 MiB", at: .init(file: name),
          hint: "save the sheet as CSV"))
    }
    unsafe value.append(contentsOf: bytes)
  }

  private func startCell(_ attributes: XMLAttributes) throws {
    value.removeAll(keepingCapacity: true)
    column += 1
    if let reference = unsafe attributes.bytes("r") {
      let before = column
      column = unsafe SheetReader.column(reference)
      guard column >= before, column <= SheetReader.columnLimit else {
        throw misplaced("a cell of row \(row)")
      }
    }
    kind = .number
    if let type = unsafe attributes.bytes("t") {
      kind =
        switch unsafe (type[0], type[1]) {
        case (0x73, 0): .shared
        case (0x73, _), (0x69, _): .text
        case (0x62, _): .boolean
        case (0x65, _): .error
        case (0x64, _): .date
        default: .number
        }
    }
    let style = unsafe attributes.bytes("s").map { Int(unsafe atoi($0)) }
    meaning = style.map { styles[$0] } ?? .number
  }

  /// `C7` is column 3.
  @inline(__always)
  private static func column(_ reference: UnsafePointer<CChar>) -> Int {
    var (column, place) = unsafe (0, reference)
    while unsafe place.pointee >= 0x41, unsafe place.pointee <= 0x5A, column <= columnLimit {
      column = unsafe column * 26 + Int(place.pointee) - 0x40
      unsafe place += 1
    }
    return column
  }

  private func endCell() throws {
    guard !value.isEmpty, kind != .error else { return }
    let before = cells.count
    switch kind {
    case .error: return
    case .shared:
      guard let index = Int(String(decoding: value, as: UTF8.self)), let range = strings.range(index) else {
        throw misplaced("the text of a cell of row \(row)")
      }
      cells.append(contentsOf: strings.bytes[range])
    case .text:
      CellText.unescape(&value, from: 0)
      cells.append(contentsOf: value)
    case .boolean: cells.append(contentsOf: value == [0x31] ? SheetReader.yes : SheetReader.no)
    case .date: cells.append(contentsOf: SheetReader.plainDate(value))
    case .number: number()
    }
    guard cells.count > before else { return }
    isEmpty = false
    places.append((column, cells.count))
  }

  private static let yes = Array("true".utf8)
  private static let no = Array("false".utf8)

  /// `2010-12-01T08:26:00Z` as everywhere else.
  private static func plainDate(_ value: [UInt8]) -> [UInt8] {
    let text = value.map { $0 == UInt8(ascii: "T") ? UInt8(ascii: " ") : $0 }
    let midnight = Array(" 00:00:00".utf8)
    return text.count == 19 && text.suffix(9).elementsEqual(midnight) ? Array(text.prefix(10)) : text
  }

  private func number() {
    if meaning == .number, SheetReader.isShortest(value) {
      cells.append(contentsOf: value)
      return
    }
    guard let number = Double(String(decoding: value, as: UTF8.self)), number.isFinite else {
      cells.append(contentsOf: value)
      return
    }
    if let text = dates.text(number, meaning) {
      cells.append(contentsOf: text.utf8)
    } else if number == number.rounded(), number.magnitude <= 9_007_199_254_740_992 {
      cells.append(contentsOf: String(Int64(number)).utf8)
    } else {
      cells.append(contentsOf: Digits.plain(number).utf8)
    }
  }

  /// Up to 15 digits say what they mean, but for zeros at the end of decimals.
  private static func isShortest(_ text: [UInt8]) -> Bool {
    guard text.count <= 16, let last = text.last, last != 0x2E else { return false }
    var hasPoint = false
    for (index, byte) in text.enumerated() {
      if byte == 0x2E, !hasPoint, index > 0 {
        hasPoint = true
      } else if !(0x30...0x39).contains(byte), !(byte == 0x2D && index == 0) {
        return false
      }
    }
    return text.count - (hasPoint ? 1 : 0) <= 15 && !(hasPoint && last == 0x30) && last != 0x2D
  }

  private func endRow() throws {
    defer {
      cells.removeAll(keepingCapacity: true)
      places.removeAll(keepingCapacity: true)
    }
    guard writer != nil, let last = places.last else { return }
    while written < row - 1 {
      try writer!.blankLine()
      written += 1
    }
    width = max(width, last.column)
    var (next, start) = (1, 0)
    try unsafe cells.withUnsafeBytes { bytes in
      for (column, end) in places {
        while next < column {
          try writer!.emptyField()
          next += 1
        }
        try unsafe writer!.field(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
        (next, start) = (column + 1, end)
      }
    }
    while next <= width {
      try writer!.emptyField()
      next += 1
    }
    try writer!.endRow()
    written = row
  }

  private func misplaced(_ what: String) -> SegueError {
    SegueError.data(
      Diagnostic(
        "xlsx.cells", "\(what) stands where it cannot be", at: .init(file: name, line: row > 0 ? row : nil),
        hint: "open the workbook in a spreadsheet program and save it again"))
  }
}
