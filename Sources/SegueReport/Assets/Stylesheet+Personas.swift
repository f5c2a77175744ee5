extension Stylesheet {
  /// The book of rules under the personas of a report.
  static let rulebook = HTML.Trusted(
    """
    .rulebook{margin-top:18px;color:var(--mut);font-size:13px}
    .rulebook summary{cursor:pointer;font-weight:560}
    .rulebook summary:hover{color:var(--ink)}
    .rulebook dl{margin:12px 0 0;columns:2;column-gap:44px}
    .rulebook dl div{break-inside:avoid;margin:0 0 9px}
    .rulebook dt{display:flex;gap:8px;align-items:center;color:var(--ink)}
    .rulebook dd{margin:1px 0 0}
    @media(max-width:720px){.rulebook dl{columns:1}}

    """)

  /// A persona on a sheet of paper, A4 or Letter: what a printer leaves of either is 186 by 255 mm.
  static let sheets = HTML.Trusted(
    """
    @page{size:auto;margin:12mm}
    :root{color-scheme:light;--bg:#fff}
    body{background:#fff;font-size:8.8pt;line-height:1.36}
    .sheet{break-inside:avoid;break-after:page;box-shadow:none;border:0;border-top:3px solid var(--c);border-radius:0;\
    padding:9px 2px 0;margin:0 auto;max-width:186mm;display:block}
    .sheet:last-child{break-after:auto}
    .sheet header{min-height:0}
    .sheet .mono{width:34px;height:34px;font-size:14px}
    .sheet h3{font-size:15pt}
    .sheet header p{font-size:9pt}
    .sheet .facts{grid-template-columns:repeat(auto-fill,minmax(26mm,1fr));margin:9px 0 0;padding:6px 0}
    .sheet .facts dd{font-size:11.5pt}
    .sheet .facts dt{font-size:7.4pt}
    .sheet .topics{columns:2;column-gap:9mm}
    .sheet .topics>div{break-inside:avoid;overflow:visible;padding-top:8px}
    .sheet h4{font-size:8.4pt;margin:0 0 2px;color:var(--ct)}
    .sheet p+p{margin-top:2.5px}
    .sheet .traits{font-size:8.4pt;gap:2px 8px;grid-template-columns:minmax(0,1fr) max-content 46px max-content}
    .sheet .traits .lift{width:46px}
    .sheet .traits em,.sheet h4 em{font-size:7.6pt}
    .sheet .rule{padding:5px 8px}
    .sheet .rule code{font-size:7.6pt}
    .sheet .rule span{font-size:7.6pt}
    .sheet sup{font-size:6pt;color:var(--mut);margin-left:2px;line-height:0}
    .sheet sup.inferred{color:var(--inf)}
    .sheet sup.ask{color:var(--ask)}
    .sheet .sources{columns:3;column-gap:6mm;margin:10px 0 0;padding:6px 0 0 14px;border-top:1px solid var(--line);\
    font-size:5.8pt;line-height:1.35;color:var(--mut)}
    .sheet footer{display:flex;justify-content:space-between;gap:16px;margin-top:6px;font-size:6.4pt;color:var(--mut)}
    @media screen{body{background:#f6f7f9}.sheet{background:#fff;padding:12mm;margin:8mm auto;max-width:210mm;\
    box-shadow:0 1px 4px rgb(16 24 40/.14)}}
    @media screen and (max-width:720px){.sheet{padding:18px;margin:0 0 16px}.sheet .topics{columns:1}\
    .sheet .sources{columns:1}}
    @media print{body{background:#fff}.sheet .topics{columns:2}
    .sheet{display:flex;flex-direction:column;min-height:250mm}.sheet .sources{margin-top:auto}.sheet .topics{margin-bottom:10px}}

    """)
}
