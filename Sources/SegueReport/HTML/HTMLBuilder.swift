/// Lets a tree read like the page: elements, text, `if` and `for` in braces.
@resultBuilder
package enum HTMLBuilder {
  package static func buildExpression(_ node: HTML) -> [HTML] { [node] }
  package static func buildExpression(_ node: HTML?) -> [HTML] { node.map { [$0] } ?? [] }
  package static func buildExpression(_ nodes: [HTML]) -> [HTML] { nodes }
  package static func buildExpression(_ text: HTML.Trusted) -> [HTML] { [.trusted(text)] }
  package static func buildExpression(_ text: String) -> [HTML] { [.text(text)] }
  package static func buildBlock(_ parts: [HTML]...) -> [HTML] { parts.flatMap { $0 } }
  package static func buildOptional(_ part: [HTML]?) -> [HTML] { part ?? [] }
  package static func buildEither(first part: [HTML]) -> [HTML] { part }
  package static func buildEither(second part: [HTML]) -> [HTML] { part }
  package static func buildArray(_ parts: [[HTML]]) -> [HTML] { parts.flatMap { $0 } }
}

/// Names are literals, so that no data can become one; an attribute that is nil is left out.
package typealias Attributes = KeyValuePairs<StaticString, String?>

/// `tag("p", ["class": "note"]) { "Text" }`
package func tag(
  _ name: StaticString, _ attributes: Attributes = [:], @HTMLBuilder _ children: () -> [HTML] = { [] }
) -> HTML {
  .element(
    HTML.Element(
      name: name.description, attributes: listed(attributes), children: children(), isShape: false))
}

/// A childless element of an SVG.
package func shape(_ name: StaticString, _ attributes: Attributes) -> HTML {
  .element(
    HTML.Element(name: name.description, attributes: listed(attributes), children: [], isShape: true))
}

private func listed(_ attributes: Attributes) -> [(name: String, value: String)] {
  attributes.compactMap { name, value in value.map { (name.description, $0) } }
}
