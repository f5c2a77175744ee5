import SegueClustering
import SegueCore
import SegueNumerics
import Testing

@Suite("k-means says what is wrong with its input")
struct KMeansInputTests {
  private func diagnostics(_ points: Matrix, k: Int) -> [Diagnostic] {
    do {
      _ = try fit(points, k: k)
      return []
    } catch let error as SegueError {
      return error.diagnostics
    } catch {
      return [Diagnostic("unexpected", "\(error)")]
    }
  }

  @Test("asking for more segments than rows says what to change")
  func tooMany() {
    let found = diagnostics(Matrix(rows: [[1], [2], [3]]), k: 5)
    #expect(found.map(\.code) == ["kmeans.k"])
    #expect(found.first?.hint == "choose k between 2 and 3")
  }

  @Test("fewer than two segments is no split", arguments: [-1, 0, 1])
  func tooFew(k: Int) {
    #expect(diagnostics(Matrix(rows: [[1], [2], [3]]), k: k).map(\.code) == ["kmeans.k"])
  }

  @Test(
    "a value that is no number is named by row and column", arguments: [Double.nan, .infinity, -.infinity])
  func nonFinite(value: Double) {
    let found = diagnostics(Matrix(rows: [[1, 2], [3, value], [5, 6]]), k: 2)
    #expect(found.map(\.code) == ["kmeans.nonfinite"])
    #expect(found.first?.message.hasPrefix("row 2, column 2 is ") == true)
  }

  @Test("values whose squares overflow are refused")
  func magnitude() {
    #expect(diagnostics(Matrix(rows: [[1], [1e200], [3]]), k: 2).map(\.code) == ["kmeans.magnitude"])
  }

  @Test("too few distinct rows are counted")
  func distinct() {
    let found = diagnostics(Matrix(rows: [[1], [2], [1], [2], [3]]), k: 4)
    #expect(found.map(\.code) == ["kmeans.distinct"])
    #expect(found.first?.message == "only 3 distinct rows for k = 4")
    #expect(found.first?.hint == "choose k between 2 and 3")
  }

  @Test("equal rows cannot be told apart")
  func allEqual() {
    #expect(
      diagnostics(Matrix(rowCount: 9, columnCount: 2, repeating: 4), k: 2).map(\.code) == ["kmeans.distinct"])
  }

  @Test("one row, no row and no column are refused")
  func nothing() {
    #expect(diagnostics(Matrix(rows: [[1, 2]]), k: 2).map(\.code) == ["kmeans.rows"])
    #expect(diagnostics(Matrix(rowCount: 0, columnCount: 2), k: 2).map(\.code) == ["kmeans.rows"])
    #expect(diagnostics(Matrix(rowCount: 5, columnCount: 0), k: 2).map(\.code) == ["kmeans.columns"])
  }

  @Test("all offences of the options are reported together")
  func options() {
    var options = KMeansOptions()
    (options.restarts, options.swaps, options.maxIterations, options.tolerance) = (0, -1, 0, .nan)
    let error = #expect(throws: SegueError.self) {
      try KMeans(options).fit(Matrix(rows: (0..<9).map { [Double($0)] }))
    }
    #expect(
      error?.diagnostics.map(\.code)
        == ["kmeans.restarts", "kmeans.swaps", "kmeans.maxIterations", "kmeans.tolerance"])
    #expect(error?.exitCode == 64)
  }
}
