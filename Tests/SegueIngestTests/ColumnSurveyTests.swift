import SegueCore
import SegueIngest
import SegueTestSupport
import Testing

@Suite("Surveys of columns")
struct ColumnSurveyTests {
  /// Cells of every sort a survey tells apart, in an order of their own.
  private static func cells(_ count: Int) -> [[UInt8]] {
    let sorts: [(Int) -> String] = [
      { _ in "" }, { "\($0)" }, { "\($0),\($0 % 90 + 10)" }, { "1.\($0 % 900 + 100)" },
      { "\($0 % 9 + 1),\($0 % 900 + 100)" },
      { "-£\($0).5" }, { "2024-02-\($0 % 31 + 1)" }, { "\($0 % 28 + 1)/\($0 % 12 + 1)/\(1900 + $0 % 150)" },
      { "\($0 % 12 + 1).\($0 % 12 + 1).70" }, { "2024-05-\($0 % 28 + 1)T10:00:00Z" }, { _ in "20240229" },
      { "17\($0 % 90 + 10)000000" }, { "17\($0 % 90 + 10)000000000" }, { "mail\($0)@example.com" },
      { "10.0.0.\($0)" }, { _ in "EUR" }, { "C\($0)" }, { _ in "NULL" }, { "+49 30 12345\($0 % 90 + 10)" },
      { "Kunde \($0 % 40)" }, { _ in "1900-01-01" }, { "5 Mar 20\($0 % 90 + 10)" },
    ]
    let order = Array(0..<count).shuffled(Seed(7))
    return order.map { Array(sorts[$0 % sorts.count]($0 / sorts.count).utf8) }
  }

  private static func survey(_ cells: ArraySlice<[UInt8]>) -> ColumnSurvey {
    var survey = ColumnSurvey()
    for cell in cells { survey.take(cell.span) }
    return survey
  }

  /// Far more distinct values than are counted, and few.
  @Test("surveys of pieces merge into the survey of the whole", arguments: [30_000, 700, 5])
  func pieces(count: Int) {
    let cells = Self.cells(count)
    let whole = Self.survey(cells[...])
    for pieces in [2, 3, 7, 64] {
      var merged = ColumnSurvey()
      for piece in 0..<pieces {
        merged.merge(Self.survey(cells[(count * piece / pieces)..<(count * (piece + 1) / pieces)]))
      }
      #expect(merged == whole, "\(pieces) pieces")
    }
    #expect(Self.survey(cells.reversed()[...]) != whole)
  }

  @Test("a survey merged onto none, and none onto it, is itself")
  func nothing() {
    let whole = Self.survey(Self.cells(500)[...])
    var merged = whole
    merged.merge(ColumnSurvey())
    #expect(merged == whole)
    var later = ColumnSurvey()
    later.merge(whole)
    #expect(later == whole)
  }
}
