import SegueCore
import SegueIngest
import SegueNumerics

/// Long tables as bytes: rows are written on all cores and put together in their order.
enum TableText {
  /// - Parameter append: writes a row with all that parts it from the next.
  /// - Complexity: O(rows), twice the result in memory.
  static func bytes(
    _ head: some Sequence<UInt8>, rows: Int, _ append: @Sendable (Int, inout [UInt8]) -> Void
  ) -> [UInt8] {
    let parts = Chunks(rowCount: rows).parallelMap { range in
      var part: [UInt8] = []
      part.reserveCapacity(range.count * 160)
      for row in range { append(row, &part) }
      return part
    }
    var output = Array(head)
    output.reserveCapacity(output.count + parts.reduce(16) { $0 + $1.count })
    for part in parts { output += part }
    return output
  }

  static func appendQuoted(_ text: String, to output: inout [UInt8]) {
    let bytes = Array(text.utf8)
    appendQuoted(bytes.span, to: &output)
  }

  /// A UTF-8 string as JSON encoders write it.
  static func appendQuoted(_ text: Span<UInt8>, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    for index in text.indices {
      let byte = text[index]
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
        output.append(byte)
        continue
      }
      output.append(UInt8(ascii: "\\"))
      switch byte {
      case 8: output.append(UInt8(ascii: "b"))
      case 9: output.append(UInt8(ascii: "t"))
      case 10: output.append(UInt8(ascii: "n"))
      case 12: output.append(UInt8(ascii: "f"))
      case 13: output.append(UInt8(ascii: "r"))
      case 0..<0x20: output += [UInt8(ascii: "u"), 48, 48, hex[Int(byte >> 4)], hex[Int(byte & 15)]]
      default: output.append(byte)
      }
    }
    output.append(UInt8(ascii: "\""))
  }

  private static let hex = Array("0123456789abcdef".utf8)
}
