/// Everything that was read: tables that share one list of customers, and an account of what was left out.
public struct IngestedData: Sendable {
  public var orders: OrderTable?
  public var customers: CustomerTable?
  public var events: EventTable?
  public var feedback: FeedbackTable?
  /// Customer ids as written, blanks trimmed; `17850.0` reads `17850`. All four tables index into it.
  ///
  /// It may hold ids that no table uses: other spellings of a customer, and customers whose rows were all set
  /// aside as refunds.
  public var customerIDs = InternedStrings()
  /// How the tables were joined on the customer.
  public var joining = Joining()
  public var ledger = CleaningLedger()
  public var rejects = RejectList()
  public var sources: [SourceInspection] = []
  /// ISO 4217, if the data names one or the options do.
  public var currency: String?

  public init() {}
}
