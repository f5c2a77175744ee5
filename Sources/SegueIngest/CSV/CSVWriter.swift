/// Cells as RFC 4180 wants them and spreadsheets cannot mistake for formulas.
public enum CSVWriter {
  /// Appends one cell. Quotes where a separator, quote or line end demands it; puts an apostrophe
  /// before a leading `=`, `+`, `-`, `@`, tab or carriage return.
  public static func append(_ cell: Span<UInt8>, to output: inout [UInt8]) {
    var mustQuote = false
    var isFormula = false
    if !cell.isEmpty {
      switch cell[0] {
      case 0x3D, 0x2B, 0x2D, 0x40, 9, 13: isFormula = true
      default: break
      }
    }
    for index in cell.indices {
      switch cell[index] {
      case 0x22, 0x2C, 0x3B, 9, 10, 13: mustQuote = true
      default: break
      }
    }
    if mustQuote { output.append(0x22) }
    if isFormula { output.append(0x27) }
    for index in cell.indices {
      if cell[index] == 0x22 { output.append(0x22) }
      output.append(cell[index])
    }
    if mustQuote { output.append(0x22) }
  }
}
