import SegueCore

/// How to read the figures, in a sentence or two each.
enum Glossary {
  private static let terms: [(String, String)] = [
    (
      "Effect (Cliff’s delta)",
      "Take one customer of the segment and one of the others at random: how much more often is the first one’s "
        + "figure higher than lower? 0 is no difference, 1 always higher, -1 always lower; from 0.15 on it is "
        + "worth a sentence, from 0.47 on it is large. For shares the effect is the difference of both."
    ),
    (
      "95% interval",
      "Where the true figure lies in 95 of 100 studies like this one. A narrow interval rests on many customers; "
        + "one that includes no difference at all proves nothing."
    ),
    (
      "Stability (Jaccard)",
      "Customers are drawn anew many times and grouped again. Stability is the share of a segment that stays "
        + "together, on average: from 0.85 it is high, from 0.75 fair, below 0.6 it should not be relied on."
    ),
    (
      "Silhouette",
      "How much closer customers are to their own segment than to the next: 1 is fully apart, 0 is a border drawn "
        + "through a crowd."
    ),
    (
      "Calinski–Harabasz, Davies–Bouldin",
      "Two ways to weigh how far segments lie from each other against how wide they are: the first is better when "
        + "high, the second when low. Compare them between numbers of segments of the same data only."
    ),
    (
      "Gap and prediction strength",
      "Gap: how much tighter the segments are than those of customers spread evenly. Prediction strength: how well "
        + "segments found in one half of the customers tell who belongs together in the other; from 0.8 on it is high."
    ),
    (
      "Densest border",
      "How many customers lie at the emptiest place between two segments, against the thinner of the two: 0% is a "
        + "gulf, 100% a border drawn through a crowd. The worst pair counts."
    ),
    (
      "Finds and right",
      "Of a segment’s customers, the share a rule picks; of those it picks, the share that belong to the segment."
    ),
  ]

  /// Only where the report has cohorts.
  private static let cohortTerms: [(String, String)] = [
    (
      "Cohort and retention",
      "A cohort is everybody whose first order falls in the same period. Its retention in a later period is the share "
        + "of it with at least one order then; a customer may skip a period and come back."
    ),
    (
      "Order again within so many days (Kaplan–Meier)",
      "The share who would have ordered again by then had everybody been followed for so long. Newcomers count only "
        + "for the days they have been followed, so they neither raise nor lower it for lack of time."
    ),
  ]

  static func card(comparisons: Int, hasCohorts: Bool) -> HTML {
    tag("div", ["class": "card"]) {
      tag("h3") { "How to read the figures" }
      tag("dl", ["class": "terms"]) {
        for (term, meaning) in terms + (hasCohorts ? cohortTerms : []) { entry(term, meaning) }
        entry(
          "q-value",
          "The chance of a fluke, after allowing for all \(comparisons > 1 ? NumberText.integer(comparisons) + " " : "")"
            + "comparisons of the study: of the differences with q under 0.05, fewer than one in twenty is "
            + "expected to be chance.")
      }
    }
  }

  private static func entry(_ term: String, _ meaning: String) -> HTML {
    tag("div") {
      tag("dt") { term }
      tag("dd") { meaning }
    }
  }
}
