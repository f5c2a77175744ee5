extension Stylesheet {
  static let value = HTML.Trusted(
    """
    #value td small{display:block;color:var(--mut);font-size:12px}
    #value .bars small{display:inline}
    #value .tiles{margin-top:14px}
    .track .line{fill:none;stroke-width:2.4;stroke-linejoin:round}
    .track .actual{stroke:var(--t1)}.track .expected{stroke:var(--t4);stroke-dasharray:6 4}
    .track .series{stroke:none;font-size:13px;font-weight:600}
    .track text.actual{fill:var(--t1)}.track text.expected{fill:var(--t4)}
    .track .foretold{fill:var(--accent);fill-opacity:.08}
    .track .cut{stroke:var(--mut);stroke-width:1;stroke-dasharray:3 3}
    #foretold .reason{margin-top:12px}
    .figures+.figures,.scroll+.scroll{margin-top:18px}
    .figures td:last-child{color:inherit}
    #models .remarks{margin-top:18px}
    #models .remarks li{font-size:13px;color:var(--mut)}
    @media screen and (max-width:680px){.chart.track .axis{font-size:15px}.track .series{font-size:15px}}

    """)
}
