import Foundation
import SegueCore
import SegueSources
import SegueTestSupport
import Testing

import SegueIngest

@Suite("XLSX")
struct WorkbookTests {
  @Test("a workbook of openpyxl: lines are the rows of the sheet")
  func openpyxl() throws {
    #expect(
      try Opening.text(Opening.fixtures + "/openpyxl.xlsx") == """
        "Report, all shops"

        Order,When,Day,Time,Amount,Paid,Name,Share
        1,2010-12-01 08:26:00,2010-12-01,08:26:00,2.55,true,"a,""b""\",0.1
        9007199254740992,2011-01-01,,23:59:59,-3,false, x ,0.3333333333333333
        3,,rich text,,,,"é
        ü",0.0000001

        """)
  }

  @Test("a workbook of XlsxWriter: shared strings, formulas, own formats; hidden sheets only by name")
  func xlsxWriter() throws {
    let file = Opening.fixtures + "/xlsxwriter.xlsx"
    #expect(
      try Opening.text(file) == """
        customer,since,spent,rate,took,note
        00017,2024-02-29 13:05:00,12345678.9,0.25,36:00:00,plain bold


        =1+1,,12345678.9,,true,00017

        """)
    #expect(try Opening.text(file + "#Lists") == "hidden\n")
    #expect(try Opening.text(file + "#kunden & käufe") == Opening.text(file))
    #expect(Opening.error([file + "#Empty"])?.diagnostics.first?.code == "ingest.empty")
    #expect(
      Opening.error([file + "#Nope"])?.diagnostics.first?.hint == "it has: Kunden & Käufe, Lists, Empty")
    #expect(Opening.error([file + "#SELECT 1"])?.diagnostics.first?.code == "source.selection")
    #expect(try Opening.texts(file + "#*").count == 1)
  }

  @Test("a workbook may come through a pipe")
  func stream() throws {
    let handle = try FileHandle(forReadingFrom: URL(filePath: Opening.fixtures + "/xlsxwriter.xlsx"))
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: try handle.readToEnd()!)
    try pipe.fileHandleForWriting.close()
    var options = SourceOptions()
    options.standardInput = pipe.fileHandleForReading.fileDescriptor
    #expect(try Opening.text("-", options).hasPrefix("customer,since"))
  }

  @Test(
    "a format says whether a number is a date",
    arguments: [
      ("General", "number"), ("0.00", "number"), ("#,##0.00;[Red]-#,##0.00", "number"),
      ("0.00E+00", "number"),
      ("0 \"days\"", "number"), ("0\\d", "number"), ("[$-409]#,##0", "number"), ("@", "number"),
      ("0.0%", "number"),
      ("yyyy-mm-dd", "dateTime"), ("dd/mm/yy hh:mm", "dateTime"), ("[$-409]d\\-mmm\\-yy;@", "dateTime"),
      ("mmm", "dateTime"),
      ("MMMM D", "dateTime"), ("h:mm AM/PM", "timeOfDay"), ("mm:ss.0", "timeOfDay"), ("[h]:mm", "duration"),
      ("[mm]:ss", "duration"),
    ])
  func formats(code: String, meaning: String) {
    #expect("\(NumberMeaning(format: code))" == meaning)
  }

  @Test("days count from 1900 with its leap year that was none, or from 1904")
  func dates() {
    let cases: [(Double, Bool, String)] = [
      (1, false, "1900-01-01"), (59, false, "1900-02-28"), (60, false, "1900-02-28"),
      (61, false, "1900-03-01"),
      (40513.351388888892, false, "2010-12-01 08:26:00"), (45351.999994212965, false, "2024-03-01"),
      (45351.99999, false, "2024-02-29 23:59:59"), (2958465, false, "9999-12-31"), (0, true, "1904-01-01"),
      (39051.351388888892, true, "2010-12-01 08:26:00"),
    ]
    for (serial, startsIn1904, text) in cases {
      #expect(SerialDate(startsIn1904: startsIn1904).text(serial, .dateTime) == text, "\(serial)")
    }
    #expect(SerialDate(startsIn1904: false).text(-1, .dateTime) == nil)
    #expect(SerialDate(startsIn1904: false).text(3e6, .dateTime) == nil)
    #expect(SerialDate(startsIn1904: false).text(1.25, .duration) == "30:00:00")
  }
}

