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

  /// A string as JSON writes it.
  static func appendQuoted(_ text: String, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        output.append(UInt8(ascii: "\\"))
        output.append(byte)
      case 0..<0x20:
        output += "\\u00".utf8
        output.append(hex[Int(byte >> 4)])
        output.append(hex[Int(byte & 15)])
      default: output.append(byte)
      }
    }
    output.append(UInt8(ascii: "\""))
  }

  private static let hex = Array("0123456789abcdef".utf8)
}
