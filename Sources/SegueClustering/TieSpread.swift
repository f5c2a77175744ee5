internal import SegueCore
internal import SegueNumerics

extension Matrix {
  /// The rows with ties spread out: a value that several rows share is drawn evenly from the interval it
  /// stands for, halfway to the next values of its column on either side.
  ///
  /// A count of 1 stands for 0.5 to 1.5, an age of 34 for 33.5 to 34.5. Without this, every whole number
  /// would be a heap with nothing between it and the next.
  func spreadingTies(_ generator: inout RandomGenerator) -> Matrix {
    var spread = self
    for column in 0..<columnCount {
      let values = self.column(column)
      let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
      var runs: [Range<Int>] = []
      for place in order.indices {
        if let last = runs.last, values[order[last.lowerBound]] == values[order[place]] {
          runs[runs.count - 1] = last.lowerBound..<place + 1
        } else {
          runs.append(place..<place + 1)
        }
      }
      guard runs.count > 1, runs.count < order.count else { continue }
      for (index, run) in runs.enumerated() where run.count > 1 {
        let value = values[order[run.lowerBound]]
        let below = index > 0 ? value - values[order[runs[index - 1].lowerBound]] : nil
        let above = index + 1 < runs.count ? values[order[runs[index + 1].lowerBound]] - value : nil
        // At an end, as far out as in.
        let (low, high) = (below ?? above!, above ?? below!)
        for place in run {
          spread[order[place], column] = value + (generator.unit() * (low + high) - low) / 2
        }
      }
    }
    return spread
  }
}
