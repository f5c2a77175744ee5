import SegueClustering
import SegueCore
import SegueNumerics
import SegueTestSupport
import Testing

@Suite("Mixtures say what is wrong with their input")
struct MixtureInputTests {
  private func diagnostics(
    _ rows: [[Double]], k: Int, _ covariance: MixtureCovariance = .full, weights: [Double]? = nil
  ) -> [Diagnostic] {
    do {
      _ = try fitMixture(Matrix(rows: rows), k: k, covariance, weights: weights)
      return []
    } catch let error as SegueError {
      return error.diagnostics
    } catch {
      return [Diagnostic("unexpected", "\(error)")]
    }
  }

  @Test("what cannot be fitted is refused with what to do instead")
  func refused() {
    let three: [[Double]] = [[1], [2], [4]]
    let cases: [(rows: [[Double]], k: Int, weights: [Double]?, code: String, hint: String)] = [
      (three, 0, nil, "mixture.k", "choose k of 1 or more"),
      (three, 4, nil, "mixture.k", "choose k between 1 and 3"),
      ([], 1, nil, "mixture.columns", "choose at least one numeric feature"),
      ([[], []], 1, nil, "mixture.columns", "choose at least one numeric feature"),
      ([[1]], 1, nil, "mixture.rows", "bring 2 rows or more"),
      ([[1], [2], [1]], 3, nil, "mixture.distinct", "choose k between 1 and 2"),
      ([[1], [2], [3]], 3, [1, 0, 1], "mixture.distinct", "choose k between 1 and 2"),
      (
        [[5, 1], [5, 2], [5, 3]], 1, nil, "mixture.constant",
        "leave the column out: what does not vary has no density"
      ),
      ([[1, .nan], [2, 2]], 1, nil, "kmeans.nonfinite", "fill the gap or leave the row out"),
      ([[1, .infinity], [2, 2]], 1, nil, "kmeans.nonfinite", "fill the gap or leave the row out"),
      ([[1], [1e200], [3]], 1, nil, "kmeans.magnitude", "scale the column"),
      ([[1e-200], [2e-200], [3e-200]], 1, nil, "mixture.magnitude", "scale the column"),
      (three, 1, [1, 2], "mixture.weights", "bring a weight for each row"),
      (three, 1, [1, -2, 3], "mixture.weights", "a weight says how many rows a row stands for: 0 or more"),
      (three, 1, [1, .nan, 3], "mixture.weights", "a weight says how many rows a row stands for: 0 or more"),
      (three, 1, [0, 0, 0], "mixture.weights", "give two rows or more a weight above 0"),
    ]
    for (rows, k, weights, code, hint) in cases {
      let found = diagnostics(rows, k: k, weights: weights)
      #expect(found.map(\.code) == [code], "\(rows)")
      #expect(found.first?.hint == hint, "\(rows)")
    }
  }

  @Test("a value that is no number is named by row and column")
  func place() {
    let found = diagnostics([[1, 2], [3, .nan], [5, 6]], k: 2)
    #expect(found.first?.message == "row 2, column 2 is not a number")
  }

  @Test("every column that does not vary is named")
  func constants() {
    let found = diagnostics((0..<9).map { [0.1 + 0.2, Double($0), 7] }, k: 2)
    #expect(found.map(\.code) == ["mixture.constant", "mixture.constant"])
    #expect(found.last?.message == "column 3 is 7.0 in every row")
  }

  @Test("all offences of the options are reported together")
  func options() {
    var options = MixtureOptions()
    (options.k, options.starts, options.maxIterations) = (0, 0, 0)
    (options.tolerance, options.varianceFloor) = (.nan, 0)
    let error = #expect(throws: SegueError.self) {
      try GaussianMixture(options).fit(Iris.points)
    }
    #expect(
      error?.diagnostics.map(\.code) == [
        "mixture.k", "mixture.starts", "mixture.maxIterations", "mixture.tolerance", "mixture.varianceFloor",
      ])
    #expect(error?.exitCode == 64)
  }

  @Test("awkward tables give finite figures or a diagnostic, never a trap")
  func awkward() throws {
    var generator = Seed(3).generator(for: .testData)
    // One column the double of another, and one that hardly varies far from zero.
    let dependent: [[Double]] = (0..<40).map { row in
      let x = Double(row % 7)
      return [x, 2 * x, 1e9 + Double(row % 3) * 1e-3]
    }
    let outlier: [[Double]] = (0..<50).map { row in
      (0..<6).map { _ in row == 0 ? 1e140 : generator.normal() }
    }
    let wide: [[Double]] = (0..<20).map { _ in (0..<10).map { _ in generator.normal() } }
    let lattice: [[Double]] = (0..<30).map { [Double($0 % 2), Double($0 % 3)] }
    let line: [[Double]] = (0..<30).map { [Double($0)] }
    let tables: [[[Double]]] = [
      [[1], [2]], [[1e150], [-1e150], [1], [2], [3]], [[0], [0], [0], [0], [1]], line, lattice, dependent,
      outlier, wide,
    ]
    for (rows, covariance) in tables.flatMap({ rows in MixtureCovariance.allCases.map { (rows, $0) } }) {
      for k in 1...5 {
        var options = MixtureOptions()
        (options.k, options.covariance, options.starts, options.maxIterations) = (k, covariance, 12, 200)
        let points = Matrix(rows: rows)
        do {
          let model = try GaussianMixture(options).fit(points)
          var figures = [
            model.logLikelihood, model.bic, model.aic, model.icl, model.entropy, model.unsureShare,
          ]
          figures += model.weights + model.means.elements + model.logLikelihoodHistory
          figures += model.covariances.flatMap(\.elements)
          figures += try model.memberships(of: points).elements
          let isFinite = figures.allSatisfy(\.isFinite)
          #expect(isFinite, "\(covariance) \(k)")
          #expect(model.labels.max()! < k && model.labels.min()! >= 0)
        } catch let error as SegueError {
          #expect(error.diagnostics.allSatisfy { $0.hint != nil })
        }
      }
    }
  }

  @Test("a model of other columns, or with a broken covariance, is refused")
  func memberships() throws {
    var model = try fitMixture(Iris.points, k: 2)
    let other = #expect(throws: SegueError.self) { try model.memberships(of: Matrix(rows: [[1, 2]])) }
    #expect(other?.diagnostics.map(\.code) == ["mixture.columns"])
    model.covariances[0] = Matrix(rowCount: 4, columnCount: 4, repeating: 1)
    let broken = #expect(throws: SegueError.self) { try model.memberships(of: Iris.points) }
    #expect(broken?.diagnostics.map(\.code) == ["mixture.model"])
  }
}
