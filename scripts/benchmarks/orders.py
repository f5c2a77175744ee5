"""Orders of an imaginary shop, as many as asked for: the same bytes on every machine.

    python orders.py orders-10m.csv --rows 10000000 [--customers 1000000] [--quoted]

Columns customer_id, order_id, order_date, amount, channel; some 43 bytes a row. Rows follow time: order ids
count up and dates run from 2022-01-01 to 2024-12-31. Every customer orders at least once; beyond that few
order often and most seldom (the density of rank r goes with r^-1/2). All values are functions of the row's
number (SplitMix64), so the size of a chunk changes nothing and a longer file has the same distributions.

With --quoted the channel of every tenth row stands in quotes and holds a line break; nothing else differs.
"""

import argparse
import os
import sys

import numpy as np

CHUNK = 500_000
FIRST_ORDER = 10_000_001
FIRST_DAY = np.datetime64("2022-01-01")
DAYS = 1_096
CHANNELS = ["web", "store", "app", "phone", "email", "partner"]
HEADER = b"customer_id,order_id,order_date,amount,channel\n"


def uniform(rows, stream):
    """53 random bits per row in [0, 1), of one named stream (Steele, Lea & Flood 2014)."""
    with np.errstate(over="ignore"):
        z = (rows + np.uint64(stream << 40)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(11)).astype(np.float64) * 2.0**-53


def table(texts):
    """Fixed-width text of each value, zero bytes behind the shorter ones."""
    array = np.array(texts, dtype="S")
    return array.view(np.uint8).reshape(len(array), array.dtype.itemsize)


def digits(values, width):
    """Decimal digits with leading zeros, a column per digit."""
    output = np.empty((len(values), width), dtype=np.uint8)
    rest = values.copy()
    for column in range(width - 1, -1, -1):
        rest, output[:, column] = rest // 10, rest % 10
    return output + 48


def customer_ids(ranks, customers):
    """`C` and 7 to 10 digits; a customer's number says nothing about how often the customer orders."""
    numbers = (ranks * 7_919 + 4_321) % customers
    text = np.zeros((len(ranks), 11), dtype=np.uint8)
    text[:, 0] = ord("C")
    all_digits = digits(numbers, 10)
    for width in range(7, 11):
        chosen = numbers % 4 == width - 7
        text[chosen, 1 : 1 + width] = all_digits[chosen, 10 - width :]
    return text


def amounts(rows):
    cents = 99 + np.floor(uniform(rows, 2) ** 3 * 60_000).astype(np.int64)
    text = np.concatenate([digits(cents // 100, 3), np.full((len(rows), 1), ord("."), np.uint8),
                           digits(cents % 100, 2)], axis=1)
    for column in range(2):  # no leading zeros
        text[cents < 100 * 10 ** (2 - column), column] = 0
    return text


def chunk(start, stop, total, customers, quoted, channels, days):
    rows = np.arange(start, stop, dtype=np.uint64)
    stride = total // customers
    ranks = np.floor(uniform(rows, 1) ** 2 * customers).astype(np.int64)
    first = (rows % stride == 0) & (rows // stride < customers)
    ranks[first] = (rows[first] // stride).astype(np.int64)
    picked = np.floor(uniform(rows, 3) * len(CHANNELS)).astype(np.int64)
    if quoted:
        picked[rows % 10 == 9] += len(CHANNELS)
    comma = np.full((len(rows), 1), ord(","), dtype=np.uint8)
    parts = [
        customer_ids(ranks, customers), comma,
        digits(rows.astype(np.int64) + FIRST_ORDER, 8), comma,
        days[(rows.astype(np.int64) * DAYS) // total], comma,
        amounts(rows), comma,
        channels[picked], np.full((len(rows), 1), ord("\n"), dtype=np.uint8),
    ]
    matrix = np.concatenate(parts, axis=1)
    return matrix[matrix != 0].tobytes()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path")
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--quoted", action="store_true")
    options = parser.parse_args()
    customers = min(options.customers, options.rows)
    if customers % 7_919 == 0 or options.rows + FIRST_ORDER > 99_999_999:
        sys.exit("orders.py: the number of customers must not divide by 7919, nor rows exceed 89 million")
    channels = table(CHANNELS + [f'"{name}\nlink"' for name in CHANNELS])
    days = table([str(FIRST_DAY + day) for day in range(DAYS)])
    # A file that is there is whole.
    unfinished = options.path + ".part"
    with open(unfinished, "wb") as file:
        file.write(HEADER)
        for start in range(0, options.rows, CHUNK):
            stop = min(start + CHUNK, options.rows)
            file.write(chunk(start, stop, options.rows, customers, options.quoted, channels, days))
    os.replace(unfinished, options.path)


main()
