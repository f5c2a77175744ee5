import SegueProfile
import Testing

@Suite("Personal data in levels")
struct PersonalTextTests {
  @Test(
    "addresses and telephone numbers are seen wherever they stand",
    arguments: [
      "anna@example.com", "Voucher for anna.schmidt@mail.example.co.uk", "<a@b.de>", "+44 20 7946 0958",
      "+491701234567", "(030) 901820-12", "0170 1234567", "555-123-4567", "call +1 (555) 123-4567 today",
    ])
  func personal(text: String) { #expect(PersonalText.isPersonal(text)) }

  @Test(
    "articles, dates, amounts and handles are not",
    arguments: [
      "85123A", "2024-01-31", "31-01-2024", "01-02-2024", "4006381333931", "0012345678905", "1 000 000",
      "Pack of 12", "@home", "5 @ 3.50", "SKU 0301234", "C0317004555X", "2010-2011", "", "100-200",
      "A0170123456",
    ])
  func harmless(text: String) { #expect(!PersonalText.isPersonal(text)) }

  @Test("personal levels become one, the others stay, and so does what is missing")
  func hide() {
    let hidden = PersonalText.hide(
      ["Tea", "a@b.de", "Cups", "c@d.fr", "K-1"], [0, 1, 2, 3, -1, 4], others: ["K-1"])
    #expect(hidden.names == ["Tea", PersonalText.withheld, "Cups"])
    #expect(hidden.codes == [0, 1, 2, 1, -1, 1])
    let plain = PersonalText.hide(["Tea", "Cups"], [1, 0])
    #expect(plain.names == ["Tea", "Cups"] && plain.codes == [1, 0])
  }
}
