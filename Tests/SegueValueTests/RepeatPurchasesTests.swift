import SegueValue
import Testing

@Suite("Repeat purchases")
struct RepeatPurchasesTests {
  @Test("recency of these models counts from the first order, that of RFM from the as-of day")
  func recencies() {
    let one = RepeatPurchases(frequency: [2], btydRecency: [30.43], age: [38.86])
    #expect(one.count == 1)
    #expect(((one.age[0] - one.btydRecency[0]) * one.unitDays * 100).rounded() == 5_901)
  }
}
