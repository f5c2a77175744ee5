/// A model fitted by maximum likelihood, with what it takes to judge the fit.
public struct ModelFit: Sendable, Codable, Hashable {
  public struct Parameter: Sendable, Codable, Hashable {
    public var name: String
    public var value: Double
    /// From the inverse of the observed information; nil where it is not positive definite.
    public var standardError: Double?

    public init(_ name: String, _ value: Double, standardError: Double? = nil) {
      self.name = name
      self.value = value
      self.standardError = standardError
    }
  }

  /// In the order the model's paper lists them.
  public var parameters: [Parameter]
  public var logLikelihood: Double
  /// Customers in the likelihood.
  public var customers: Int
  /// Whether the gradient vanished within tolerance at a maximum: an inner one, or the one of a model without dropout.
  public var isConverged: Bool
  public var iterations: Int
  /// Largest component of the gradient per customer, with respect to the logarithms of the parameters.
  public var gradient: Double
  /// Of the logarithms of the parameters, row by row; empty where the information is not positive definite. Zero for
  /// parameters that have no value of their own because no dropout is seen.
  public var covariance: [Double]
  /// What a reader should know of the fit, in sentences: not converged, at a boundary, no errors to give.
  public var remarks: [String]

  public init(
    parameters: [Parameter], logLikelihood: Double, customers: Int, isConverged: Bool, iterations: Int,
    gradient: Double, covariance: [Double], remarks: [String] = []
  ) {
    self.parameters = parameters
    self.logLikelihood = logLikelihood
    self.customers = customers
    self.isConverged = isConverged
    self.iterations = iterations
    self.gradient = gradient
    self.covariance = covariance
    self.remarks = remarks
  }

  public subscript(_ name: String) -> Double? { parameters.first { $0.name == name }?.value }
}
