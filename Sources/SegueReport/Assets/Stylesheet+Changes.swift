extension Stylesheet {
  static let changes = HTML.Trusted(
    """
    .became{margin:0;padding:0;list-style:none}
    .became li{display:grid;grid-template-columns:52px 10px minmax(0,1fr);gap:10px;align-items:baseline;\
    border-top:1px solid var(--line);padding:9px 0}
    .became li:first-child{border-top:0;padding-top:0}
    .became .tag{text-align:center}
    .migration{max-width:880px;margin-inline:auto}
    .migration .flow{fill-opacity:.38}
    .migration g:hover .flow{fill-opacity:.66}
    #migration .scroll+.scroll{margin-top:18px}
    .moved thead th{white-space:normal;min-width:104px;padding-left:12px;overflow-wrap:normal}
    .moved thead th:first-child{padding-left:0}
    .drifted small{display:block;font-size:11.5px;color:var(--mut)}
    .drifted td:nth-child(6){padding-left:18px;white-space:nowrap}.drifted thead th:nth-child(6){padding-left:18px}
    .plain.figures small{display:block;font-size:11.5px;color:var(--mut);font-weight:400}
    .plain.figures td:last-child{color:inherit}
    @media screen and (max-width:680px){.migration{min-width:600px}.chart.migration .name,.chart.migration .axis{font-size:13px}
    .moved th:first-child{position:sticky;left:0;background:var(--card);z-index:1;min-width:136px!important}}
    @media print{.moved td{padding:4px 7px}}

    """)
}
