/// What a page says of itself before its content: light or dark, self-contained.
enum PageHead {
  static func node(_ title: String, version: String) -> HTML {
    tag("head") {
      tag("meta", ["charset": "utf-8"])
      tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
      tag("meta", ["name": "color-scheme", "content": "light dark"])
      tag("meta", ["name": "generator", "content": "Segue \(version)"])
      tag("title") { title }
      Stylesheet.node
    }
  }
}
