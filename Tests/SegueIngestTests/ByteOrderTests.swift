import SegueCore
import SegueIngest
import Testing

@Suite("The order of ids")
struct ByteOrderTests {
  /// Texts of some shape, many more than one thread sorts at a time.
  private func texts(_ shape: String) -> [String] {
    var generator = Seed(7).generator(for: .testData)
    return (0..<40_000).map { _ in
      let number = generator.index(below: 1_000_000)
      switch shape {
      case "number": return String(number)
      case "prefixed": return "customer-\(number)"
      case "long": return "a common beginning and \(number % 3) then \(number)"
      case "crowded": return number % 100 == 0 ? "z\(number)" : "12345678\(number)"
      case "letters":
        return String((0..<number % 6).map { _ in Array("aAzZ0_-é")[generator.index(below: 8)] })
      default: return "ab\0\0\0\0\0\0\0\0".prefix(number % 11) + (number % 2 == 0 ? "" : "\0x\(number)")
      }
    }
  }

  @Test(
    "ids are sorted by their bytes, on any number of threads",
    arguments: ["number", "prefixed", "long", "crowded", "letters", "zeros"])
  func bytes(shape: String) {
    defer { Threads.count = 0 }
    var strings = InternedStrings()
    for text in texts(shape) { _ = strings.intern(text) }
    let expected = strings.strings.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for threads in [1, 2, 5] {
      Threads.count = threads
      let sorted = strings.sorted((0..<Int32(strings.count)).reversed())
      #expect(sorted.map(\.text) == expected)
      #expect(sorted.allSatisfy { strings[$0.index] == $0.text })
    }
  }

  @Test("ids without a text of their own keep the order they came in")
  func unnamed() {
    var strings = InternedStrings()
    for _ in 0..<3 { _ = strings.addUnnamed() }
    _ = strings.intern("a")
    #expect(strings.sorted([3, 2, 0, 1]).map(\.index) == [0, 1, 2, 3])
    #expect(strings.sorted([]).isEmpty)
  }

  @Test("a list of ids reads as the texts it was made from")
  func list() {
    let texts = ["", "a", "José", "a", "😀"]
    let ids = CustomerIDs(texts)
    #expect(Array(ids) == texts && ids.count == 5 && CustomerIDs().isEmpty)
    #expect(ids == CustomerIDs(texts) && ids != CustomerIDs(["a"]))
  }
}
