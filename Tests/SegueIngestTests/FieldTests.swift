import SegueCore
import SegueIngest
import Testing

@Suite("Dates and amounts")
struct FieldTests {
  @Test(
    "dates read the same in every spelling",
    arguments: [
      ("2024-03-09", "2024-03-09 00:00:00"),
      ("2024-03-09 14:05", "2024-03-09 14:05:00"),
      ("2024-03-09T14:05:07", "2024-03-09 14:05:07"),
      ("2024-03-09 14:05:07.999", "2024-03-09 14:05:07"),
      ("2024-03-09T14:05:07Z", "2024-03-09 14:05:07"),
      ("2024-03-09T14:05:07+02:00", "2024-03-09 12:05:07"),
      ("2024-03-09 14:05:07 -0500", "2024-03-09 19:05:07"),
      ("2024-03-09 14:05:07 UTC", "2024-03-09 14:05:07"),
      ("2024-03-09 14:05:07 GMT", "2024-03-09 14:05:07"),
      ("2024/3/9", "2024-03-09 00:00:00"),
      ("2024.03.09", "2024-03-09 00:00:00"),
      ("20240309", "2024-03-09 00:00:00"),
      ("31/03/2024", "2024-03-31 00:00:00"),
      ("3/31/2024 2:05 PM", "2024-03-31 14:05:00"),
      ("3/31/2024 12:05 AM", "2024-03-31 00:05:00"),
      ("31.3.24", "2024-03-31 00:00:00"),
      ("31-12-99", "1999-12-31 00:00:00"),
      ("9 Mar 2024", "2024-03-09 00:00:00"),
      ("09-Mar-24", "2024-03-09 00:00:00"),
      ("March 9, 2024", "2024-03-09 00:00:00"),
      ("Sept. 9th 2024", "2024-09-09 00:00:00"),
      ("9. März 2024", "2024-03-09 00:00:00"),
      ("09-Dez-24 14:05", "2024-12-09 14:05:00"),
      ("1er août 2024", "2024-08-01 00:00:00"),
      ("9 FÉVR. 2024", "2024-02-09 00:00:00"),
      ("9 juin 2024", "2024-06-09 00:00:00"),
      ("9 juil. 2024", "2024-07-09 00:00:00"),
      ("9 de septiembre de 2024", "2024-09-09 00:00:00"),
      ("1709993107", "2024-03-09 14:05:07"),
      ("1709993107.123", "2024-03-09 14:05:07"),
      ("1709993107123", "2024-03-09 14:05:07"),
      ("1709993107123456", "2024-03-09 14:05:07"),
      ("05/05/2024", "2024-05-05 00:00:00"),
    ])
  func dates(text: String, expected: String) throws {
    #expect(try Reading.dates([text]) == [expected])
  }

  @Test(
    "days that are not in the calendar are no dates",
    arguments: [
      "2023-02-29", "2024-13-01", "2024-00-10", "31/31/2024", "2024-03-09 25:00", "2024-3", "soon", "",
      "9 jui 2024", "9 marble 2024", "9th/3/2024", "45360",
    ])
  func noDates(text: String) {
    let codes = Reading.codes { _ = try Reading.dates(["2024-01-01", "2024-01-02", text]) }
    #expect(codes == ["csv.date"])
  }

