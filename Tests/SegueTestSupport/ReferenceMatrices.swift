package import SegueNumerics
internal import SegueCore

/// The feature matrices that `reference/kmeans.json` and `reference/pca.json` are about, by their names there.
package enum ReferenceMatrices {
  package static let smallNames = [
    "iris_raw", "iris_z", "faithful_raw", "faithful_z", "mall_income_score_raw", "mall_age_income_score_z",
    "wholesale_raw", "wholesale_z",
  ]
  package static let onlineRetail = "online_retail_rfm_logz"

  package static func load(_ name: String) throws -> Matrix {
    switch name {
    case "iris_raw": try numbers("iris", 0..<4)
    case "iris_z": standardized(try numbers("iris", 0..<4))
    case "faithful_raw": try numbers("faithful", 0..<2)
    case "faithful_z": standardized(try numbers("faithful", 0..<2))
    case "mall_income_score_raw": try numbers("mall_customers", 3..<5)
    case "mall_age_income_score_z": standardized(try numbers("mall_customers", 2..<5))
    case "wholesale_raw": try numbers("wholesale_customers", 2..<8)
    case "wholesale_z": standardized(try numbers("wholesale_customers", 2..<8))
    case "wholesale_log1p_z": standardized(logarithms(try numbers("wholesale_customers", 2..<8)))
    case onlineRetail: try onlineRetailFeatures()
    default: fatalError("no reference matrix is called \(name)")
    }
  }

  /// Zero mean, population standard deviation one.
  package static func standardized(_ points: Matrix) -> Matrix {
    let columns = (0..<points.columnCount).map { index -> [Double] in
      let column = points.column(index)
      let mean = column.reduce(0, +) / Double(column.count)
      let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(column.count)
      return column.map { ($0 - mean) / variance.squareRoot() }
    }
    return Matrix(rows: (0..<points.rowCount).map { row in columns.map { $0[row] } })
  }

  private static func logarithms(_ points: Matrix) -> Matrix {
    Matrix(
      rowCount: points.rowCount, columnCount: points.columnCount,
      elements: points.elements.map(Elementary.log1p))
  }

  private static func numbers(_ file: String, _ columns: Range<Int>) throws -> Matrix {
    Matrix(
      rows: try SharedFolder.table("data/\(file).csv").map { fields in columns.map { Double(fields[$0])! } })
  }

  /// ln of recency (days to 2011-12-10), invoices and money of paying customers, standardized.
  private static func onlineRetailFeatures() throws -> Matrix {
    struct Line {
      var customer: String
      var invoice: String
      var day: String
      var money: Double
    }
    let lines = try SharedFolder.lines("data/online_retail.csv.gz") { fields -> Line? in
      guard fields.count == 8, !fields[6].isEmpty, fields[0].first != UInt8(ascii: "C") else { return nil }
      func text(_ index: Int) -> String { String(decoding: fields[index], as: UTF8.self) }
      let (quantity, price) = (Double(text(3))!, Double(text(5))!)
      guard quantity > 0, price > 0 else { return nil }
      return Line(
        customer: text(6), invoice: text(0), day: String(text(4).prefix(10)), money: quantity * price)
    }
    let snapshot = CalendarDay(iso: "2011-12-10")!
    let customers = Dictionary(grouping: lines, by: \.customer).sorted { $0.key < $1.key }
    return standardized(
      Matrix(
        rows: customers.map { _, lines in
          let last = CalendarDay(iso: lines.map(\.day).max()!)!
          let invoices = Set(lines.map(\.invoice)).count
          let money = lines.reduce(0) { $0 + $1.money }
          return [Double(last.days(until: snapshot)), Double(invoices), money].map(Elementary.log)
        }))
  }
}
