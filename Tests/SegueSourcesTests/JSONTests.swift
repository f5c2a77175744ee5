import Foundation
import SegueCore
import SegueSources
import SegueTestSupport
import Testing

import SegueIngest

@Suite("JSON")
struct JSONTests {
  private func table(_ json: String) throws -> String {
    let folder = try Workspace()
    return try Opening.text(folder.write(json, "a.json"))
  }

  @Test(
    "records become rows, whatever stands between them",
    arguments: [
      "{\"a\": 1, \"b\": \"x\"}\n{\"a\": 2, \"b\": \"y\"}\n", "{\"a\":1,\"b\":\"x\"}{\"a\":2,\"b\":\"y\"}",
      "\u{FEFF}\r\n {\"a\":1,\"b\":\"x\"}\r\n\r\n{\"a\":2,\"b\":\"y\"}\r\n",
      "[{\"a\": 1, \"b\": \"x\"},\n {\"a\": 2, \"b\": \"y\"}]\n",
      "[\n{\"a\":1,\n\"b\":\"x\"}\n,{\"a\":2,\"b\":\"y\"}]",
    ])
  func series(json: String) throws {
    #expect(try table(json) == "a,b\n1,x\n2,y\n")
  }

  @Test("columns are all keys there are, in the order of their first appearance")
  func lateKeys() throws {
    #expect(try table("{\"a\":1}\n{\"b\":2,\"a\":3}\n{}\n{\"c\":null}\n") == "a,b,c\n1,,\n3,2,\n,,\n,,\n")
  }

  @Test(
    "values are written as they stand",
    arguments: [
      ("17850.0", "17850.0"), ("-0.5e+10", "-0.5e+10"), ("1E400", "1E400"), ("true", "true"),
      ("null", "\"\""),
      ("\"\"", "\"\""), ("\" x \"", " x "), ("\"a,b\"", "\"a,b\""),
      ("\"say \\\"hi\\\"\"", "\"say \"\"hi\"\"\""),
      ("\"l1\\nl2\"", "\"l1\nl2\""), ("\"\\u00e9\\ud83d\\ude00\\/\"", "é😀/"), ("\"é😀\"", "é😀"),
      ("\"\\ud83d\"", "\u{FFFD}"),
      ("[1,\"b\",true,null]", "1;b;true;"), ("[]", "\"\""), ("[{\"x\":1},[2]]", "\"[{\"\"x\"\":1},[2]]\""),
    ])
  func values(json: String, cell: String) throws {
    #expect(try table("{\"a\": \(json)}") == "a\n\(cell)\n")
  }