  @Test("a column of nothing but spreadsheet days is read as such under a header that speaks of time")
  func spreadsheetDays() throws {
    let read = try Reading.dates(["45360", "45360.5", "45360.586886574", "45360,99999999"])
    #expect(
      read == ["2024-03-09 00:00:00", "2024-03-09 12:00:00", "2024-03-09 14:05:07", "2024-03-09 23:59:59"])
    let inspected = try inspect([
      Input(path: "orders.csv", bytes: Array("customer_id,date,amount\na,45360,45360\n".utf8))
    ])
    #expect(inspected[0].dialect.dateFormat?.value == "spreadsheet day numbers")
    #expect(try Reading.amounts(["45360"]) == ["45360.00"])
    #expect(Reading.codes { _ = try Reading.dates(["45360", "2024-03-09"]) } == ["csv.date"])
  }

  @Test("one date that can be read one way only settles its whole column")
  func columnOrder() throws {
    #expect(try Reading.dates(["03/04/2024", "13/04/2024"])[0] == "2024-04-03 00:00:00")
    #expect(try Reading.dates(["03/04/2024", "04/13/2024"])[0] == "2024-03-04 00:00:00")
  }

  @Test("the flag settles an open order")
  func flag() throws {
    for (order, expected) in [
      (IngestOptions.DateOrder.dayFirst, "2024-04-03"), (.monthFirst, "2024-03-04"),
    ] {
      let read = try Reading.dates(["03/04/2024"], Reading.options { $0.dateOrder = order })
      #expect(read == [expected + " 00:00:00"])
    }
    #expect(
      try Reading.dates(["24/03/09"], Reading.options { $0.dateOrder = .yearFirst }) == [
        "2024-03-09 00:00:00"
      ])
  }

  @Test("zoned times and epochs move to the study's zone, others stay as written")
  func zones() throws {
    let berlin = Reading.options { $0.timeZone = "Europe/Berlin" }
    let read = try Reading.dates(
      ["2024-03-31T00:30:00Z", "2024-03-31T01:30:00Z", "2024-03-31 01:30:00", "2024-01-01T00:00:00+09:00"],
      berlin)
    #expect(
      read == ["2024-03-31 01:30:00", "2024-03-31 03:30:00", "2024-03-31 01:30:00", "2023-12-31 16:00:00"])
    #expect(try Reading.dates(["1704067200"], berlin) == ["2024-01-01 01:00:00"])
  }

  @Test("an unknown zone is a usage error")
  func unknownZone() {
    let codes = Reading.codes {
      _ = try Reading.dates(["2024-01-01"], Reading.options { $0.timeZone = "Mars/Base" })
    }
    #expect(codes == ["ingest.timeZone"])
  }

  @Test(
    "amounts are exact in every spelling with a decimal point",
    arguments: [
      ("12.5", "12.50"), ("1,234.50", "1234.50"), ("1,234,567.89", "1234567.89"), ("£12.50", "12.50"),
      ("12.50 GBP", "12.50"), ("GBP 12.50", "12.50"), ("1 234.50", "1234.50"), ("1'234.50", "1234.50"),
      ("+3.10", "3.10"), (".5", "0.50"), ("5.", "5.00"), ("0.0001", "0.0001"), ("0.00005", "0.0001"),
      ("0.00004", "0.00"), ("1\u{A0}234.50", "1234.50"), ("461168601842738.0000", "461168601842738.00"),
      ("1\u{202F}234.50", "1234.50"), ("1’234.50", "1234.50"), ("R$ 12.50", "12.50"), ("12.50 kr", "12.50"),
    ])
  func points(text: String, expected: String) throws {
    #expect(try Reading.amounts(["7.25", text]).last == expected)
  }

  @Test(
    "a dash behind the decimal mark stands for no cents and takes nothing away",
    arguments: ["443,-", "443,--", "443,–", "€ 443,-", "443,- €"])
  func dashes(text: String) throws {
    #expect(try Reading.amounts([text.contains("€") ? "€ 7,25" : "7,25", text]).last == "443.00")
  }

  @Test(
    "signs before, behind and around make an amount negative",
    arguments: ["-12.50", "12.50-", "(12.50)", "−12.50", "-£12.50", "£-12.50", "($12.50)", "- 12.50"])
  func negative(text: String) throws {
    let sign = text.contains("£") ? "£" : text.contains("$") ? "$" : ""
    #expect(try Reading.amounts([sign + "70.25", text]).last == "-12.50")
  }

  @Test(
    "amounts are exact in every spelling with a decimal comma",
    arguments: [
      ("12,5", "12.50"), ("1.234,50", "1234.50"), ("1.234.567,89", "1234567.89"), ("€ 12,50", "12.50"),
      ("1 234,50 €", "1234.50"), ("3.000", "3000.00"), ("1\u{202F}234,50\u{A0}€", "1234.50"),
    ])
  func commas(text: String, expected: String) throws {
    #expect(try Reading.amounts(["7,25", text]).last == expected)
  }

  @Test(
    "what is no amount is said to be none",
    arguments: [
      "abc", "1.2.3", "12,34.50", "1,23", "--5", "NaN", "inf", "1e5", "0x10", "£", "", "5 apples", "1..2",
      "1 234,567", "0,125",
    ])
  func noAmounts(text: String) {
    let codes = Reading.codes { _ = try Reading.amounts(["7.25", "8.25", "9.25", text]) }
    #expect(codes == ["csv.amount"])
  }

  @Test("--decimal settles thousands or decimals")
  func decimalFlag() throws {
    #expect(try Reading.amounts(["1.234"], Reading.options { $0.decimalMark = .point }) == ["1.234"])
    #expect(try Reading.amounts(["1.234"], Reading.options { $0.decimalMark = .comma }) == ["1234.00"])
  }
}
