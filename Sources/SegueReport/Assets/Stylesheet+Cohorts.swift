extension Stylesheet {
  /// Triangles, curves and gaps, with what changes on phones and on paper.
  static let cohorts = HTML.Trusted(
    """
    .cohorts>.notice{margin:0 0 16px}
    .finding{margin:0 0 14px;max-width:70em;text-wrap:pretty}
    h3+.scroll+.finding{margin:12px 0}
    .heat{border-collapse:separate;border-spacing:2px;font-size:12px;table-layout:fixed;\
    width:max(calc(160px + var(--n)*40px),min(100%,calc(160px + var(--n)*84px)))}
    .heat th,.heat td{padding:0 4px;border:0;line-height:26px;height:26px;white-space:nowrap}
    .heat th{font-size:12px}.heat .who{padding-left:0}.heat tbody th{font-weight:500;padding-left:0}.heat thead th{line-height:20px;height:20px}
    .heat td.num{color:var(--mut);padding-right:8px}
    .heat .q,.heat .age{text-align:center}
    .heat .who{width:84px}.heat .size{width:72px}
    .heat .q{border-radius:4px}
    .heat .q1,.scale .q1{background-color:var(--q1);color:var(--qt1)}\
    .heat .q2,.scale .q2{background-color:var(--q2);color:var(--qt2)}\
    .heat .q3,.scale .q3{background-color:var(--q3);color:var(--qt3)}\
    .heat .q4,.scale .q4{background-color:var(--q4);color:var(--qt4)}\
    .heat .q5,.scale .q5{background-color:var(--q5);color:var(--qt5)}\
    .heat .q6,.scale .q6{background-color:var(--q6);color:var(--qt6)}
    .heat .own{background:var(--soft);color:var(--mut)}
    .part{outline:1px dashed var(--mut);outline-offset:-1px;background-image:repeating-linear-gradient(135deg,\
    transparent 0 4px,color-mix(in srgb,var(--ink) 15%,transparent) 4px 6px)}
    .heat tfoot th,.heat tfoot td{border:0;font-weight:600;border-top:1px solid var(--rule);font-size:12px;padding-left:0}
    .heat tfoot .of>*{border:0;font-weight:400;color:var(--mut);font-size:11px;line-height:16px;height:16px}
    .scale{margin-top:12px}.scale span{white-space:normal}
    .scale i{display:inline-block;width:16px;height:12px;border-radius:3px;vertical-align:-1px;margin-right:2px}
    .repeat .line{fill:none;stroke:currentColor;stroke-width:2.4;stroke-linejoin:round}
    .repeat .thin .line{stroke-width:1.6}
    .repeat .band{fill:currentColor;fill-opacity:.16}
    .repeat .dot{fill:currentColor;stroke:var(--card);stroke-width:1.5}
    .repeat .series{fill:currentColor;font-size:12.5px;font-weight:600;paint-order:stroke;stroke:var(--card);\
    stroke-width:4px;stroke-linejoin:round}
    .repeat .mark,.gaps .mark{stroke:var(--mut);stroke-width:1.2;stroke-dasharray:3 3}
    .gaps .fill{fill:var(--accent);fill-opacity:.75}.gaps .rest{fill-opacity:.35}
    .risk td,.risk tbody th{font-size:13px!important}.risk small{display:block;font-size:11px;color:var(--mut);font-weight:400}
    .risk tbody th{white-space:nowrap;min-width:0!important}.risk td:last-child{color:inherit}.risk td,.risk th{padding-right:10px}
        .paper{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    @media screen and (max-width:680px){
    .heat tbody th,.heat thead tr:first-child th:first-child,.heat tfoot th{position:sticky;left:0;background:var(--card);z-index:1}
    .repeat,.gaps{min-width:520px}}
    @media print{
    .heat{font-size:8px;border-spacing:1px;width:min(100%,calc(120px + var(--n)*34px))}
    .heat th,.heat td,.heat tfoot th,.heat tfoot td{font-size:8px;line-height:13px;height:13px;padding:0 1px}
    .heat .who{width:56px}.heat .size{width:48px}.heat tfoot .of>*{font-size:7px}.heat tr{break-inside:avoid}
    .finding,.reason{font-size:11px}
    .cohorts .two{display:block}.repeat,.gaps{max-width:440px}
    .paper{position:static;width:auto;height:auto;overflow:visible;clip-path:none;columns:2;column-gap:24px;margin-top:10px}}

    """)
}
