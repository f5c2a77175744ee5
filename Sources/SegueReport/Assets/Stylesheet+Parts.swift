extension Stylesheet {
  static let personas = HTML.Trusted(
    """
    .people{display:grid;grid-template-columns:repeat(6,minmax(0,1fr));gap:22px}
    #personas>.legend{margin-bottom:16px}
    .persona{grid-column:span 2;display:flex;flex-direction:column;background:var(--card);\
    border:1px solid var(--line);border-top:4px solid var(--c);border-radius:12px;padding:20px 22px 16px;\
    box-shadow:var(--shadow);min-width:0}
    .people:has([open]){align-items:start}
    .persona.half{grid-column:span 3}
    .persona.whole{grid-column:span 6}
    .topics>div{break-inside:avoid;overflow:hidden}
    .whole .topics{columns:2;column-gap:44px}
    .persona header{display:flex;gap:14px;align-items:center;min-height:64px}
    .mono{flex:none;width:46px;height:46px;border-radius:50%;background:var(--ct);color:var(--on);display:grid;\
    place-items:center;font-weight:680;font-size:18px}
    .persona h3{margin:0;font-size:19px;line-height:1.25;letter-spacing:-.02em;font-weight:660}
    .persona header p{margin:2px 0 0;color:var(--mut);font-size:13.5px;line-height:1.4}
    .facts{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:10px;margin:16px 0 2px;padding:11px 0;\
    border-block:1px solid var(--line)}
    .facts div{display:flex;flex-direction:column-reverse;justify-content:flex-end}
    .facts dd{margin:0;font-size:19px;font-weight:660;letter-spacing:-.01em;line-height:1.35}
    .facts dt{font-size:12.5px;color:var(--mut)}
    .persona h4{font-size:12.5px;font-weight:580;color:var(--mut);margin:16px 0 4px;display:flex;gap:8px;\
    align-items:center}
    .persona p,.persona ul{margin:0}
    .persona p+p{margin-top:5px}
    .persona p .tag{margin-left:5px}
    .traits{display:grid;grid-template-columns:minmax(0,1fr) max-content 70px max-content;gap:5px 10px;\
    align-items:center;font-size:13.5px;margin:0;padding:0;list-style:none}
    .traits li{display:contents}
    .traits b{font-weight:620;text-align:right;white-space:nowrap}
    .traits em{font-style:normal;color:var(--mut);font-size:12.5px;text-align:right;white-space:nowrap}
    .traits .lift{width:70px}
    @media screen and (min-width:901px){.people .persona:not(.half,.whole) .traits{gap:5px 8px;\
    grid-template-columns:minmax(0,1fr) max-content 44px max-content}.people .persona:not(.half,.whole) .lift{width:44px}}
    .persona h4 em{font-style:normal;font-weight:400;font-size:12px;margin-left:auto}
    .rule{background:var(--soft);border-radius:8px;padding:9px 12px}
    .rule code{display:block}
    .rule span{display:block;font-size:12.5px;color:var(--mut);margin-top:2px}
    .proof{margin-top:auto;padding-top:16px}
    .proof summary{cursor:pointer;color:var(--mut);font-size:12.5px;font-weight:560;border-top:1px solid var(--line);\
    padding-top:11px}
    .proof summary:hover{color:var(--ink)}
    .proof ol{margin:10px 0 4px;padding-left:20px;font-size:12.5px}
    .proof li{margin:0 0 9px}
    .proof ul{list-style:none;padding:0;margin:3px 0 0;color:var(--mut)}
    .proof ul li{margin:0 0 3px}
    .proof code{font-size:11.5px;color:var(--ink)}

    """)

  static let journeys = HTML.Trusted(
    """
    .journeys{display:flex;flex-wrap:wrap;gap:4px 4px;align-items:center;position:relative}
    .journeys>input{position:absolute;opacity:0;pointer-events:none}
    .journeys>label{padding:6px 14px;border-radius:99px;color:var(--mut);cursor:pointer;order:0}
    .journeys>label:hover{background:var(--soft);color:var(--ink)}
    .journeys>input:checked+label{background:var(--ct);color:var(--on);font-weight:560}
    .journeys>input:focus-visible+label{outline:2px solid var(--accent);outline-offset:2px}
    .journey{display:none;order:1;flex:0 0 100%;min-width:0;padding-top:16px}
    .journeys>input:checked+label+.journey{display:block}
    .journey>header{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:6px 24px;\
    border-top:1px solid var(--line);padding-top:16px;margin-bottom:12px}
    .journey h3{font-size:18px!important;letter-spacing:-.02em;margin:0!important}
    .journey .scroll{padding-bottom:2px}
    .stages{display:grid;grid-template-columns:118px repeat(var(--n),minmax(0,1fr));gap:6px;\
    min-width:calc(118px + var(--n)*152px)}
    .across{grid-column:2/-1;margin-right:-6px;min-width:0}
    .across.funnels{margin-bottom:2px}
    .lane{color:var(--mut);font-size:13px;padding:9px 8px 0 0;font-weight:400;text-align:left}
    .row{display:contents}
    .stage{background:var(--soft);border-radius:8px;padding:8px 12px;font-weight:600;line-height:1.35;min-width:0}
    .stage small{display:block;color:var(--mut);font-size:12px;font-weight:400}
    .cell{display:flex;flex-direction:column;gap:6px;border:1px solid var(--line);border-radius:8px;\
    padding:9px 12px 8px;font-size:13px;line-height:1.42;min-width:0}
    .cell footer{all:unset;display:flex;flex-wrap:wrap;align-items:center;gap:2px 7px;margin-top:auto;\
    font-size:11.5px;color:var(--mut)}
    .cell.hot{border-color:var(--badb);background:var(--badbg);color:var(--badink)}
    .cell.hot footer{color:var(--badink)}
    .cell.open{border-style:dashed}
    .pains{margin-top:22px}
    .pains h4{font-size:14px;margin:0 0 8px;font-weight:620}
    .pains ol{margin:0;padding:0;list-style:none}
    .pains li{display:grid;grid-template-columns:118px minmax(0,1fr) auto;gap:6px 12px;border-top:1px solid var(--line);\
    padding:11px 0;align-items:baseline}
    .pains .where{color:var(--mut);font-size:13px}
    .pains small{display:block;color:var(--mut);font-size:12.5px}
    .pains .stake{text-align:right;font-weight:640;font-size:16px}
    .pains .stake small{font-weight:400}

    """)

  static let evidence = HTML.Trusted(
    """
    .ledger td:last-child,.plain td:last-child{color:var(--mut)}
    .ledger td,.ledger th[scope=row],.plain td,.plain tbody th{font-size:13.5px;padding-block:9px;vertical-align:top}
    .ledger tbody th,.plain tbody th{font-weight:400;min-width:130px}
    .ledger td:last-child{min-width:150px}
    .ledger .sum>*,.plain .sum>*{font-weight:620;color:var(--ink)}
    .plain td{overflow-wrap:normal}
    .hash{display:block;max-width:15em;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
    .more{margin-top:14px}
    .more summary{cursor:pointer;color:var(--mut);font-size:13px}
    .more .scroll{margin-top:10px}
    .split{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:8px 36px;align-items:start}
    .reason{margin:0;text-wrap:pretty}.split .notice{margin:12px 0 0}
    .card h4{font-size:13px;font-weight:640;margin:18px 0 8px}
    .votes{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(170px,1fr));gap:6px 16px;\
    font-size:13px;color:var(--mut)}
    .votes li{display:flex;gap:8px;align-items:baseline}
    .votes b{min-width:3.4em;text-align:center;border-radius:99px;background:var(--soft);font-weight:560;padding:0 7px}
    .votes .agrees{color:var(--ink)}.votes .agrees b{background:var(--accent);color:var(--on)}
    .split+.scroll{margin-top:20px}
    .tried thead small{display:block;font-weight:400;font-size:11.5px}
    .tried mark{background:var(--soft);color:inherit;font-weight:640;border-radius:99px;padding:2px 8px;margin-right:-8px}
    .tried .taken>*{background:color-mix(in srgb,var(--accent) 9%,var(--card))}
    .tried .taken mark{background:var(--accent);color:var(--on)}
    .tried th[scope=row]{white-space:nowrap;padding-left:8px}.tried thead th:first-child{padding-left:8px}
    .tried tr>:last-child{padding-inline:12px 10px}.tried td:last-child{color:inherit}
    .kinship .branch{fill:none;stroke-width:3}
    .kinship .branch:not([stroke]){stroke:var(--rule)}
    .weights{--c:var(--accent)}
    .pairs{max-width:560px}
    .terms{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:16px 40px;margin:0}
    .terms dt{font-weight:620}
    .terms dd{margin:2px 0 0;color:var(--mut)}
    .remarks{margin:0;padding:0;list-style:none}
    .remarks li{border-top:1px solid var(--line);padding:9px 0;display:flex;gap:10px;align-items:baseline}
    .remarks li:first-child{border-top:0;padding-top:0}

    """)

  /// From tablets down to phones of 380 px.
  static let narrow = HTML.Trusted(
    """
    @media screen and (max-width:1120px){.persona,.persona.half{grid-column:span 3}.persona.whole{grid-column:span 6}}
    @media screen and (max-width:900px){
    .two{grid-template-columns:minmax(0,1fr);gap:0}
    .people{grid-template-columns:minmax(0,1fr);gap:18px}.persona,.persona.half,.persona.whole{grid-column:auto}.whole .topics{columns:1}
    .split,.terms{grid-template-columns:minmax(0,1fr)}}
    @media screen and (max-width:680px){
    nav>div{padding:12px 16px;gap:13px;overflow-x:auto}nav a{font-size:13px}nav .mark{margin-right:0}nav .chip{display:none}
    main{padding:26px 16px 20px}body>footer{padding:16px 16px 40px}
    h1{font-size:28px}.lead{font-size:15px}h2{font-size:21px;margin-top:38px}
    .tiles li{flex-basis:40%;padding:13px 15px}.tiles b{font-size:21px}
    .card,.persona{padding:17px 16px}
    .card{margin-bottom:16px}
    .segments tbody th,.segments tfoot th,.segments thead th:first-child{position:sticky;left:0;background:var(--card);\
    min-width:128px;max-width:150px;z-index:1}
    .bars{grid-template-columns:60px 3em auto}
    .tried th:first-child{position:sticky;left:0;z-index:1}.tried tr:not(.taken)>th:first-child{background:var(--card)}
    #formed-on td{min-width:7.5em}
    .votes{grid-template-columns:1fr 1fr}.votes b{min-width:2.8em}
    .chart .axis{font-size:14px}.map .axis{font-size:13px!important}.chart .name{font-size:15px}.scan .series,.scan .figure{font-size:14px}
    .rfm{min-width:500px}.chart.rfm .axis{font-size:12px}
    .chart.funnel .axis,.chart.emotion .axis{font-size:12px}
    .stages .lane{position:sticky;left:0;background:var(--card);z-index:1}
    .lane{font-size:12px}.stages{grid-template-columns:90px repeat(var(--n),minmax(0,1fr))}
    .traits{grid-template-columns:minmax(0,1fr) max-content 44px max-content;gap:6px 8px}.traits .lift{width:44px}
    .pains li{grid-template-columns:minmax(0,1fr) auto}.pains .where{grid-column:1/-1}}

    """)

  /// Paper: A4, journeys across, every map, nothing cut that fits on a page.
  static let print = HTML.Trusted(
    """
    @page{size:A4;margin:14mm 12mm}
    @page wide{size:A4 landscape;margin:8mm 10mm}
    @media print{
    body{background:none;font-size:11px;-webkit-print-color-adjust:exact;print-color-adjust:exact}
    nav,.skip,.journeys>label,.journeys>input,.proof,.more{display:none!important}
    main,body>footer{max-width:none;padding:0}
    h1{font-size:26px}h2{font-size:18px;margin-top:24px;break-after:avoid}h3,h4{break-after:avoid}
    .lead{font-size:13px}.about{margin-bottom:10px}.about,.legend{break-after:avoid}
    .card,.tiles,.notice,tr,.cell,.terms>div,.remarks li,.pains li{break-inside:avoid}
    .card{padding:13px 14px;margin-bottom:14px;box-shadow:none}
    .tiles{margin:16px 0 14px}.tiles li{flex-basis:110px;padding:10px 12px}.tiles b{font-size:17px}
    .tiles span,.tiles small,.note,.axis{font-size:10.5px}
    td,tbody th,tfoot th{padding-block:6px;font-size:11px}th{font-size:10.5px}
    .scroll{overflow:visible}
    .bars{grid-template-columns:52px 3.1em}.bars small{display:none}
    .segments tbody th{min-width:120px}th,td{padding-right:8px}
    .two{gap:14px}
    .people{display:block}.topics{columns:2;column-gap:30px}
    .persona{display:block;break-inside:avoid;padding:12px 16px;margin-bottom:14px;box-shadow:none}
    .persona h3{font-size:15px}.persona header p,.traits,.facts dt{font-size:11px}.facts dd{font-size:15px}
    .persona h4{margin-top:10px;font-size:11px}.traits{grid-template-columns:minmax(0,1fr) max-content 50px max-content}
    .traits .lift{width:50px}.chart .axis{font-size:13px}.chart.funnel .axis,.chart.emotion .axis{font-size:10.5px}.traits em{font-size:10.5px}.mono{width:36px;height:36px;font-size:15px}
    .maps{page:wide;break-before:page}.maps>h2{margin-top:0}
    .maps>.card{border:0;padding:0}
    .maps .card,.journeys{display:block;break-inside:auto}
    .journey{display:block!important;padding:0;break-before:page}
    .journeys>.journey:first-of-type{break-before:auto}
    .journey>header{border:0;padding:0;margin-bottom:6px}
    .stages{min-width:0;gap:4px;grid-template-columns:80px repeat(var(--n),minmax(0,1fr))}
    .cell{display:block;padding:4px 7px;font-size:9.5px;line-height:1.3}
    .cell footer{display:inline-flex;font-size:8.5px;margin-left:3px}.cell .tag{font-size:8.5px;line-height:11px;padding:0 3px}
    .lane{font-size:10px;padding-top:4px}.stage{padding:4px 7px;font-size:10.5px}.stage small{font-size:9px}
    .journeys .journey:not(:first-of-type)>.note{display:none}.pains{margin-top:8px;break-inside:avoid}.pains li{padding:4px 0;grid-template-columns:80px minmax(0,1fr) auto}
    .pains small,.pains .where{font-size:9.5px}.pains .stake{font-size:11px}
    .chart.funnel .figure,.chart.emotion .figure,.loss{font-size:11px}
    .ledger td,.ledger th[scope=row],.plain td,.plain tbody th{font-size:10.5px;padding-block:5px;min-width:0!important}
    .journey{zoom:.86}.journey:has(.pains){zoom:.76}.persona h4 em,.rule span,.legend{font-size:10.5px}.rule code{font-size:10px}
    .hash{max-width:9em}
    .votes,.reason,.card h4,.notice{font-size:11px}.votes{grid-template-columns:1fr 1fr;gap:4px 10px}.notice{padding:7px 10px}.card h4{margin:11px 0 6px}
    .split+.scroll{margin-top:12px}.tried tr>*{padding-block:4px}.tried thead th,.tried thead small{font-size:9px;white-space:normal}.tried mark{padding:1px 5px;margin-right:-5px}
    .facts-of-study{break-before:page}.facts-of-study>h2{margin-top:0}
    a{text-decoration:none}}

    """)
}
