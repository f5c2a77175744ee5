"""Writes points to cluster: a Gaussian mixture of ten overlapping parts, standardised.

    python points.py DATA/points-1m-d8 --rows 1000000 --columns 8

writes DATA/points-1m-d8.f32 and .f64, row after row, with the same values: each is exact in single precision.
The fewer rows are the first of the more. `start` picks centroids from the first 10,000 alone, so they are the same
for more rows.
"""

import argparse
import os

import numpy as np

CHUNK = 100_000
PARTS = 10
SAMPLE = 10_000


def mixture(columns):
    """Weights, centres and spreads of the parts; neighbours lie about three spreads apart in any dimension."""
    generator = np.random.default_rng([1, columns])
    weights = generator.uniform(0.5, 2, PARTS)
    weights /= weights.sum()
    centres = generator.normal(size=(PARTS, columns)) * 4 / np.sqrt(2 * columns)
    spreads = generator.uniform(0.7, 1.3, PARTS)
    mean = weights @ centres
    deviation = np.sqrt(weights @ ((centres - mean) ** 2 + spreads[:, None] ** 2))
    return weights, (centres - mean) / deviation, spreads[:, None] / deviation


def chunk(index, columns, parts):
    generator = np.random.default_rng([2, columns, index])
    weights, centres, spreads = parts
    part = generator.choice(PARTS, CHUNK, p=weights)
    return (centres[part] + spreads[part] * generator.normal(size=(CHUNK, columns))).astype(np.float32)


def write(path, rows, columns):
    parts = mixture(columns)
    # Files that are there are whole.
    with open(path + ".f32.part", "wb") as single, open(path + ".f64.part", "wb") as double:
        for start in range(0, rows, CHUNK):
            values = chunk(start // CHUNK, columns, parts)[:rows - start]
            values.tofile(single)
            values.astype(np.float64).tofile(double)
    for kind in (".f32", ".f64"):
        os.replace(path + kind + ".part", path + kind)


def start(path, columns, k):
    """k centroids, k-means++ over the first rows."""
    points = np.fromfile(path + ".f64", count=SAMPLE * columns).reshape(-1, columns)
    generator = np.random.default_rng([3, columns, k])
    chosen = [generator.integers(len(points))]
    nearest = np.full(len(points), np.inf)
    while len(chosen) < k:
        nearest = np.minimum(nearest, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
        chosen.append(generator.choice(len(points), p=nearest / nearest.sum()))
    return points[chosen]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path")
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--columns", type=int, required=True)
    options = parser.parse_args()
    write(options.path, options.rows, options.columns)


if __name__ == "__main__":
    main()
