import SegueProfile

extension Report {
  var page: HTML {
    tag("html", ["lang": "en"]) {
      tag("head") {
        tag("meta", ["charset": "utf-8"])
        tag("title") { "\(title) · Segue" }
      }
      tag("body") {
        tag("main") {
          tag("h1") { headline }
          tag("p") { summary }
          for profile in study.segments { tag("p") { profile.segment.name } }
        }
      }
    }
  }
}
