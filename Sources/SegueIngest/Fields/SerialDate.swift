/// Days as spreadsheets count them: 45360 is 9 March 2024, decimals are the time of day.
///
/// Such a number looks like any other, so only a column of nothing else whose header speaks of time is
/// read so. Days count from 30 December 1899, as Excel has counted them since 1 March 1900 (ECMA-376,
/// part 1, 18.17.4.1); the count from 1904, long the habit of Excel for Mac, is not told apart.
enum SerialDate {
  /// From October 1954 to January 2119.
  static let days: ClosedRange<Int64> = 20_000...80_000
  private static let epoch: Int64 = 25_569

  /// Seconds of local time, to the nearest; nil unless the text is five digits with perhaps decimals.
  ///
  /// - Complexity: O(length), no allocation.
  static func seconds(_ text: Span<UInt8>) -> Int64? {
    guard text.count >= 5, text.count <= 24 else { return nil }
    var day: Int64 = 0
    for index in 0..<5 {
      guard ByteText.isDigit(text[index]) else { return nil }
      day = day * 10 + Int64(text[index] - 48)
    }
    guard days.contains(day) else { return nil }
    let midnight = (day - epoch) * 86_400
    if text.count == 5 { return midnight }
    guard text[5] == 0x2E || text[5] == 0x2C, text.count > 6 else { return nil }
    var fraction: Int64 = 0
    var unit: Int64 = 1
    for index in 6..<text.count {
      guard ByteText.isDigit(text[index]) else { return nil }
      guard unit < 1_000_000_000_000 else { continue }
      fraction = fraction * 10 + Int64(text[index] - 48)
      unit *= 10
    }
    // the last half second of a day belongs to it
    return midnight + min(86_399, (fraction * 86_400 + unit / 2) / unit)
  }
}
