/// Tables as they were published, defects and all.
enum PublishedTables {
  /// The R package rfm 0.2.2, example of rfm_segment, in its order.
  static let rfm022 = """
    title: Example of the R package rfm 0.2.2
    bins: 5
    overlap: first
    segments:
      - {name: Champions, recency: 4-5, frequency: 4-5, monetary: 4-5}
      - {name: Loyal Customers, recency: 2-5, frequency: 3-5, monetary: 3-5}
      - {name: Potential Loyalist, recency: 3-5, frequency: 1-3, monetary: 1-3}
      - {name: New Customers, recency: 4-5, frequency: 1, monetary: 1}
      - {name: Promising, recency: 3-4, frequency: 1, monetary: 1}
      - {name: Need Attention, recency: 2-3, frequency: 2-3, monetary: 2-3}
      - {name: About To Sleep, recency: 2-3, frequency: 1-2, monetary: 1-2}
      - {name: At Risk, recency: 1-2, frequency: 2-5, monetary: 2-5}
      - {name: "Can't Lose Them", recency: 1, frequency: 4-5, monetary: 4-5}
      - {name: Lost, recency: 1-2, frequency: 1-2, monetary: 1-2}
    """

  /// Recency by the mean of frequency and monetary, first match wins; a lower bound of 0 stands for 1.
  static let recencyByMean = """
    title: Recency × FM
    bins: 5
    overlap: first
    segments:
      - {name: Champions, recency: 4-5, fm: 4-5}
      - {name: Loyal, recency: 2-5, fm: 3-5}
      - {name: Potential Loyalist, recency: 3-5, fm: 1-5}
      - {name: Recent, recency: 4-5, fm: 1}
      - {name: Promising, recency: 3-4, fm: 1}
      - {name: Needing Attention, recency: 2-3, fm: 2-3}
      - {name: About To Sleep, recency: 2-3, fm: 1-2}
      - {name: At Risk, recency: 1-2, fm: 2-5}
      - {name: "Can't Lose", recency: 1, fm: 4-5}
      - {name: Hibernating, recency: 1-2, fm: 1-2}
      - {name: Lost, recency: 1-2, fm: 1-2}
    """

  /// The default of pymc-marketing, by quartiles.
  static let pymc = """
    title: Default of pymc-marketing
    bins: 4
    segments:
      - name: Premium Customer
        codes: [334, 443, 444, 344, 434, 433, 343, 333]
      - name: Repeat Customer
        codes: [244, 234, 232, 332, 143, 233, 243]
      - name: Top Spender
        codes: [424, 414, 144, 314, 324, 124, 224, 423, 413, 133, 323, 313, 134]
      - name: At Risk Customer
        codes: [422, 223, 212, 122, 222, 132, 322, 312, 412, 123, 214]
      - name: Inactive Customer
        codes: [411, 111, 113, 114, 112, 211, 311]
    """
}
