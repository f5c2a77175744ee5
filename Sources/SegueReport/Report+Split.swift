extension Report {
  /// Every number of segments that was tried, and the one taken.
  public struct Scan: Sendable {
    public struct Row: Sendable {
      public var k: Int
      public var silhouette: Double?
      /// Over the segments of this k: the least and the mean stability.
      public var minJaccard: Double?
      public var meanJaccard: Double?
      public var inertia: Double?
      public var calinskiHarabasz: Double?
      public var daviesBouldin: Double?
      public var gap: Double?
      public var gapStandardError: Double?
      public var predictionStrength: Double?
      /// How densely customers lie on the densest border, as a share of the thinner segment beside it.
      public var densestBorder: Double?

      public init(
        k: Int, silhouette: Double? = nil, minJaccard: Double? = nil, meanJaccard: Double? = nil,
        inertia: Double? = nil, calinskiHarabasz: Double? = nil, daviesBouldin: Double? = nil,
        gap: Double? = nil, gapStandardError: Double? = nil, predictionStrength: Double? = nil,
        densestBorder: Double? = nil
      ) {
        self.k = k
        self.silhouette = silhouette
        self.minJaccard = minJaccard
        self.meanJaccard = meanJaccard
        self.inertia = inertia
        self.calinskiHarabasz = calinskiHarabasz
        self.daviesBouldin = daviesBouldin
        self.gap = gap
        self.gapStandardError = gapStandardError
        self.predictionStrength = predictionStrength
        self.densestBorder = densestBorder
      }
    }

    public enum Verdict: String, Sendable {
      /// The data falls into groups.
      case clustered
      /// It does not: the segments cut a continuum, usefully or not.
      case noClusters
      /// Some groups stand apart, but they do not all come back from resample to resample.
      case unstable
    }

    public enum Index: String, Sendable, CaseIterable {
      case silhouette
      case calinskiHarabasz
      case daviesBouldin
      case gap
      case predictionStrength
      case leastJaccard
      case densestBorder
    }

    /// The number of segments an index speaks for by its own rule; nil if it speaks against every number tried.
    public struct Vote: Sendable {
      public var index: Index
      public var k: Int?

      public init(_ index: Index, k: Int?) {
        self.index = index
        self.k = k
      }
    }

    public var rows: [Row]
    public var chosen: Int
    public var runnerUp: Int?
    public var verdict: Verdict
    /// Why this number, in a sentence or two.
    public var reason: String
    /// What to do where there are no groups to rely on.
    public var advice: String?
    public var votes: [Vote]
    /// Which figures are of a sample and of how many customers; the Hopkins statistic.
    public var notes: [String]

    public init(
      rows: [Row], chosen: Int, runnerUp: Int? = nil, verdict: Verdict, reason: String, advice: String? = nil,
      votes: [Vote] = [], notes: [String] = []
    ) {
      self.rows = rows
      self.chosen = chosen
      self.runnerUp = runnerUp
      self.verdict = verdict
      self.reason = reason
      self.advice = advice
      self.votes = votes
      self.notes = notes
    }
  }

  /// Which segments are alike: the tree that joins them two by two.
  public struct Kinship: Sendable {
    public struct Merge: Sendable {
      /// A leaf `0..<m`, or m + i for the result of merge i.
      public var first: Int
      public var second: Int
      /// Not below the merges it joins.
      public var height: Double

      public init(_ first: Int, _ second: Int, height: Double) {
        self.first = first
        self.second = second
        self.height = height
      }
    }

    /// Position in `study.segments` of each of the m leaves.
    public var segments: [Int]
    /// The leaves from the top down, such that no two branches cross.
    public var order: [Int]
    /// m − 1, by rising height.
    public var merges: [Merge]

    public init(segments: [Int], order: [Int], merges: [Merge]) {
      self.segments = segments
      self.order = order
      self.merges = merges
    }
  }
}