/// Workbooks written part by part, for what programs do and for what they never do.
@Suite("XLSX, part by part", .enabled(if: Tools.hasPython, "there is no python3"))
struct WorkbookPartTests {
  static let parts = [
    "[Content_Types].xml": "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
    "xl/workbook.xml": """
    <x:workbook xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:r="http://purl.oclc.org/ooxml/officeDocument/relationships">
    <x:workbookPr date1904="1"/><x:sheets><x:sheet name="S" sheetId="4" r:id="rId9"/></x:sheets></x:workbook>
    """,
    "xl/_rels/workbook.xml.rels": """
    <Relationships><Relationship Id="rId9" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="/xl/s.xml"/>
    <Relationship Id="rId1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/sharedStrings" Target="./../xl/t.xml"/>
    <Relationship Id="rId2" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/styles" Target="y.xml"/></Relationships>
    """,
    "xl/y.xml": """
    <styleSheet><numFmts><numFmt numFmtId="170" formatCode="d.m.yy"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
    <cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="14"/></cellXfs></styleSheet>
    """,
    "xl/t.xml": """
    <sst><si><t>plain</t></si><si><r><t>ri</t></r><r><t>ch</t></r><rPh sb="0" eb="1"><t>phonetic</t></rPh></si>
    <si><t xml:space="preserve"> a_x000D__x0041_b </t></si></sst>
    """,
  ]

  static func sheet(_ rows: String) -> String { "<worksheet><sheetData>\(rows)</sheetData></worksheet>" }

  static let script = """
    import json,sys,zipfile
    with zipfile.ZipFile(sys.argv[1],'w',zipfile.ZIP_DEFLATED) as z:
        for n,t in json.load(open(sys.argv[2])).items(): z.writestr(n,t)
    """

  private func workbook(_ rows: String, _ changes: [String: String] = [:], in folder: Workspace) throws
    -> String
  {
    var parts = WorkbookPartTests.parts
    parts["xl/s.xml"] = WorkbookPartTests.sheet(rows)
    for (name, text) in changes { parts[name] = text }
    try folder.write([UInt8](try JSONEncoder().encode(parts)), "parts.json")
    try Tools.python(WorkbookPartTests.script, folder.file("b.xlsx"), folder.file("parts.json"))
    return folder.file("b.xlsx")
  }

