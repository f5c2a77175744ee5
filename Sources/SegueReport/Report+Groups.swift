extension Report {
  /// Customers that were clustered by themselves, apart from those in other stages of their lifecycle.
  public struct Group: Sendable {
    /// `one-time buyers`.
    public var name: String
    public var customers: Int
    public var segments: Int
    /// Why that many, without a full stop.
    public var reason: String
    /// Whether ``Report/scan`` is of this group.
    public var isMain: Bool

    public init(name: String, customers: Int, segments: Int, reason: String, isMain: Bool) {
      self.name = name
      self.customers = customers
      self.segments = segments
      self.reason = reason
      self.isMain = isMain
    }
  }
}
