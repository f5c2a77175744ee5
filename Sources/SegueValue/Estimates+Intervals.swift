internal import SegueCore

extension Estimates {
  /// 0.975 quantile of the normal distribution.
  static let z = 1.959963984540054

  /// Positive figures, each with the standard error of its logarithm; nil where there are none.
  init(_ values: [Double], logErrors: [Double]?) {
    guard let logErrors else {
      self.init(values: values)
      return
    }
    var (low, high) = (values, values)
    for index in values.indices {
      // No Double tells errors apart that are larger still.
      let factor = Elementary.exp(Self.z * min(logErrors[index], 100))
      low[index] /= factor
      high[index] *= factor
    }
    self.init(values: values, low: low, high: high)
  }

  /// Probabilities, each with the standard error of its logarithm, kept within 0…1 by way of their logits.
  init(probabilities: [Double], logErrors: [Double]?) {
    guard let logErrors else {
      self.init(values: probabilities)
      return
    }
    var (low, high) = (probabilities, probabilities)
    for index in probabilities.indices {
      let p = probabilities[index]
      guard p > 0, p < 1 else { continue }
      let factor = Elementary.exp(Self.z * min(logErrors[index] / (1 - p), 100))
      low[index] = p / (p + (1 - p) * factor)
      high[index] = p * factor / (p * factor + (1 - p))
    }
    self.init(values: probabilities, low: low, high: high)
  }

  /// Products of two positive figures that are known independently of each other, times `factor`.
  ///
  /// Variances of logarithms add up; they are read off the widths of the intervals.
  init(productOf a: Estimates, _ b: Estimates, times factor: Double) {
    let products = a.values.indices.map { a.values[$0] * b.values[$0] * factor }
    guard let errorsOfA = a.logErrors, let errorsOfB = b.logErrors else {
      self.init(values: products)
      return
    }
    self.init(
      products,
      logErrors: products.indices.map {
        Elementary.sqrt(errorsOfA[$0] * errorsOfA[$0] + errorsOfB[$0] * errorsOfB[$0])
      })
  }

  private var logErrors: [Double]? {
    guard let low, let high else { return nil }
    return values.indices.map { index in
      // What is as good as 0 has no logarithm, and stays 0 whatever multiplies it.
      guard low[index] > 0 else { return values[index] > 0 ? .infinity : 0 }
      return Elementary.log(high[index] / low[index]) / (2 * Self.z)
    }
  }
}
