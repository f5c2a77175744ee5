/// The whole look of a report: colours as custom properties, light and dark, then the parts of the page.
///
/// There is no reference to anything outside the file: no web font, no image.
enum Stylesheet {
  static var node: HTML {
    tag("style") {
      colors
      base
      tables
      charts
      personas
      rulebook
      journeys
      evidence
      lifecycle
      profile
      value
      backtest
      rules
      changes
      narrow
      print
      cohorts
    }
  }

  private static var colors: HTML.Trusted {
    HTML.Trusted(":root{") + light + Palette.light.properties
      + HTML.Trusted("}\n@media screen and (prefers-color-scheme:dark){:root{") + dark
      + Palette.dark.properties
      + HTML.Trusted("}}\n")
  }

  private static let light = HTML.Trusted(
    """
    color-scheme:light;--bg:#f6f7f9;--card:#fff;--ink:#14181f;--mut:#5b6678;--line:#e4e7ec;--rule:#c9ced6;\
    --accent:#0f766e;--on:#fff;--soft:#f1f3f6;--shadow:0 1px 2px rgb(16 24 40/.04);\
    --obs:#067647;--obsb:#abefc6;--obsbg:#ecfdf3;--inf:#175cd3;--infb:#b2ddff;--infbg:#eff8ff;\
    --ask:#a63f05;--askb:#fedf89;--askbg:#fffaeb;--bad:#b42318;--badb:#fda29b;--badbg:#fef3f2;--badink:#7a271a;
    """)

  /// On screens only: paper is white.
  private static let dark = HTML.Trusted(
    """
    color-scheme:dark;--bg:#0e1116;--card:#161b22;--ink:#e6eaf0;--mut:#9aa6b6;--line:#2a313c;--rule:#465161;\
    --accent:#2dd4bf;--on:#0e1116;--soft:#1d232c;--shadow:none;\
    --obs:#75e0a7;--obsb:#085d3a;--obsbg:#0b2a1d;--inf:#84caff;--infb:#1849a9;--infbg:#102a4a;\
    --ask:#fec84b;--askb:#7a4a0a;--askbg:#32230a;--bad:#fda29b;--badb:#912018;--badbg:#37110e;--badink:#fecdca;
    """)

  private static let base = HTML.Trusted(
    """
    *{box-sizing:border-box}
    html{scroll-padding-top:68px;-webkit-text-size-adjust:100%}
    body{margin:0;background:var(--bg);color:var(--ink);font:14px/1.5 Inter,-apple-system,"Segoe UI",\
    Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif;-webkit-font-smoothing:antialiased;\
    font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
    a{color:inherit;text-underline-offset:2px}
    a:hover{color:var(--accent)}
    :focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
    .skip{position:absolute;left:-999px;top:0;background:var(--card);padding:10px 16px;z-index:9}
    .skip:focus{left:8px;top:8px}
    .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    nav{position:sticky;top:0;z-index:5;background:var(--card);border-bottom:1px solid var(--line)}
    nav>div{display:flex;gap:24px;align-items:center;max-width:1280px;margin:0 auto;padding:13px 40px}
    nav a{color:var(--mut);text-decoration:none;white-space:nowrap}
    nav .mark{font-size:18px;font-weight:700;letter-spacing:-.03em;color:var(--ink);margin-right:10px}
    nav .chip{margin-left:auto;font-size:12px;color:var(--mut);border:1px solid var(--line);border-radius:99px;\
    padding:2px 11px;white-space:nowrap}
    main{max-width:1280px;margin:0 auto;padding:40px 40px 32px}
    .eyebrow{color:var(--mut);margin:0}
    h1{font-size:38px;line-height:1.15;letter-spacing:-.03em;font-weight:680;margin:8px 0 10px;text-wrap:balance}
    .lead{color:var(--mut);margin:0;font-size:16px;max-width:62em;text-wrap:pretty}
    .notice{display:flex;gap:10px;margin:18px 0 0;padding:10px 14px;border:1px solid var(--askb);\
    background:var(--askbg);color:var(--ask);border-radius:10px;max-width:62em}
    main>header{margin-bottom:26px}
    .tiles{display:flex;flex-wrap:wrap;gap:1px;background:var(--line);border:1px solid var(--line);\
    border-radius:12px;overflow:hidden;margin:28px 0 22px;padding:0;list-style:none;box-shadow:var(--shadow)}
    .tiles li{background:var(--card);padding:17px 20px 16px;flex:1 1 190px}
    .tiles b{display:block;font-size:24px;line-height:1.3;font-weight:660;letter-spacing:-.02em}
    .tiles span{display:block;color:var(--mut);font-size:13px}
    .tiles small{display:block;color:var(--mut);font-size:12px}
    section{scroll-margin-top:64px}
    h2{font-size:24px;letter-spacing:-.02em;font-weight:660;margin:52px 0 4px}
    h2+.card,h2+.two{margin-top:14px}
    .about{color:var(--mut);margin:0 0 16px;max-width:62em;text-wrap:pretty}
    .card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:20px 22px;\
    margin-bottom:22px;box-shadow:var(--shadow);min-width:0}
    .card>h2,.card h3{font-size:16px;letter-spacing:-.01em;margin:0 0 14px;font-weight:640}
    .card h3 small,.card>h2 small{font-size:13px;letter-spacing:0;font-weight:400;color:var(--mut);margin-left:6px}
    .two{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:22px}
    .two>.card{margin-bottom:22px}
    .two>.only{grid-column:1/-1}
    .only svg{max-width:720px;margin-inline:auto}
    .note{color:var(--mut);font-size:13px;margin:14px 0 0;max-width:70em;text-wrap:pretty}
    .tag{display:inline-block;font-size:11px;line-height:16px;font-weight:500;border-radius:4px;padding:0 5px;\
    border:1px solid;white-space:nowrap;letter-spacing:0;vertical-align:1px}
    .obs{color:var(--obs);border-color:var(--obsb);background:var(--obsbg)}
    .inf{color:var(--inf);border-color:var(--infb);background:var(--infbg)}
    .ask{color:var(--ask);border-color:var(--askb);background:var(--askbg)}
    .legend{display:flex;flex-wrap:wrap;gap:4px 16px;font-size:12.5px;color:var(--mut);margin:0}
    .legend span{white-space:nowrap}
    code{font:12px/1.6 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace}
    body>footer{max-width:1280px;margin:0 auto;padding:18px 40px 56px;color:var(--mut);font-size:13px;display:flex;\
    flex-wrap:wrap;gap:4px 20px}
    body>footer span:first-child{color:var(--ink);font-weight:560}

    """)

