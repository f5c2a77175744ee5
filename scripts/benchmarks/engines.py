"""One run of one peer: from a CSV file to orders, money, first and last day of each customer.

    python engines.py duckdb orders.csv --threads 2 [--checksum]

Prints one line of JSON. The clock runs over the query alone, with its result in the engine's own memory;
starting Python, importing the engine and the checksum stand outside.
"""

import argparse
import json
import os
import time

TYPES = {"customer_id": "VARCHAR", "order_id": "BIGINT", "order_date": "DATE", "channel": "VARCHAR"}
QUERY = """
  SELECT customer_id, count(*) AS orders, sum(amount) AS spent, min(order_date) AS first, max(order_date) AS last
  FROM {source} GROUP BY customer_id
"""


def duckdb_run(path, threads, amount_type, wants_checksum):
    import duckdb

    connection = duckdb.connect(config={"threads": threads})
    if amount_type is None:
        source = f"read_csv('{path}')"
    else:
        order = ["customer_id", "order_id", "order_date", "amount", "channel"]
        columns = {name: TYPES.get(name, amount_type) for name in order}
        source = f"read_csv('{path}', header=true, auto_detect=false, delim=',', quote='\"', columns={columns})"
    start = time.perf_counter()
    result = connection.sql(QUERY.format(source=source)).materialize()
    seconds = time.perf_counter() - start
    # Whole cents; the sum of doubles is exact enough to round to the cent it stands for.
    cents = "CAST(round(spent * 100) AS BIGINT)"
    totals = connection.sql(f"SELECT sum(orders), count(*), sum({cents}) FROM result").fetchall()[0]
    lines = None
    if wants_checksum:
        text = f"concat_ws(',', customer_id, orders, {cents}, first, last)"
        lines = connection.sql(f"SELECT {text} AS line FROM result").fetchnumpy()["line"]
    return seconds, totals, lines


def polars_run(path, threads, engine, wants_checksum):
    import polars as pl

    assert pl.thread_pool_size() == threads
    schema = {"customer_id": pl.String, "order_id": pl.Int64, "order_date": pl.Date, "amount": pl.Float64,
              "channel": pl.String}
    start = time.perf_counter()
    result = (
        pl.scan_csv(path, schema=schema)
        .group_by("customer_id")
        .agg(
            orders=pl.len(), spent=pl.col("amount").sum(),
            first=pl.col("order_date").min(), last=pl.col("order_date").max(),
        )
        .collect(engine=engine)
    )
    seconds = time.perf_counter() - start
    cents = (pl.col("spent") * 100).round().cast(pl.Int64)
    totals = result.select(pl.col("orders").sum(), customers=pl.len(), cents=cents.sum()).row(0)
    lines = None
    if wants_checksum:
        line = pl.concat_str(["customer_id", "orders", cents, "first", "last"], separator=",")
        lines = result.select(line=line)["line"].to_numpy()
    return seconds, totals, lines


def checksum(lines):
    """The sum of the lines' FNV-1a hashes: the same in any order."""
    import numpy as np

    text = np.asarray(lines).astype("S")
    matrix = text.view(np.uint8).reshape(len(text), text.dtype.itemsize)
    hashes = np.full(len(text), 0xCBF29CE484222325, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for column in range(matrix.shape[1]):
            byte = matrix[:, column]
            mixed = (hashes ^ byte.astype(np.uint64)) * np.uint64(0x100000001B3)
            hashes = np.where(byte == 0, hashes, mixed)
        return str(hashes.sum(dtype=np.uint64))


ENGINES = {
    "duckdb": lambda *given: duckdb_run(*given[:2], "DECIMAL(18,2)", given[2]),
    "duckdb-double": lambda *given: duckdb_run(*given[:2], "DOUBLE", given[2]),
    "duckdb-auto": lambda *given: duckdb_run(*given[:2], None, given[2]),
    "polars": lambda *given: polars_run(*given[:2], "in-memory", given[2]),
    "polars-streaming": lambda *given: polars_run(*given[:2], "streaming", given[2]),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("engine", choices=ENGINES)
    parser.add_argument("path")
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--checksum", action="store_true")
    options = parser.parse_args()
    seconds, (rows, customers, cents), lines = ENGINES[options.engine](
        options.path, options.threads, options.checksum)
    cents = int(cents)
    report = {"seconds": seconds, "rows": int(rows), "customers": int(customers),
              "sum": f"{cents // 100}.{cents % 100:02d}", "bytes": os.path.getsize(options.path)}
    if lines is not None:
        report["checksum"] = checksum(lines)
    print(json.dumps(report))


main()
