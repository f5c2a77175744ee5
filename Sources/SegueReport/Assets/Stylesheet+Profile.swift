extension Stylesheet {
  static let profile = HTML.Trusted(
    """
    .weeks{list-style:none;margin:14px 0 0;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:18px 28px}
    .weeks li{max-width:460px}.weeks .key{margin:0 0 4px;font-weight:580}.weeks .key small{font-weight:400;color:var(--mut);margin-left:8px}
    .weekhours{width:100%;height:auto;display:block}
    .ramp{display:inline-flex;gap:2px;margin-right:10px;vertical-align:-2px}.ramp i{width:16px;height:12px;border-radius:2px;display:inline-block}
    .exemplars td:last-child{min-width:300px;padding-left:18px}.exemplars thead th:last-child{padding-left:18px}
    .exemplars th small{color:var(--mut);margin-left:8px}.chart.weekhours .axis{font-size:12px}
    .exemplars tbody+tbody tr:first-child>*{border-top:2px solid var(--line)}.exemplars th[scope=row]{white-space:nowrap}
    @media print{.weeks{grid-template-columns:repeat(2,minmax(0,1fr));gap:10px 20px}.weeks li{break-inside:avoid}.ramp{print-color-adjust:exact}}

    """)
}
