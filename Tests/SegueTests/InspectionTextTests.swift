import Segue
import Testing

@Suite("The text of an inspection")
struct InspectionTextTests {
  private func table(_ csv: String, named name: String = "orders.csv") throws -> String {
    InspectionText(try Study().inspect([Input(path: name, bytes: Array(csv.utf8))])).table()
  }

  @Test("it says what a file is, how sure, what is wrong and what changes a guess")
  func whole() throws {
    let rows = (1...40).map { "\($0 % 9),2024-01-\($0 % 28 + 1),\($0 + 9).50,EUR,ann\($0)@example.com,\n" }
      .joined()
    let text = try table("client,created_at,value,currency,contact,note\n\(rows)3,2024-02-01,66666,EUR,,\n")
    #expect(
      text == """
        orders.csv: orders, one row per order (likely 97%: columns for customer, time, amount; the file's
          name)
          41 rows, 6 columns, UTF-8, delimiter ",", decimal mark ".", dates YYYY-MM-DD, 2024-01-01 to
          2024-02-01

          column      role      sure     type        empty  distinct  sample
          client      customer  likely   identifier                9  1
          created_at  time      likely   date                     29  2024-01-2
          value       amount    likely   number                   41  10.50
          currency    currency  certain  category                  1  EUR
          contact     –                  personal     2.4%        40  ••••@•••••••.•••
          note        –                  category      all         0

          Quality of the data
          - "note" is empty
          - 1 value of "value" lies far out, the farthest at 66,666; half of all lie between 20.6 and 40.6
          - personal data, of which only the shape is shown: contact
          - Far out: more than three times the spread of the middle half beyond it, on plain and on ratio
            scale.

          To change a guess
          - another kind: --kind orders.csv=customers
          - customer is client (or contact): --column orders.csv:customer=HEADER
          - time is created_at: --column orders.csv:time=HEADER
          - amount is value: --column orders.csv:amount=HEADER
          likely: the header often means it; guess: a vague header, or values alone

        """)
  }

  @Test("a file that cannot be read is headed by its question, and no personal value ever shows")
  func refused() throws {
    let csv = "mail,visits\nann@example.com,3\nann@example.com,4\nbob@example.com,5\n"
    let text = try table(csv, named: "x.csv")
    #expect(text.hasPrefix("x.csv: not recognised\n"))
    #expect(text.contains("Must be answered before it can be read\n  - cannot tell what a row"))
    #expect(!text.contains("@example"))
  }

  @Test("lines fit 100 columns, however wide the table")
  func width() throws {
    let headers = (0..<60).map { "a_rather_long_header_of_an_export_\($0)" }.joined(separator: ",")
    let row = (0..<60).map { "a value of some length that goes on and on \($0)" }.joined(separator: ",")
    let text = try table(
      "customer_id,order_date,amount,\(headers)\n1,2024-01-01,5,\(row)\n2,2024-01-02,6,\(row)\n")
    for line in text.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
  }
}
