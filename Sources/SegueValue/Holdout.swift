/// How well a model fitted to an earlier period foretold the one after it.
///
/// What counts are order days, or for BG/BB periods with an order, after each customer's first.
public struct Holdout: Sendable, Codable, Hashable {
  /// A point of the tracking plot: cumulative repeat order days of all customers since the first day.
  public struct Track: Sendable, Codable, Hashable {
    /// In units, from the first day of the data.
    public var time: Double
    public var actual: Double
    public var expected: Double

    public init(time: Double, actual: Double, expected: Double) {
      self.time = time
      self.actual = actual
      self.expected = expected
    }
  }

  /// Customers by their repeat order days in the calibration period.
  public struct Group: Sendable, Codable, Hashable {
    public var frequency: Int
    /// Whether more frequent customers are in it too.
    public var isOpen: Bool
    public var customers: Int
    /// Mean order days in the holdout period.
    public var actual: Double
    public var expected: Double

    public init(frequency: Int, isOpen: Bool, customers: Int, actual: Double, expected: Double) {
      self.frequency = frequency
      self.isOpen = isOpen
      self.customers = customers
      self.actual = actual
      self.expected = expected
    }
  }

  public var model: OrderModel
  public var fit: ModelFit
  /// Last day of calibration, since 1970-01-01.
  public var splitDay: Int32
  /// Last day of the holdout period.
  public var endDay: Int32
  /// Days in a unit of time.
  public var unitDays: Double
  /// In units: from the first order of all to the split, and from there to the end.
  public var calibration: Double
  public var holdout: Double
  /// Customers whose first order lies in the calibration period.
  public var customers: Int
  /// Order days of these customers in the holdout period.
  public var actualOrders: Double
  public var expectedOrders: Double
  /// Per customer: mean absolute error, root of the mean squared error.
  public var meanAbsoluteError: Double
  public var rootMeanSquaredError: Double
  /// What the rule that everybody keeps the pace of the calibration period foretold, and its errors.
  public var naiveOrders: Double
  public var naiveMeanAbsoluteError: Double
  public var naiveRootMeanSquaredError: Double
  /// Spearman's, of expected and actual order days; nil where either is the same for everybody.
  public var rankCorrelation: Double?
  public var naiveRankCorrelation: Double?
  /// Mean absolute percentage error of the cumulative tracking curve over the holdout period.
  public var trackingError: Double?
  /// By frequency 0, 1, … 6, 7 and more; those without customers are left out.
  public var groups: [Group]
  /// One point every seven days, before and after the split, and one at the end. For BG/BB every period.
  public var track: [Track]
  /// Index into `track` of the last point of the calibration period.
  public var calibrationEnd: Int
  public var remarks: [String]
}