  @Test("every kind of cell, in strict form and with prefixes, where rows and cells are left out")
  func cells() throws {
    let folder = try Workspace()
    let file = try workbook(
      """
      <row r="2"><c r="B2" t="s"><v>0</v></c><c r="D2" t="s"><v>1</v></c></row>
      <row><c t="inlineStr"><is><t>in</t><rPh><t>x</t></rPh></is></c><c s="1"><v>39051.351388888892</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>
      <row r="6"><c r="A6" s="2"><v>0</v></c><c r="C6" t="str"><f>A1&amp;"x"</f><v>f</v></c><c r="D6" t="d"><v>2024-01-02T00:00:00</v></c></row>
      <row r="7"><c r="A7"><v>1.7850000000000001E1</v></c><c r="B7"><v>9007199254740993</v></c><c r="C7"><v>2.50</v></c><c r="D7" t="s"><v>2</v></c></row>
      <row r="9"><c r="A9" s="1"/></row>
      """, in: folder)
    #expect(
      try Opening.text(file)
        == "\n,plain,,rich\nin,2010-12-01 08:26:00,true,\n\n\n1904-01-01,,f,2024-01-02\n17.85,9007199254740992,2.5,\" a\rAb \"\n"
    )
  }

  @Test(
    "what is damaged inside is named",
    arguments: [
      ("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row", [:], "xlsx.xml"),
      ("<row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"1\"><c><v>1</v></c></row>", [:], "xlsx.cells"),
      ("<row r=\"1\"><c r=\"ZZZZZZZZZZZZZ1\"><v>1</v></c></row>", [:], "xlsx.cells"),
      ("<row r=\"9999999\"><c r=\"A1\"><v>1</v></c></row>", [:], "xlsx.cells"),
      ("<row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>", [:], "xlsx.cells"),
      ("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>99</v></c></row>", [:], "xlsx.cells"),
      ("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>-1</v></c></row>", [:], "xlsx.cells"),
      ("", [:], "ingest.empty"),
      ("", ["xl/s.xml": "<!DOCTYPE a [<!ENTITY b \"c\">]><worksheet>&b;</worksheet>"], "xlsx.xml"),
      ("", ["xl/t.xml": "<sst><si><t>x"], "xlsx.xml"),
    ] as [(String, [String: String], String)])
  func damagedParts(rows: String, changes: [String: String], code: String) throws {
    let folder = try Workspace()
    let error = Opening.error([try workbook(rows, changes, in: folder)])
    #expect(error?.diagnostics.first?.code == code, "\(error?.description ?? "")")
    #expect(error?.diagnostics.first?.hint != nil)
  }

  @Test(
    "a bomb is unpacked as it is read: a cell of a gigabyte is refused, not stored", .timeLimit(.minutes(2)))
  func bomb() throws {
    let folder = try Workspace()
    _ = try workbook("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", in: folder)
    try Tools.python(
      """
      import sys,zipfile
      old=zipfile.ZipFile(sys.argv[1])
      with zipfile.ZipFile(sys.argv[2],'w',zipfile.ZIP_DEFLATED,compresslevel=1) as z:
          for n in old.namelist():
              if n!='xl/s.xml': z.writestr(n,old.read(n))
          with z.open('xl/s.xml','w',force_zip64=True) as f:
              f.write(b'<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>')
              for _ in range(1024): f.write(b'x'*(1<<20))
              f.write(b'</t></is></c></row></sheetData></worksheet>')
      """, folder.file("b.xlsx"), folder.file("bomb.xlsx"))
    #expect(Opening.error([folder.file("bomb.xlsx")])?.diagnostics.first?.code == "xlsx.size")
  }

  @Test("archives that are damaged, protected or something else are told apart")
  func archives() throws {
    let folder = try Workspace()
    let file = try workbook("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", in: folder)
    let bytes = try folder.bytes("b.xlsx")
    for length in [30, bytes.count / 2, bytes.count - 3] {
      try folder.write(Array(bytes[..<length]), "cut.xlsx")
      #expect(
        Opening.error([folder.file("cut.xlsx")])?.diagnostics.first?.code == "source.damaged", "\(length)")
    }
    #expect(try Opening.text(file) == "1\n")

    let cases: [(String, String)] = [
      ("password.xlsx", "this workbook is protected by a password"),
      ("old.xls", "this is a workbook of Excel 97 to 2003 (.xls)"),
    ]
    for (name, message) in cases {
      let error = Opening.error([Opening.fixtures + "/" + name])
      #expect(error?.kind == .data)
      #expect(error?.diagnostics.first?.message == message)
      #expect(error?.diagnostics.first?.hint?.contains("save it") == true)
    }
  }

  @Test("every byte of a small workbook may be wrong: an answer, never a crash")
  func mutations() throws {
    let folder = try Workspace()
    _ = try workbook(
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"B1\" s=\"1\"><v>1.5</v></c></row>", in: folder)
    let bytes = try folder.bytes("b.xlsx")
    for place in bytes.indices {
      var damaged = bytes
      damaged[place] ^= UInt8(truncatingIfNeeded: 1 + place % 255)
      try folder.write(damaged, "d.xlsx")
      do { _ = try Sources.open([folder.file("d.xlsx")]) } catch is SegueError {}
    }
  }

  @Test("an archive of one table is that table; of several, a question")
  func zippedCSV() throws {
    let folder = try Workspace()
    let script = """
      import sys,zipfile
      with zipfile.ZipFile(sys.argv[1],'w',zipfile.ZIP_DEFLATED) as z:
          for n in sys.argv[2:]: z.writestr(n,'x,y\\n1,2\\n')
      """
    try Tools.python(script, folder.file("one.zip"), "export/", "export/orders.csv")
    #expect(try Opening.text(folder.file("one.zip")) == "x,y\n1,2\n")
    try Tools.python(script, folder.file("two.zip"), "a.csv", "b.csv")
    #expect(Opening.error([folder.file("two.zip")])?.diagnostics.first?.code == "source.archive")
    try Tools.python(script, folder.file("none.zip"))
    #expect(Opening.error([folder.file("none.zip")])?.diagnostics.first?.code == "source.archive")
  }
}
