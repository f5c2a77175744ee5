import SegueCore

/// Customers parted by lifecycle, so that who is gone never shares a cluster with who is here.
///
/// Current customers are the new, the active, the won back and the lapsing; beside them stand the lapsed and the
/// one-time. Fewer than ``smallest`` customers make no segment that could be described, so so small a group joins the
/// one nearest to it: lapsed and one-time buyers each other, as both are gone; what is still too small the current, and
/// too few current customers the lapsed, who came back once as well.
public struct LifecycleGroups: Sendable, Hashable {
  public enum Group: String, CaseIterable, Sendable, Codable {
    case current
    case lapsed
    case oneTime

    /// `current customers`.
    public var name: String {
      switch self {
      case .current: "current customers"
      case .lapsed: "lapsed customers"
      case .oneTime: "one-time buyers"
      }
    }

    fileprivate var one: String { "one " + name.dropLast() }
  }

  public struct Part: Sendable, Hashable {
    /// The group most of its customers are of.
    public var group: Group
    /// Groups that joined it.
    public var joined: [Group]
    /// Rising.
    public var rows: [Int]

    public var groups: [Group] { [group] + joined }
  }

  /// At least one where there are customers; current customers first, one-time buyers last.
  public private(set) var parts: [Part]
  /// Who joined whom and why, in sentences.
  public private(set) var remarks: [String] = []

  /// Groups of fewer customers join another.
  public static let smallest = 10

  /// - Parameter most: parts to make at most; where that is too few for all groups, lapsed and one-time buyers
  ///   share one.
  public init(_ stages: [Lifecycle.Stage], most: Int = Group.allCases.count) {
    parts = Group.allCases.map { Part(group: $0, joined: [], rows: []) }
    for (row, stage) in stages.enumerated() {
      parts[Group.allCases.firstIndex(of: stage.group)!].rows.append(row)
    }
    parts.removeAll { $0.rows.isEmpty }
    joinSmallest(.lapsed, .oneTime)
    joinSmallest(.current, .lapsed)
    joinSmallest(.current, .oneTime)
    if parts.count > most {
      join(.lapsed, .oneTime, because: "there are more groups than segments asked for")
    }
    if parts.count > most, let other = parts.last?.group {
      join(.current, other, because: "one segment was asked for")
    }
  }

  /// Joins two groups if one of them is too small to stand alone.
  private mutating func joinSmallest(_ a: Group, _ b: Group) {
    let sizes = [a, b].compactMap { group in parts.first { $0.group == group }?.rows.count }
    guard sizes.count == 2, sizes.min()! < LifecycleGroups.smallest else { return }
    join(a, b, because: "fewer than \(LifecycleGroups.smallest) customers make no segment of their own")
  }

  private mutating func join(_ a: Group, _ b: Group, because reason: String) {
    guard let first = parts.firstIndex(where: { $0.group == a }),
      let second = parts.firstIndex(where: { $0.group == b })
    else { return }
    // The larger gives its name.
    let isFirstLarger = parts[first].rows.count >= parts[second].rows.count
    let (host, guest) = isFirstLarger ? (first, second) : (second, first)
    let (count, group) = (parts[guest].rows.count, parts[guest].group)
    let guests = count == 1 ? group.one : "\(NumberText.integer(count)) \(group.name)"
    remarks.append(
      "\(guests.prefix(1).uppercased())\(guests.dropFirst()) \(count == 1 ? "is" : "are") grouped with the "
        + "\(parts[host].group.name): \(reason).")
    parts[host].joined += parts[guest].groups
    parts[host].rows = (parts[host].rows + parts[guest].rows).sorted()
    parts.remove(at: guest)
  }
}

extension Lifecycle.Stage {
  public var group: LifecycleGroups.Group {
    switch self {
    case .new, .active, .wonBack, .lapsing: .current
    case .lapsed: .lapsed
    case .oneTime: .oneTime
    }
  }
}
