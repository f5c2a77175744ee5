import SegueCore

/// The groups customers were parted into before they were clustered.
extension Report {
  var groupCard: HTML? {
    guard !groups.isEmpty else { return nil }
    return tag("div", ["class": "card", "id": "groups"]) {
      tag("h3") { "Parted by lifecycle first" }
      tag("p", ["class": "reason"]) {
        "Who is gone shares no segment with who is here: each group was clustered by itself, on the same scale."
      }
      scrolling("Groups by lifecycle") {
        tag("table", ["class": "plain grouped"]) {
          tag("thead") {
            tag("tr") {
              tag("th", ["scope": "col"]) { "Group" }
              tag("th", ["scope": "col", "class": "num"]) { "Customers" }
              tag("th", ["scope": "col", "class": "num"]) { "Segments" }
              tag("th", ["scope": "col"]) { "Why that many" }
            }
          }
          tag("tbody") {
            for group in groups {
              tag("tr") {
                tag("th", ["scope": "row"]) { group.name.prefix(1).uppercased() + group.name.dropFirst() }
                tag("td", ["class": "num"]) { NumberText.integer(group.customers) }
                tag("td", ["class": "num"]) { NumberText.integer(group.segments) }
                tag("td") { group.isMain && scan != nil ? "see below" : group.reason }
              }
            }
          }
        }
      }
    }
  }

  /// `Why four segments of current customers`.
  func scanTitle(_ scan: Scan) -> String {
    let title = scan.chosen == 1 ? "Why no split" : "Why \(Report.spelled(scan.chosen)) segments"
    return groups.first(where: \.isMain).map { "\(title) of \($0.name)" } ?? title
  }
}
