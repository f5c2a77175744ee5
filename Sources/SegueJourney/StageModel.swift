/// The steps a customer takes, in the words of one school; one event log fills every model.
public struct StageModel: Sendable, Codable {
  public struct Stage: Sendable, Codable {
    public var name: String
    /// What the customer is after here.
    public var goal: String
    /// The question to put to customers when data is silent.
    public var question: String
    /// What we want to happen here.
    public var ourGoal: String
    /// The steps of the common ladder that this stage covers.
    public var steps: [Step]
  }

  /// The finest ladder all models can be built from.
  public enum Step: String, Sendable, Codable, CaseIterable {
    case awareness
    case consideration
    case decision
    case purchase
    case postPurchase
    case loyalty
    case advocacy
  }

  /// The spelling of `--stages`.
  public var id: String
  public var title: String
  public var stages: [Stage]

  /// The stage that covers a step, if the model has one.
  public func stage(for step: Step) -> Int? {
    stages.firstIndex { $0.steps.contains(step) }
  }

  /// The stage somebody else's name means: this model's own names first, then the common ladder's.
  public func stage(named name: String) -> Int? {
    let key = EventStages.normalized(name)
    if let own = stages.firstIndex(where: { EventStages.normalized($0.name) == key }) { return own }
    return EventStages.step(forStageName: key).flatMap(stage(for:))
  }
}

extension StageModel {
  public static let standard = sixStages

  /// Every model that ships, by the spelling of `--stages`.
  public static let all = [fiveSteps, fourStages, sixStages, fourPhases, fiveStages, aida]

  public static func named(_ id: String) -> StageModel? { all.first { $0.id == id } }

  private static let ladder: [Step: (goal: String, question: String, ourGoal: String)] = [
    .awareness: (
      "Notice that there is an offer for a need",
      "How did you first hear of us, and what were you looking for?",
      "Be found, and be remembered"
    ),
    .consideration: (
      "Find out whether it fits", "What did you compare us with, and what was hard to find out?",
      "Inform, and earn trust"
    ),
    .decision: (
      "Settle on one offer without surprises", "What nearly stopped you before you ordered?",
      "Remove the last doubts"
    ),
    .purchase: (
      "Pay and be done", "How was ordering, and what would have made it easier?", "Make ordering effortless"
    ),
    .postPurchase: (
      "Get what was promised, and help if not", "How did delivery and first use go?",
      "Deliver, help, and stay in touch"
    ),
    .loyalty: (
      "Be rewarded for coming back", "What would make coming back to us the obvious choice?",
      "Earn the next order"
    ),
    .advocacy: (
      "Share what worked", "Whom would you recommend us to, and why?", "Turn content customers into voices"
    ),
  ]

  private static func stage(_ name: String, _ steps: Step...) -> Stage {
    let words = ladder[steps[0]]!
    return Stage(name: name, goal: words.goal, question: words.question, ourGoal: words.ourGoal, steps: steps)
  }

  static let fiveSteps = StageModel(
    id: "fiveSteps", title: "Five steps",
    stages: [
      stage("Awareness", .awareness), stage("Evaluation", .consideration),
      stage("Acquisition", .decision, .purchase), stage("Retention", .postPurchase, .loyalty),
      stage("Advocacy", .advocacy),
    ])

  static let fourStages = StageModel(
    id: "fourStages", title: "Four key stages",
    stages: [
      stage("Awareness", .awareness), stage("Consideration", .consideration),
      stage("Decision", .decision, .purchase),
      stage("Retention and Loyalty", .postPurchase, .loyalty, .advocacy),
    ])

  static let sixStages = StageModel(
    id: "sixStages", title: "Six stages",
    stages: [
      stage("Awareness", .awareness), stage("Consideration", .consideration), stage("Decision", .decision),
      stage("Purchase", .purchase), stage("Post-purchase", .postPurchase),
      stage("Loyalty", .loyalty, .advocacy),
    ])

  static let fourPhases = StageModel(
    id: "fourPhases", title: "Four phases",
    stages: [
      stage("Initial Engagement", .awareness), stage("Active Consideration", .consideration),
      stage("Purchase Decision", .decision, .purchase),
      stage("Post-Purchase Behavior", .postPurchase, .loyalty, .advocacy),
    ])

  static let fiveStages = StageModel(
    id: "fiveStages", title: "Five key stages",
    stages: [
      stage("Awareness", .awareness), stage("Consideration", .consideration),
      stage("Decision", .decision, .purchase), stage("Retention", .postPurchase, .loyalty),
      stage("Advocacy", .advocacy),
    ])

  static let aida = StageModel(
    id: "aida", title: "AIDA with loyalty and advocacy",
    stages: [
      stage("Awareness", .awareness), stage("Interest", .consideration), stage("Desire", .decision),
      stage("Action", .purchase), stage("Loyalty", .postPurchase, .loyalty), stage("Advocacy", .advocacy),
    ])
}
