import SegueFeatures
import Testing

/// Cut points by `numpy.quantile`, score = 1 + cut points strictly below the value, recency reversed; names
/// by the regular expressions of the recency × frequency recipe. NumPy 2.4.6, pandas 3.1.1.
struct QuantileFigures {
  struct Counts {
    var recency: [Int]
    var frequency: [Int]
    var monetary: [Int]
  }

  var recencyCuts: [Double]
  var frequencyCuts: [Double]
  var monetaryCuts: [Double]
  var counts: Counts
  var segments: [String: Int]
  var codes: [String: String]

  func agree(_ scored: Scored) throws {
    let cuts = scored.scores.cutPoints
    for (found, expected) in [
      (cuts.recencyDays, recencyCuts), (cuts.frequency, frequencyCuts), (cuts.monetary, monetaryCuts),
    ] {
      #expect(found.count == expected.count)
      for (a, b) in zip(found, expected) { #expect((a - b).magnitude <= 1e-9 * b) }
    }
    #expect(scored.counts(scored.scores.recency) == counts.recency)
    #expect(scored.counts(scored.scores.frequency) == counts.frequency)
    #expect(scored.counts(scored.scores.monetary) == counts.monetary)
    #expect(scored.segments.mapValues(\.customers) == segments)
    let found = scored.codes
    for (id, code) in codes { #expect(found[id] == code, "\(id)") }
  }

  static let orders = QuantileFigures(
    recencyCuts: [114, 180, 296.4, 481], frequencyCuts: [3, 4, 5, 7], monetaryCuts: [254.8, 381, 505.4, 665],
    counts: Counts(
      recency: [197, 201, 198, 199, 200], frequency: [268, 187, 176, 244, 120],
      monetary: [199, 201, 197, 203, 195]),
    segments: [
      "About to sleep": 76, "At risk": 136, "Can't lose": 22, "Champions": 99, "Hibernating": 240,
      "Loyal": 169, "Need attention": 46, "New": 30, "Potential loyalist": 146, "Promising": 31,
    ],
    codes: [
      "Abbey O'Reilly": "343", "Add Senger": "412", "Aden Lesch": "323", "Aden Murphy": "544",
      "Admiral Senger": "433", "Agness O'Keefe": "555",
    ])

  static let ordersByBins: [(Int, Counts)] = [
    (2, Counts(recency: [494, 501], frequency: [631, 364], monetary: [501, 494])),
    (3, Counts(recency: [332, 328, 335], frequency: [455, 326, 214], monetary: [332, 332, 331])),
    (
      4,
      Counts(
        recency: [249, 245, 250, 251], frequency: [268, 363, 150, 214], monetary: [249, 252, 247, 247])
    ),
    (
      6,
      Counts(
        recency: [166, 166, 162, 166, 169, 166], frequency: [268, 187, 176, 150, 94, 120],
        monetary: [166, 166, 169, 163, 165, 166])
    ),
    (
      7,
      Counts(
        recency: [142, 142, 142, 139, 145, 142, 143], frequency: [268, 187, 0, 176, 150, 94, 120],
        monetary: [144, 142, 141, 142, 142, 142, 142])
    ),
    (
      8,
      Counts(
        recency: [124, 125, 123, 122, 126, 124, 126, 125], frequency: [125, 143, 187, 176, 0, 150, 94, 120],
        monetary: [125, 124, 124, 128, 122, 125, 122, 125])
    ),
    (
      9,
      Counts(
        recency: [111, 110, 111, 110, 111, 107, 114, 110, 111],
        frequency: [125, 143, 187, 0, 176, 150, 0, 145, 69],
        monetary: [111, 111, 110, 112, 111, 109, 110, 110, 111])
    ),
  ]

  static let customers = QuantileFigures(
    recencyCuts: [76, 125, 176, 265], frequencyCuts: [7, 9, 10, 12], monetaryCuts: [640, 826, 1_002, 1_225],
    counts: Counts(
      recency: [7_994, 7_957, 7_889, 8_108, 8_051], frequency: [9_427, 9_764, 4_945, 8_204, 7_659],
      monetary: [8_016, 7_998, 8_008, 7_997, 7_980]),
    segments: [
      "About to sleep": 3_457, "At risk": 4_417, "Can't lose": 1_881, "Champions": 4_135,
      "Hibernating": 9_653, "Loyal": 7_260, "Need attention": 1_031, "New": 1_189,
      "Potential loyalist": 5_632, "Promising": 1_344,
    ],
    codes: [
      "22086": "222", "2290": "455", "26377": "511", "24650": "544", "12883": "545", "2119": "543",
    ])

  static let onlineRetail = QuantileFigures(
    recencyCuts: [13.8, 33, 72, 180], frequencyCuts: [1, 2, 3, 6],
    monetaryCuts: [250.194, 490.096, 942.276, 2_058.426],
    counts: Counts(
      recency: [861, 866, 863, 880, 868], frequency: [1_493, 835, 508, 802, 700],
      monetary: [868, 867, 868, 867, 868]),
    segments: [
      "About to sleep": 478, "At risk": 357, "Can't lose": 35, "Champions": 604, "Hibernating": 1_335,
      "Loyal": 688, "Need attention": 121, "New": 67, "Potential loyalist": 484, "Promising": 169,
    ],
    codes: [
      "12346": "115", "12347": "555", "12348": "244", "12349": "414", "12350": "112", "12352": "355",
    ])
}
