internal import SegueCore

extension Estimates {
  /// 0.975 quantile of the normal distribution.
  static let z = 1.959963984540054

  /// Positive figures, each with the standard error of its logarithm.
  init(_ values: [Double], logErrors: [Double]) {
    var (low, high) = (values, values)
    for index in values.indices {
      let factor = Elementary.exp(Self.z * min(logErrors[index], 300))
      low[index] /= factor
      high[index] *= factor
    }
    self.init(values: values, low: low, high: high)
  }

  /// Probabilities, each with the standard error of its logarithm, within 0…1 by way of their logits.
  init(probabilities: [Double], logErrors: [Double]) {
    var (low, high) = (probabilities, probabilities)
    for index in probabilities.indices {
      let p = probabilities[index]
      guard p > 0, p < 1 else { continue }
      let factor = Elementary.exp(Self.z * min(logErrors[index] / (1 - p), 300))
      low[index] = p / (p + (1 - p) * factor)
      high[index] = p * factor / (p * factor + (1 - p))
    }
    self.init(values: probabilities, low: low, high: high)
  }
}
