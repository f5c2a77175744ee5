internal import SegueCore

/// ln (a)ₖ = ln Γ(a + k)/Γ(a) for k = 0, 1, … and its derivative by a, as running sums.
///
/// Beta functions whose arguments differ by whole numbers need no gamma function, and lose no digits
/// however large or small a is.
struct RisingFactorials {
  /// ln a(a + 1)…(a + k − 1).
  let logs: [Double]
  /// Σ 1/(a + j) over j < k.
  let slopes: [Double]

  /// - Complexity: O(count).
  init(_ a: Double, upTo count: Int) {
    var (log, slope) = (0.0, 0.0)
    var (logs, slopes) = ([0.0], [0.0])
    logs.reserveCapacity(count + 1)
    slopes.reserveCapacity(count + 1)
    for k in 0..<count {
      log += Elementary.log(a + Double(k))
      slope += 1 / (a + Double(k))
      logs.append(log)
      slopes.append(slope)
    }
    self.logs = logs
    self.slopes = slopes
  }
}
