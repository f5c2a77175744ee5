import SegueCore

/// Whether far rows stay as they are, are pulled in, or are set apart.
///
/// Left to itself it sets ten rows or more apart, pulls fewer in, because they would be no segment that could be
/// described, and leaves more than one row in twenty alone: that many are a tail or a cluster.
/// Nothing is left to it where a transform is prescribed: who says how columns are prepared gets just that.
struct OutlierDecision {
  enum Outcome {
    case nothing
    case apart
    case pulledIn
    /// Too many to be outliers.
    case tail
    /// Far rows that stay where they are.
    case kept
  }

  var outcome = Outcome.nothing
  var outliers: Outliers?
  /// `off`, or what is to be done.
  var winsorizing: Winsorizing

  init(
    _ features: [Feature], raw: [[Double]], reshaped: [[Double]], _ spreads: [OneSidedSpread],
    _ options: FeatureOptions
  ) {
    let isFree = options.transform == .auto
    let count = raw.first?.count ?? 0
    winsorizing = options.winsorize == .auto ? .off : options.winsorize
    let mayAct = options.outliers == .auto || options.winsorize == .auto
    let looks = options.outliers == .apart || (isFree && mayAct)
    guard looks, var found = Outliers(features, raw: raw, reshaped: reshaped, spreads) else { return }
    defer { outliers = found }
    guard found.areFew(of: count) else {
      outcome = .tail
      return
    }
    let isEnough = found.rows.count >= Outliers.fewestApart
    if options.outliers == .apart || (options.outliers == .auto && isFree && isEnough) {
      outcome = .apart
      found.areApart = true
    } else if options.winsorize == .auto, isFree {
      outcome = .pulledIn
      winsorizing = .deviations(found.cutOff)
    } else {
      outcome = .kept
    }
  }
}
