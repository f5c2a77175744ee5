/// One row per customer, in order of appearance, with attributes as columns.
public struct CustomerTable: Sendable {
  public enum AttributeType: String, Sendable, Codable, Hashable {
    case number
    case category
    /// A day; values are days since 1970-01-01.
    case date
    /// A category of two values such as yes and no, 0 and 1.
    case flag
    /// Free text: not kept.
    case text
    /// A different value on every row: not kept.
    case identifier
    /// Names, e-mails, phones and the like: not kept.
    case pii
  }

  public enum Values: Sendable {
    /// NaN where missing; one per row.
    case numbers([Double])
    /// One per row.
    case labels(Labels)
    /// Typed but not kept.
    case notKept
  }

  public struct Attribute: Sendable {
    /// The header as written.
    public var name: String
    public var type: AttributeType
    public var values: Values
    /// Rows without a value; of columns that are not kept, over all rows that were read.
    public var missingCount: Int

    /// Whether segmentation may use it.
    public var isUsable: Bool {
      if case .notKept = values { false } else { true }
    }
  }

  /// Index into ``IngestedData/customerIDs``; distinct.
  public var customer: [Int32] = []
  public var attributes: [Attribute] = []
  /// Empty once tables are joined.
  var notes = CustomerRowNotes()

  public init() {}

  public var rowCount: Int { customer.count }

  public func attribute(named name: String) -> Attribute? { attributes.first { $0.name == name } }
}

extension CustomerTable {
  /// Leaves only the marked rows.
  mutating func keep(_ stays: [Bool]) {
    func kept<Value>(_ column: [Value]) -> [Value] {
      column.indices.filter { stays[$0] }.map { column[$0] }
    }
    customer = kept(customer)
    for index in attributes.indices {
      switch attributes[index].values {
      case .numbers(let numbers):
        let left = kept(numbers)
        attributes[index].values = .numbers(left)
        attributes[index].missingCount = left.count(where: \.isNaN)
      case .labels(var labels):
        labels.codes = kept(labels.codes)
        attributes[index].missingCount = labels.codes.count { $0 < 0 }
        attributes[index].values = .labels(labels)
      case .notKept: break
      }
    }
  }
}
