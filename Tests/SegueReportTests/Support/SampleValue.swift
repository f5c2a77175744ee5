import SegueCore
import SegueProfile
import SegueReport
import SegueValue

/// What an invented shop's customers are expected to do.
enum SampleValue {
  /// The same segments with what is expected of each.
  static func added(
    to study: StudyProfile, hasMoney: Bool = true, hasHoldout: Bool = true, hasErrors: Bool = true
  ) -> StudyProfile {
    var study = study
    let weights = study.segments.indices.map { 1 / Double($0 + 1) }
    let all = weights.reduce(0, +)
    for index in study.segments.indices where study.segments[index].isDescribed {
      study.segments[index].value = value(
        weights[index] / all, customers: study.segments[index].segment.customers, hasMoney, hasErrors)
    }
    study.value = decoded([
      "model": OrderModel.bgnbd, "unitDays": 7.0, "horizonDays": 365, "discount": 0.1, "margin": 0.35,
      "fit": fit(["r", "alpha", "a", "b"], [0.2426, 4.4136, 0.7929, 2.4259], -9_582.43, hasErrors),
      "alternative": StudyProfile.Value.Alternative?.none,
      "spendFit": hasMoney ? fit(["p", "q", "v"], [6.25, 3.744, 15.44], -4_055.92, hasErrors) : nil,
      "totals": value(1, customers: SampleSegments.customers, hasMoney, hasErrors),
      "customersForEightyPercent": hasMoney ? 0.24 : nil,
      "holdout": hasHoldout ? holdout() : nil,
      "remarks": ["2 customers were refunded all that they paid."],
    ])
    return study
  }

  private static func value(
    _ share: Double, customers: Int, _ hasMoney: Bool, _ hasErrors: Bool
  ) -> SegmentProfile.Value {
    func expectation(_ total: Double) -> Expectation {
      Expectation(
        total: total, interval: hasErrors ? Interval(0.93 * total, 1.08 * total) : nil, customers: customers)
    }
    return decoded([
      "expectedOrders": expectation(9_120 * share), "clv": hasMoney ? expectation(1_740_000 * share) : nil,
      "clvShare": hasMoney ? share : nil, "pAlive": 0.81, "pAliveOfReturning": 0.64,
      "returning": customers / 2,
    ])
  }

  private static func fit(
    _ names: [String], _ values: [Double], _ logLikelihood: Double, _ hasErrors: Bool
  ) -> ModelFit {
    ModelFit(
      parameters: zip(names, values).map {
        ModelFit.Parameter($0, $1, standardError: hasErrors ? 0.05 * $1 : nil)
      }, logLikelihood: logLikelihood, customers: SampleSegments.customers, isConverged: hasErrors,
      iterations: 41, gradient: 1e-9, covariance: [],
      remarks: hasErrors ? [] : ["The likelihood is flat: no errors can be given."])
  }

  /// A year of weeks, the model a little too careful in the second half.
  static func holdout(naiveError: Double = 1.12) -> Holdout {
    let track = (1...52).map { week in
      let time = Double(week)
      let actual = 90 * time - 0.4 * time * time
      return Holdout.Track(
        time: time, actual: actual, expected: week < 26 ? actual - 14 : 0.94 * actual + 110)
    }
    let groups = (0...7).map {
      Holdout.Group(
        frequency: $0, isOpen: $0 == 7, customers: 1_700 / ($0 + 1), actual: 0.3 + 0.5 * Double($0),
        expected: 0.28 + 0.52 * Double($0))
    }
    return decoded([
      "model": OrderModel.bgnbd,
      "fit": fit(["r", "alpha", "a", "b"], [0.25, 4.2, 0.8, 2.5], -5_000, true), "splitDay": 15_000,
      "endDay": 15_182, "unitDays": 7.0, "calibration": 26.0, "holdout": 26.0, "naiveOrders": 2_900.0,
      "naiveRankCorrelation": 0.51, "customers": 3_420, "actualOrders": 2_301.0, "expectedOrders": 2_174.0,
      "meanAbsoluteError": 0.83, "rootMeanSquaredError": 1.9, "naiveMeanAbsoluteError": naiveError,
      "naiveRootMeanSquaredError": 2.6, "rankCorrelation": 0.58, "trackingError": 0.031, "groups": groups,
      "track": track, "calibrationEnd": 25, "remarks": ["New customers of the held-out weeks are not in it."],
    ])
  }
}
