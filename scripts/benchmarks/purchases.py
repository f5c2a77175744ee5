"""Writes customers who buy and drop out as BG/NBD says, and spend as Gamma-Gamma says.

    python purchases.py DATA/purchases-1m --customers 1000000

writes DATA/purchases-1m.i32 with three columns a customer, in days: order days after the first, from the first
order day to the last, from the first to the end of observation; and DATA/purchases-1m.f64 with what each has spent.
Customers came in over two years. The fewer are the first of the more.
"""

import argparse
import os

import numpy as np

CHUNK = 100_000
SPAN = 728
WEEK = 7
R, ALPHA, A, B = 0.55, 9.0, 0.8, 2.6
P, Q, V = 6.25, 3.74, 15.44


def chunk(index):
    generator = np.random.default_rng([4, index])
    age = generator.integers(1, SPAN + 1, CHUNK)
    rate = generator.gamma(R, 1 / ALPHA, CHUNK) / WEEK
    dropout = generator.beta(A, B, CHUNK)
    time = np.zeros(CHUNK)
    last = np.zeros(CHUNK, dtype=np.int64)
    orders = np.zeros(CHUNK, dtype=np.int64)
    alive = np.flatnonzero(rate > 0)
    while len(alive):
        time[alive] += generator.exponential(1 / rate[alive])
        alive = alive[time[alive] <= age[alive]]
        day = np.ceil(time[alive]).astype(np.int64)
        # Two orders on a day are one order day.
        orders[alive] += day > last[alive]
        last[alive] = day
        alive = alive[generator.random(len(alive)) >= dropout[alive]]
    mean = generator.gamma(P * (orders + 1), 1 / generator.gamma(Q, 1 / V, CHUNK)) / (orders + 1)
    spent = np.round(mean * (orders + 1) * 100) / 100
    return np.stack([orders, last, age], axis=1).astype(np.int32), spent


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path")
    parser.add_argument("--customers", type=int, required=True)
    options = parser.parse_args()
    # Files that are there are whole.
    with open(options.path + ".i32.part", "wb") as times, open(options.path + ".f64.part", "wb") as money:
        for start in range(0, options.customers, CHUNK):
            days, spent = (values[:options.customers - start] for values in chunk(start // CHUNK))
            days.tofile(times)
            spent.tofile(money)
    for kind in (".f64", ".i32"):
        os.replace(options.path + kind + ".part", options.path + kind)


main()
