/// `reference/rfm.json`, as far as it is compared.
struct RFMReference: Decodable {
  struct Published: Decodable {
    struct Printed: Decodable {
      var customers: Int
      var rows: [Row]
      var scores: [Int]

      enum CodingKeys: String, CodingKey {
        case customers
        case rows = "first_10_rows"
        case scores = "rfm_scores_of_those_rows"
      }
    }

    struct Row: Decodable {
      var customer_id: String
      var recency_days: Double
      var transaction_count: Double
      var amount: Double
      var recency_score: Double
    }

    struct Summary: Decodable {
      struct Row: Decodable {
        var segment: String
        var customers: Int
        var orders: Int
        var revenue: Int
      }

      var rows: [Row]
    }

    var table: Printed
    var summary: Summary

    enum CodingKeys: String, CodingKey {
      case table = "rfm_table_order(analysis_date 2006-12-31)"
      case summary = "rfm_segment_summary"
    }
  }

  struct DataSet: Decodable {
    var rfm_package: Table
  }

  struct Table: Decodable {
    struct Counts: Decodable {
      var R: [String: Int]
      var F: [String: Int]
      var M: [String: Int]
    }

    struct CutPoints: Decodable {
      var recency: [Double]
      var frequency: [Double]
      var monetary: [Double]
    }

    struct Segment: Decodable {
      var customers: Int
      var orders: Int
      var revenue: Double
    }

    var score_counts: Counts
    var rfm_555: Int
    var rfm_111: Int
    var distinct_rfm_cells: Int
    var segments: [String: Segment]
    var picked: [Customer]
    var cut_points: CutPoints
  }

  /// A customer by name or by number, under either of two keys.
  struct Customer: Decodable {
    var id: String
    var recency_days: Double
    var orders: Double
    var amount: Double
    var R: Int
    var F: Int
    var M: Int
    var segment: String

    enum CodingKeys: String, CodingKey {
      case customer
      case customer_id
      case recency_days
      case orders
      case amount
      case R
      case F
      case M
      case segment
    }

    init(from decoder: any Decoder) throws {
      let fields = try decoder.container(keyedBy: CodingKeys.self)
      let key = fields.contains(.customer) ? CodingKeys.customer : .customer_id
      id = try (try? fields.decode(String.self, forKey: key)) ?? String(fields.decode(Int.self, forKey: key))
      recency_days = try fields.decode(Double.self, forKey: .recency_days)
      orders = try fields.decode(Double.self, forKey: .orders)
      amount = try fields.decode(Double.self, forKey: .amount)
      R = try fields.decode(Int.self, forKey: .R)
      F = try fields.decode(Int.self, forKey: .F)
      M = try fields.decode(Int.self, forKey: .M)
      segment = try fields.decode(String.self, forKey: .segment)
    }
  }

  var published: Published
  var rfm_data_orders: DataSet
  var rfm_data_customer: DataSet
  var online_retail_rule_A: DataSet
}
