/// Customers by recency and frequency score: the view marketers know.
public struct RFMGrid: Sendable, Codable {
  public struct Cell: Sendable, Codable {
    /// 1…bins; the highest is the most recent, the most frequent.
    public var recency: Int
    public var frequency: Int
    public var customers: Int
    public var share: Double
    /// The named RFM segment that most customers of the cell carry; nil for an empty cell.
    public var name: String?
  }

  public var bins: Int
  /// Row by row from frequency 1, recency 1 first: `cells[(frequency − 1)·bins + recency − 1]`.
  public var cells: [Cell]

  /// - Parameters:
  ///   - recency: scores 1…bins, one per customer; `frequency` and `names` alike.
  public init<Names: RandomAccessCollection>(
    bins: Int, recency: [UInt8], frequency: [UInt8], names: Names
  ) where Names.Element == String, Names.Index == Int {
    self.bins = bins
    var counts = [[String: Int]](repeating: [:], count: bins * bins)
    for index in recency.indices {
      counts[(Int(frequency[index]) - 1) * bins + Int(recency[index]) - 1][names[index], default: 0] += 1
    }
    cells = counts.enumerated().map { position, names in
      let customers = names.values.reduce(0, +)
      // Ties go to the first name in the alphabet, never to hash order.
      let name = names.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
      return Cell(
        recency: position % bins + 1, frequency: position / bins + 1, customers: customers,
        share: recency.isEmpty ? 0 : Double(customers) / Double(recency.count), name: name)
    }
  }
}
