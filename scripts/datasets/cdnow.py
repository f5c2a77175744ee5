#!/usr/bin/env python3
"""Turn the CDNOW sample of Fader and Hardie into CSV.

    cdnow.py cdnow_sample.txt > orders.csv

The input is blank-separated and has no header: customer id in the full data,
customer id in the sample, date (yyyymmdd), number of CDs, dollar value.
Ids and amounts are kept as written; only the date changes its form.
"""

import csv
import datetime
import io
import sys


def convert(lines):
    yield ["customer_id", "order_date", "cds", "amount"]
    for number, line in enumerate(lines, start=1):
        fields = line.split()
        if not fields:
            continue
        if len(fields) != 5:
            raise ValueError(f"line {number}: 5 fields expected, {len(fields)} found")
        customer, _, day, cds, amount = fields
        date = datetime.date(int(day[:4]), int(day[4:6]), int(day[6:]))
        yield [customer, date.isoformat(), cds, amount]


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: cdnow.py FILE > orders.csv")
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
    with open(sys.argv[1], encoding="ascii") as source:
        csv.writer(out, lineterminator="\n").writerows(convert(source))
    out.flush()


if __name__ == "__main__":
    main()
