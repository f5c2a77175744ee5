extension Stylesheet {
  static let lifecycle = HTML.Trusted(
    """
    .lifecycle tbody th{font-weight:580;min-width:170px;max-width:300px}
    .lifecycle td{padding:7px 12px;border-left:2px solid var(--card)}
    .lifecycle tr>:last-child{padding-right:12px}.lifecycle thead th.num{padding-right:12px}
    .lifecycle small{display:block;font-size:11.5px;font-weight:400;opacity:.8}
    .grouped{margin-top:12px}.grouped th[scope=row]{white-space:nowrap}
    @media print{.lifecycle td{padding:4px 7px}.lifecycle small{font-size:9px}}

    """)
}