  private static let tables = HTML.Trusted(
    """
    .scroll{overflow-x:auto;max-width:100%;position:relative}
    table{width:100%;border-collapse:collapse}
    th{font-weight:500;color:var(--mut);text-align:left;font-size:13px;padding:0 14px 9px 0;white-space:nowrap;\
    border-bottom:1px solid var(--line);vertical-align:bottom}
    td,tbody th,tfoot th{padding:11px 14px 11px 0;border-bottom:1px solid var(--line);vertical-align:middle}
    tbody th,tfoot th{font-size:14px;color:var(--ink);white-space:normal}
    tr>:last-child{padding-right:0}
    tbody:last-child tr:last-child>*,tfoot tr:last-child>*{border-bottom:0}
    tfoot th,tfoot td{font-weight:600;border-top:1px solid var(--rule)}
    .num{text-align:right;white-space:nowrap}
    thead .num{text-align:right}
    .segments tbody th{font-weight:580;min-width:170px;max-width:300px}
    .segments a{text-decoration:none}
    .segments a:hover{text-decoration:underline}
    .key{display:inline-flex;align-items:baseline;gap:11px}
    .sw{flex:none;width:10px;height:10px;border-radius:3px;background:var(--c)}
    .bars{display:grid;grid-template-columns:92px 3.1em auto;align-items:center;gap:9px;white-space:nowrap}
    .bars span{text-align:right}
    .bars small{color:var(--mut);font-size:12px}
    .mut{color:var(--mut);font-weight:400}
    .weak{color:var(--bad);font-weight:560}

    """)

  private static let charts = HTML.Trusted(
    """
    svg{display:block;width:100%;height:auto}
    svg text{font-family:inherit}
    .grid{stroke:var(--line);stroke-width:1}
    .axis{font-size:12px;fill:var(--mut)}
    .figure{font-size:13px;font-weight:640;fill:var(--ink)}
    .chart .name{font-size:12.5px;font-weight:620;fill:var(--ink);paint-order:stroke;stroke:var(--card);\
    stroke-width:4px;stroke-linejoin:round;stroke-opacity:.85}
    .dots{fill-opacity:.42}
    .map .centre{stroke:var(--card);stroke-width:2}
    .leader{stroke:var(--mut);stroke-width:1}
    .q1{fill:var(--q1)}.q2{fill:var(--q2)}.q3{fill:var(--q3)}.q4{fill:var(--q4)}.q5{fill:var(--q5)}.q6{fill:var(--q6)}
    .qt1{fill:var(--qt1)}.qt2{fill:var(--qt2)}.qt3{fill:var(--qt3)}.qt4{fill:var(--qt4)}.qt5{fill:var(--qt5)}\
    .qt6{fill:var(--qt6)}
    .cellname{font-size:10.5px}
    .share{font-size:12px;font-weight:640}
    .bar{height:10px}
    .bar .fill,.lift .fill{fill:var(--c)}
    .lift{height:8px}
    .lift .track{fill:var(--soft)}
    .lift .less{fill-opacity:.5}
    .lift .zero{fill:var(--mut)}
    .funnel .band{fill:var(--c);fill-opacity:.42}
    .funnel .alt{fill-opacity:.34}
    .funnel .overall{fill:none;stroke:var(--mut);stroke-width:1.3;stroke-dasharray:4 3}
    .nodata{fill:var(--soft)}
    .hatch{stroke:var(--rule);stroke-width:1;fill:none;opacity:.55}
    .plate{fill:var(--card)}
    .loss{font-size:12.5px;font-weight:620;fill:var(--bad)}
    .emotion text{paint-order:stroke;stroke:var(--card);stroke-width:3px;stroke-linejoin:round}
    .emotion .curve{fill:none;stroke:var(--c);stroke-width:2.5;stroke-linecap:round}
    .emotion .centre{fill:var(--c);stroke:var(--card);stroke-width:2.5}
    .scan .line{fill:none;stroke:currentColor;stroke-width:2.2;stroke-linejoin:round}
    .scan .dot{fill:currentColor}
    .scan .series{fill:currentColor;font-size:12.5px;font-weight:600}
    .series-a{color:var(--t1)}.series-b{color:var(--t5)}.series-c{color:var(--t4)}
    .series-b .line{stroke-dasharray:5 4}
    .scan .chosen{fill:var(--accent);fill-opacity:.11}
    .scan .mark{stroke:var(--rule);stroke-dasharray:2 3}

    """)
}
