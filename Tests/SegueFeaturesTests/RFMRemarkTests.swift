import SegueCore
import SegueFeatures
import SegueTestSupport
import Testing

@Suite("What is said of scores")
struct RFMRemarkTests {
  private func remarks(
    _ recency: [Double], _ frequency: [Double], _ monetary: [Double],
    _ binning: RFMOptions.Binning = .quantile
  ) throws -> [String] {
    var options = RFMOptions()
    options.binning = binning
    return try RFMScores(
      RandomRFM(recencyDays: recency, frequency: frequency, monetary: monetary).table, options
    ).remarks
  }

  private let rising = (1...20).map(Double.init)

  @Test("nothing where every score occurs and everybody paid")
  func nothing() throws {
    for binning in RFMOptions.Binning.allCases where binning != .nested {
      #expect(try remarks(rising, rising, rising, binning) == [], "\(binning)")
    }
  }

  @Test("when everybody is alike, everybody gets one score and it is said so")
  func alike() throws {
    let same = [Double](repeating: 10, count: 1_200)
    #expect(
      try remarks(same, same, same) == [
        "all 1,200 customers have the same recency, so it parts nobody: everybody scores 5",
        "all 1,200 customers have the same frequency, so it parts nobody: everybody scores 1",
        "all 1,200 customers have the same monetary, so it parts nobody: everybody scores 1",
      ])
  }

  @Test("fewer values than scores, and the scores that nobody has")
  func few() throws {
    let orders: [Double] = (0..<20).map { $0 < 17 ? 1 : $0 < 19 ? 2 : 3 }
    #expect(
      try remarks(rising, orders, rising)
        == ["frequency takes only 3 different values, too few for 5 scores: nobody scores 2, 3 or 4"])
    #expect(
      try remarks(rising, orders, rising, .natural)
        == ["frequency takes only 3 different values, too few for 5 scores: nobody scores 2 or 4"])
  }

  @Test("values so common that no cut point parts them")
  func common() throws {
    let orders: [Double] = (0..<20).map { $0 < 10 ? 1 : Double($0) }
    #expect(
      try remarks(rising, orders, rising)
        == ["nobody scores 2 in frequency: too many customers share the same value to part them"])
  }

  @Test("money below zero and of zero, how many and what was done")
  func money() throws {
    var money = rising
    (money[0], money[1], money[2]) = (-5, 0, 0)
    #expect(
      try remarks(rising, rising, money) == [
        "1 customer got back more than they paid and 2 customers spent nothing; they are scored with all others, "
          + "lowest first"
      ])
    #expect(
      try remarks(rising, rising, rising.map { $0 - 1 })
        == ["1 customer spent nothing; they are scored with all others, lowest first"])
  }

  @Test("one customer, and none", arguments: RFMOptions.Binning.allCases)
  func one(_ binning: RFMOptions.Binning) throws {
    #expect(
      try remarks([5], [1], [9.5], binning)
        == ["there is only one customer: scores compare customers, so these say nothing"])
    #expect(try remarks([], [], [], binning) == [])
  }
}
