import SegueCore
import Testing

@Suite("Numbers for programs")
struct DecimalNumberTests {
  private static func text(_ value: Double) -> String {
    var bytes: [UInt8] = []
    DecimalNumber.append(value, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(
    "ten digits at most, no trailing zeros",
    arguments: [
      (0.0, "0"), (-0.0, "0"), (1, "1"), (10, "10"), (120, "120"), (-2.5, "-2.5"), (0.1 + 0.2, "0.3"),
      (272.0 / 7, "38.85714286"), (1.0 / 3, "0.3333333333"), (0.000_05, "0.00005"), (0.05, "0.05"),
      (0.000_004_2, "4.2e-6"), (1e-300, "1e-300"), (1.5e-12, "1.5e-12"), (9_999_999_999.9, "10000000000"),
      (0.999_999_999_99, "1"), (123_456_789_012, "123456789000"), (1e14, "100000000000000"), (1e15, "1e15"),
      (1.797e308, "1.797e308"), (Double.leastNonzeroMagnitude, "4.940656458e-324"), (-1e100, "-1e100"),
      (1e9, "1000000000"),
      (.infinity, ""), (.nan, ""),
    ])
  func digits(value: Double, expected: String) {
    #expect(DecimalNumberTests.text(value) == expected)
  }

  @Test("what is read back is near, and writes the same again", arguments: -30..<30)
  func roundTrip(exponent: Int) throws {
    var generator = Seed(UInt64(exponent + 100)).generator(for: .testData)
    for _ in 0..<500 {
      var value = generator.unit() - 0.5
      for _ in 0..<exponent.magnitude { value = exponent < 0 ? value / 10 : value * 10 }
      let text = DecimalNumberTests.text(value)
      let read = try #require(Double(text))
      #expect((read - value).magnitude <= 5.1e-10 * value.magnitude, "\(value) as \(text)")
      #expect(DecimalNumberTests.text(read) == text)
    }
  }
}