  @Test("nested objects have dotted names")
  func nested() throws {
    let json = """
      {"type":"track","context":{"campaign":{"source":"ad"},"ip":"::1"},"properties":{"revenue":9.50}}
      {"type":"page","context":{"ip":"::2","campaign":{"source":"mail"}},"properties":{"products":[{"sku":"a"}]}}
      """
    #expect(
      try table(json) == """
        type,context.campaign.source,context.ip,properties.revenue,properties.products
        track,ad,::1,9.50,
        page,mail,::2,,"[{""sku"":""a""}]"

        """)
  }

  @Test("lists of keys and values, as GA4 exports them, become columns")
  func parameters() throws {
    let json = """
      {"event_name":"purchase","event_params":[{"key":"value","value":{"string_value":null,"double_value":12.5}},\
      {"key":"page","value":{"string_value":"/a,b","int_value":null}}],"user_properties":[{"key":"plan",\
      "value":{"string_value":"pro","set_timestamp_micros":"17"}}]}
      {"event_name":"view","event_params":[{"key":"page","value":{"string_value":"/c"}}],"note":[{"name":"gift","value":"yes"}]}
      """
    #expect(
      try table(json) == """
        event_name,event_params.value,event_params.page,user_properties.plan,note.gift
        purchase,12.5,"/a,b",pro,
        view,,/c,,yes

        """)
  }

  @Test(
    "what is no JSON is refused with line and column",
    arguments: [
      ("{\"a\": 1}\n{\"a\": nope}\n", 2, 7), ("{\"a\": 1}\n{\"a\" 1}\n", 2, 6),
      ("{\"a\": 1}\n{\"a\": 01}\n", 2, 7),
      ("{\"a\": 1,}\n", 1, 9), ("{\"é\": \"x\u{1}\"}\n", 1, 9), ("{\"a\": \"\\q\"}\n", 1, 8),
      ("{\"a\": 1}\n[1]\n", 2, 1),
      ("[{\"a\": 1} {\"a\": 2}]\n", 1, 11), ("[{\"a\": 1}] x\n", 1, 12), ("[{\"a\": 1}, 5]\n", 1, 12),
      ("{\"a\": 1}\n{\"a\": \"x", 2, 9), ("{\"a\": 1}\n{\"a\": 1", 2, 8), ("[{\"a\": 1},", 1, 11),
      ("{\"a\": -}", 1, 8),
      ("{\"a\": .5}", 1, 7), ("{\"a\": NaN}", 1, 7), ("{\"a\": 'x'}", 1, 7),
    ])
  func faults(json: String, line: Int, column: Int) throws {
    let folder = try Workspace()
    let error = Opening.error([try folder.write(json, "a.json")])
    #expect(error?.kind == .data)
    let location = error?.diagnostics.first?.location
    #expect(location?.line == line && location?.column == column, "\(error?.description ?? "")")
    #expect(error?.diagnostics.first?.hint != nil)
  }

  @Test("a byte that is no UTF-8 is named, with the way out")
  func encoding() throws {
    let folder = try Workspace()
    let file = try folder.write(Array("{\"a\": \"caf".utf8) + [0xE9] + Array("\"}\n".utf8), "a.json")
    let diagnostic = Opening.error([file])?.diagnostics.first
    #expect(diagnostic?.location?.column == 11)
    #expect(diagnostic?.hint?.contains("iconv") == true)
  }

  @Test("nesting without end is refused, not followed")
  func depth() throws {
    for open in ["{\"a\":", "{\"a\":["] {
      let folder = try Workspace()
      let file = try folder.write("{\"x\":" + String(repeating: open, count: 100_000), "a.json")
      let message = Opening.error([file])?.diagnostics.first?.message
      #expect(message?.contains("nested") == true)
    }
  }

  @Test("keys that are data are refused before they fill the memory")
  func manyKeys() throws {
    let folder = try Workspace()
    let json = (0..<20_000).map { "{\"k\($0)\": 1}\n" }.joined()
    let diagnostic = Opening.error([try folder.write(json, "a.json")])?.diagnostics.first
    #expect(diagnostic?.location?.line == 16_385)
  }

  @Test("records that pieces cut in two come out whole")
  func pieces() throws {
    let folder = try Workspace()
    // longer than a piece, and many that are not
    let long = String(repeating: "ä\"\n", count: 1_200_000)
    let escaped = long.replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    let rows = (0..<150_000).map { "{\"id\": \($0), \"t\": \"text number \($0), \\u20ac\"}\n" }
    let json = rows[..<75_000].joined() + "{\"id\": -1, \"t\": \"\(escaped)\"}\n" + rows[75_000...].joined()
    let text = try Opening.text(folder.write(json, "a.json"))
    let row = { (index: Int) in "\(index),\"text number \(index), €\"\n" }
    let expected =
      "id,t\n" + (0..<75_000).map(row).joined() + "-1,\"\(long.replacing("\"", with: "\"\""))\"\n"
      + (75_000..<150_000).map(row).joined()
    #expect(text == expected)
  }

  @Test("random records come out as Python writes them", .enabled(if: Tools.hasPython, "there is no python3"))
  func oracle() throws {
    let folder = try Workspace()
    try Tools.python(
      """
      import json, csv, random, sys
      random.seed(7)
      alphabet = 'ab ,"\\n\\\\/é€😀\\t;\\'{}[]:'
      keys = ['id', 'name', 'é,x', 'd"q']
      word = lambda: ''.join(random.choice(alphabet) for _ in range(random.randrange(9)))
      def value():
          return random.choice([None, True, False, random.randrange(-10**12, 10**12), random.random(), word(), word()])
      cell = lambda v: '' if v is None else {True: 'true', False: 'false'}[v] if isinstance(v, bool) else v if isinstance(v, str) else json.dumps(v)
      with open(sys.argv[1], 'w', newline='') as f, open(sys.argv[2], 'w', newline='') as g:
          out = csv.writer(g, lineterminator='\\n')
          out.writerow(keys)
          for i in range(5000):
              r = {k: value() for k in keys}
              r['id'] = i
              f.write(json.dumps(r, ensure_ascii=random.random() < .5, indent=random.choice([None, 1])) + '\\n')
              out.writerow([cell(r[k]) for k in keys])
      """, folder.file("a.json"), folder.file("a.csv"))
    #expect(try Array(Opening.text(folder.file("a.json")).utf8) == folder.bytes("a.csv"))
  }
}
