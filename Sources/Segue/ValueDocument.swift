import SegueCore
import SegueIngest
import SegueValue

/// The JSON of `segue clv` but for the customers.
struct ValueDocument: Encodable {
  /// A fitted model. Parameters are written in full, so that forecasts can be made of them elsewhere.
  struct Fit: Encodable {
    struct Convergence: Encodable {
      var isConverged: Bool
      var iterations: Int
      /// Largest component of the gradient per customer, by the logarithms of the parameters.
      var gradient: FiniteNumber
    }

    var parameters: [String: Double]
    /// Null where the likelihood is too flat to give one.
    var standardErrors: [String: FiniteNumber]
    var logLikelihood: Double
    /// In the likelihood.
    var customers: Int
    var convergence: Convergence
    var remarks: [String]

    init(_ fit: ModelFit) {
      parameters = Dictionary(fit.parameters.map { ($0.name, $0.value) }) { first, _ in first }
      standardErrors = Dictionary(
        fit.parameters.map { ($0.name, FiniteNumber($0.standardError ?? .nan)) }
      ) { first, _ in first }
      logLikelihood = fit.logLikelihood
      customers = fit.customers
      convergence = Convergence(
        isConverged: fit.isConverged, iterations: fit.iterations, gradient: FiniteNumber(fit.gradient))
      remarks = fit.remarks
    }
  }

  struct Alternative: Encodable {
    var model: OrderModel
    var fit: Fit
  }

  struct Settings: Encodable {
    var asOf: CalendarDay
    var model: ValueOptions.Model
    var horizonDays: Int
    var discount: Double
    var margin: Double
    /// Days in the unit of recency and age.
    var unitDays: Double
    var holdout: String
  }

  var model: OrderModel
  var parameters: [String: Double]
  var standardErrors: [String: FiniteNumber]
  var logLikelihood: Double
  var convergence: Fit.Convergence
  var alternative: Alternative?
  /// Gamma–Gamma.
  var spend: Fit?
  var settings: Settings
  var currency: String?
  var holdout: Holdout?
  var ledger: CleaningLedger
  var warnings: [String]
  var remarks: [String]

  init(_ file: ValueFile) {
    let value = file.value
    let fit = Fit(value.model.fit)
    model = value.model.model
    (parameters, standardErrors) = (fit.parameters, fit.standardErrors)
    (logLikelihood, convergence) = (fit.logLikelihood, fit.convergence)
    alternative = value.model.alternative.map { Alternative(model: $0.model, fit: Fit($0.fit)) }
    spend = value.model.spendFit.map(Fit.init)
    let options = value.settings.forecast
    settings = Settings(
      asOf: value.asOf, model: options.model, horizonDays: options.horizonDays, discount: options.discount,
      margin: options.margin, unitDays: value.purchases.unitDays, holdout: value.settings.holdout.rawValue)
    currency = file.currency
    holdout = value.holdout
    ledger = file.ledger
    // Where a file lay is nobody's business.
    for index in ledger.files.indices { ledger.files[index].file = Study.baseName(ledger.files[index].file) }
    warnings = file.warnings
    remarks = file.remarks
  }
}
