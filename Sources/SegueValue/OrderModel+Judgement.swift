internal import SegueCore
internal import SegueNumerics

/// What may be said of a fit.
extension OrderModel {
  /// A parameter is not known if its logarithm has a larger standard error: it may be anything.
  private static let loosest = 20.0
  /// What a peak's gradient per customer may be.
  private static let tolerance = 1e-7

  /// - Parameter steady: the log-likelihood of the model without dropout.
  func judged(_ peak: MaximumLikelihood.Peak, steady: Double, _ states: PurchaseStates) -> ModelFit {
    let gain = peak.value - steady
    let inverse = PositiveDefinite.inverse(peak.information, 4)
    let errors = inverse.map { inverse in (0..<4).map { inverse[$0 * 5].squareRoot() } }
    let isInner =
      errors.map { $0.allSatisfy { $0 <= Self.loosest } } ?? false
      && peak.theta.allSatisfy { $0.magnitude < MaximumLikelihood.furthest - 2 }
    // Without dropout in sight the peak is that of the model without it, at the border: what is known of the pace
    // does not hang on the other two parameters.
    let pace =
      isInner || gain > 1e-3
      ? nil
      : PositiveDefinite.inverse(
        [peak.information[0], peak.information[1], peak.information[4], peak.information[5]], 2
      ).flatMap { max($0[0], $0[3]) <= Self.loosest * Self.loosest ? $0 : nil }
    let isConverged = (isInner || pace != nil) && peak.gradient <= Self.tolerance
    let logErrors = isInner ? errors! : pace.map { [$0[0].squareRoot(), $0[3].squareRoot()] } ?? []
    var covariance = isInner ? inverse! : []
    if let pace {
      covariance = [Double](repeating: 0, count: 16)
      for (place, value) in zip([0, 1, 4, 5], pace) { covariance[place] = value }
    }
    var fit = ModelFit(
      parameters: zip(parameterNames, peak.theta).enumerated().map { index, parameter in
        let value = Elementary.exp(parameter.1)
        return ModelFit.Parameter(
          parameter.0, value,
          standardError: index < logErrors.count && logErrors[index] <= Self.loosest
            ? value * logErrors[index] : nil)
      },
      logLikelihood: peak.value, customers: Int(states.customers), isConverged: isConverged,
      iterations: peak.iterations, gradient: peak.gradient, covariance: covariance)
    fit.remarks = remarks(fit, peak, gain: gain, isInner: isInner)
    return fit
  }

  private func remarks(
    _ fit: ModelFit, _ peak: MaximumLikelihood.Peak, gain: Double, isInner: Bool
  ) -> [String] {
    var remarks: [String] = []
    let without = Self.text(peak.value - gain)
    let with = Self.text(peak.value)
    let (third, fourth) = (parameterNames[2], parameterNames[3])
    if !isInner {
      if gain <= 1e-3 {
        remarks.append(
          "\(title) sees no dropout in these orders: without any the log-likelihood is \(without) too. "
            + "So \(third) and \(fourth) have no value of their own, everybody counts as still buying, and "
            + "intervals leave out that some may have left.")
      } else if peak.theta[0] > 5, peak.theta[1] > 5 {
        remarks.append(
          "Customers do not differ in their pace: the likelihood of \(title) keeps rising as r and alpha "
            + "grow together. Their ratio is what is known; expected orders have no interval.")
      } else if peak.theta[2] > 5, peak.theta[3] > 5 {
        remarks.append(
          "Customers do not differ in dropout: the likelihood of \(title) keeps rising as \(third) and "
            + "\(fourth) grow together. Their ratio is what is known; expected orders have no interval.")
      } else {
        remarks.append(
          "The likelihood of \(title) has no peak: other parameters than these fit as well. "
            + "Expected orders have no interval.")
      }
    } else if gain < 1.92 {  // half of 3.84, the 95 % point of χ² with one degree of freedom
      remarks.append(
        "\(title) hardly sees dropout in these orders: without any the log-likelihood is \(without) instead "
          + "of \(with). P(alive) is little more than a guess.")
    }
    if !fit.covariance.isEmpty && !fit.isConverged {
      remarks.append(
        "The fit of \(title) did not converge: its likelihood still rises where the search ended. "
          + "Take its figures as rough.")
    }
    return remarks
  }

  private static func text(_ value: Double) -> String {
    let hundredths = (value * 100).rounded()
    guard hundredths.magnitude < 1e17 else { return "\(value)" }
    let whole = Int64(hundredths)
    let cents = whole.magnitude % 100
    return "\(whole < 0 ? "−" : "")\(whole.magnitude / 100).\(cents < 10 ? "0" : "")\(cents)"
  }
}
