import SegueCore
import SegueIngest
import SegueProfile
import SegueValue

/// Models, fits and test as JSON shows them: beside the customers of `segue clv` and the segments of a study.
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

  /// What a model fitted to the days up to the split foretold of those after it.
  struct Test: Encodable {
    var model: OrderModel
    var fit: Fit
    /// The last day the model saw, and the last that it was tested on.
    var splitDay: CalendarDay
    var endDay: CalendarDay
    /// Known at the split.
    var customers: Int
    var actualOrders: Double
    var expectedOrders: Double
    var meanAbsoluteError: Double
    var rootMeanSquaredError: Double
    var rankCorrelation: Double?
    /// Of the rule that everybody keeps their pace.
    var naiveOrders: Double
    var naiveMeanAbsoluteError: Double
    var naiveRootMeanSquaredError: Double
    var naiveRankCorrelation: Double?
    var trackingError: Double?
    var groups: [Holdout.Group]
    var track: [Holdout.Track]
    var calibrationEnd: Int
    var remarks: [String]

    init(_ test: Holdout) {
      (model, fit) = (test.model, Fit(test.fit))
      splitDay = CalendarDay(daysSinceEpoch: test.splitDay)
      endDay = CalendarDay(daysSinceEpoch: test.endDay)
      (customers, actualOrders, expectedOrders) = (test.customers, test.actualOrders, test.expectedOrders)
      (meanAbsoluteError, rootMeanSquaredError) = (test.meanAbsoluteError, test.rootMeanSquaredError)
      (naiveOrders, naiveMeanAbsoluteError) = (test.naiveOrders, test.naiveMeanAbsoluteError)
      naiveRootMeanSquaredError = test.naiveRootMeanSquaredError
      (rankCorrelation, naiveRankCorrelation) = (test.rankCorrelation, test.naiveRankCorrelation)
      (trackingError, groups, track) = (test.trackingError, test.groups, test.track)
      (calibrationEnd, remarks) = (test.calibrationEnd, test.remarks)
    }
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
  /// Of all customers; left out of `segue clv`, whose customers add up to it.
  var totals: SegmentProfile.Value?
  var customersForEightyPercent: Double?
  var holdout: Test?

  init(_ value: StudyValue, _ profile: StudyProfile.Value? = nil) {
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
    totals = profile?.totals
    customersForEightyPercent = profile?.customersForEightyPercent
    holdout = value.holdout.map(Test.init)
  }
}

/// The JSON of `segue clv` but for the customers.
struct ValueFileDocument: Encodable {
  private struct Reading: Encodable {
    var currency: String?
    var ledger: CleaningLedger
    var warnings: [String]
    var remarks: [String]
  }

  private let value: ValueDocument
  private let reading: Reading

  init(_ file: ValueFile) {
    value = ValueDocument(file.value)
    var ledger = file.ledger
    // Where a file lay is nobody's business.
    for index in ledger.files.indices { ledger.files[index].file = Study.baseName(ledger.files[index].file) }
    reading = Reading(
      currency: file.currency, ledger: ledger, warnings: file.warnings, remarks: file.remarks)
  }

  /// Both on one level.
  func encode(to encoder: any Encoder) throws {
    try value.encode(to: encoder)
    try reading.encode(to: encoder)
  }
}
