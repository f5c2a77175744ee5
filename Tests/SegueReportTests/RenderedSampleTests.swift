import Foundation
import SegueProfile
import SegueReport
import Testing

@Suite("The sample on disk")
struct RenderedSampleTests {
  @Test("the sample is written where SEGUE_SAMPLE_DIR says, to be looked at")
  func write() throws {
    guard let folder = ProcessInfo.processInfo.environment["SEGUE_SAMPLE_DIR"] else { return }
    var cohorts = SampleReport.full
    cohorts.study.cohorts = SampleCohorts.cohorts()
    for (name, report) in [
      ("cohorts", cohorts),
      ("full", SampleReport.full),
      ("profile", ProfileSectionTests.report),
      ("plain", SampleReport.report(SampleSegments.five, hasOrders: false, hasEvents: false)),
      ("twelve", SampleReport.report(Hostile.twelve, unobserved: [2, 5], undescribed: [7])),
      ("long", ValueSectionTests.report(Hostile.longNames)),
      ("one", SampleReport.report([SampleSegments.five[0]], hasFeedback: false)),
    ] {
      try report.html().write(toFile: "\(folder)/\(name).html", atomically: true, encoding: .utf8)
    }
  }
}
