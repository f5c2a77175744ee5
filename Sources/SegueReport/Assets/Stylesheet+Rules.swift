extension Stylesheet {
  static let rules = HTML.Trusted(
    """
    #rules .scroll{margin-top:14px}
    .ruled td:nth-child(2){color:inherit;min-width:220px}
    .ruled td:last-child{color:inherit}
    .ruled tbody td:nth-child(3){min-width:170px}
    .ruled code{white-space:normal}
    .ruled tbody th.num{min-width:0}
    .ruled tfoot th,.ruled tfoot td{font-size:13.5px;padding-block:9px;vertical-align:top}

    """)
}
