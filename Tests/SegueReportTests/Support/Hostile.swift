/// Names that customer data can bring.
enum Hostile {
  static let words = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "a|b`c`*d*_e_[f](http://g.example)",
    "# heading: one, two; three\n```\n## four", "O'Brien & Søn \u{202E}drawkcab",
  ]

  static var names: [SampleSegments.Figures] {
    zip(SampleSegments.five, words).map { figures, word in
      var figures = figures
      figures.name = word
      figures.tagline = word
      return figures
    }
  }

  static var longNames: [SampleSegments.Figures] {
    SampleSegments.five.enumerated().map { index, figures in
      var figures = figures
      figures.name =
        index.isMultiple(of: 2)
        ? "High catering spend, buys on weekday mornings through the wholesale portal (\(index))"
        : "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente\(index)"
      return figures
    }
  }

  static var twelve: [SampleSegments.Figures] {
    (0..<12).map { index in
      var figures = SampleSegments.five[index % 5]
      figures.name = "\(figures.name), group \(index + 1)"
      return figures
    }
  }
}
