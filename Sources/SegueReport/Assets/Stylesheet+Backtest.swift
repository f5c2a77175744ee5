extension Stylesheet {
  static let backtest = HTML.Trusted(
    """
    .gains .line{fill:none;stroke:currentColor;stroke-width:2.2;stroke-linejoin:round}
    .gains .series-d{color:var(--t3)}
    .gains .series-rule{color:var(--mut)}
    .gains .series-b .line{stroke-dasharray:6 4}
    .gains .series-c .line{stroke-dasharray:2 3}
    .gains .series-d .line{stroke-dasharray:9 3 2 3}
    .gains .series-rule .line{stroke-width:1.6}
    .gains .perfect{fill:none;stroke:var(--rule);stroke-width:1.4}
    .gains .chance{stroke:var(--rule);stroke-width:1.4;stroke-dasharray:4 3}
    .gains .axis{font-size:13.5px}
    #backtest .reason+.reason{margin-top:10px}
    #backtest td small{display:block;color:var(--mut);font-size:11.5px}
    #backtest td,#backtest tfoot th{vertical-align:top}
    #backtest tfoot th{font-size:13.5px}#backtest tfoot small{font-weight:400}
    @media print{#backtest td small{font-size:9px}#backtest .tried tr>*{padding-block:3px}}

    """)
}
