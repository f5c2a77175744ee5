"""Segue, DuckDB and polars on the same orders: from a CSV file to orders, money, first and last day per customer.

    scripts/bench ingest [--rows N] [--runs N] [--threads 1,2] [--large] [--json FILE]

Every run is a process of its own, with the file in the page cache, held to as many cores as it has threads.
`seconds` is what the process measured around the work itself, `wall` its whole life, `peak` its highest
resident memory; all are medians, and runs of all engines alternate. Nothing here passes or fails by time:
the exit code is 1 only if results differ or Segue cannot read a plain file.
"""

import argparse
import importlib.metadata
import json
import os
import subprocess
import sys

from measure import Job, machine, note, run_all, size_name, warm

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = ["duckdb", "duckdb-double", "duckdb-auto", "polars", "polars-streaming"]


def make_file(folder, rows, quoted=False):
    path = os.path.join(folder, f"orders-{size_name(rows)}{'-quoted' if quoted else ''}.csv")
    if not os.path.exists(path):
        note(f"writing {path}")
        command = [sys.executable, os.path.join(HERE, "orders.py"), path, "--rows", str(rows)]
        subprocess.run(command + (["--quoted"] if quoted else []), check=True)
    return path


def make_compressed(path):
    compressed = path + ".gz"
    if not os.path.exists(compressed):
        note(f"writing {compressed}")
        with open(compressed + ".part", "wb") as file:
            subprocess.run(["gzip", "-1", "--no-name", "--stdout", path], stdout=file, check=True)
        os.replace(compressed + ".part", compressed)
    return compressed


def engine(options, name, path, threads, *more):
    if name == "segue":
        return Job([options.program, "ingest", path, "--threads", threads, *more], threads)
    argv = [sys.executable, os.path.join(HERE, "engines.py"), name, path, "--threads", threads, *more]
    return Job(argv, threads, {"POLARS_MAX_THREADS": str(threads)})


def compare_results(options, files):
    """Every engine once on every file; the names of engines that differ from the first."""
    differ, plain = [], None
    for path in files:
        expected = None
        for name in ["segue", *PEERS]:
            note(f"checking the result of {name} on {os.path.basename(path)}")
            job = engine(options, name, path, max(options.threads), "--checksum")
            job.run()
            if job.failure:
                differ.append(f"{name} on {os.path.basename(path)}: {job.failure}")
                continue
            result = {key: job.reports[0][key] for key in ("rows", "customers", "sum", "checksum")}
            expected = expected or (name, result)
            if result != expected[1]:
                differ.append(f"{name} on {os.path.basename(path)}: {result}, {expected[0]}: {expected[1]}")
        if expected:
            plain = plain or expected[1]
    note("")
    if differ:
        sys.exit("bench: results differ\n  " + "\n  ".join(differ))
    return (f"Results equal for {', '.join(['segue', *PEERS])} on {len(files)} files; "
            f"{os.path.basename(files[0])}: {plain['rows']:,} rows, "
            f"{plain['customers']:,} customers, {plain['sum']} in total, checksum {plain['checksum']}.")


def row(name, job):
    if not job.reports:
        return f"{name:<17} {job.threads:>7}  {job.failure}"
    return (f"{name:<17} {job.threads:>7} {job.seconds:>9.3f} {job.spread:>7.2f} {job.wall:>8.3f} "
            f"{job.rows / job.seconds / 1e6:>9.2f} {job.bytes / job.seconds / 1e9:>7.2f} {job.peak:>9.0f}")


def report(options, jobs):
    lines = ["", f"{'engine':<17} {'threads':>7} {'seconds':>9} {'spread':>7} {'wall s':>8} {'M rows/s':>9} "
             f"{'GB/s':>7} {'peak MiB':>9}"]
    for threads in options.threads:
        lines += [row(name, jobs["plain", name, threads]) for name in ["segue", *PEERS]]
    lines.append("")
    for threads in options.threads:
        segue = jobs["plain", "segue", threads]
        peers = [jobs["plain", name, threads] for name in PEERS if jobs["plain", name, threads].reports]
        fastest = min(peers, key=lambda job: job.seconds)
        quickest = min(peers, key=lambda job: job.wall)
        lines.append(
            f"{threads} thread{'s' if threads > 1 else ''}: {fastest.seconds / segue.seconds:.2f} times the rows per "
            f"second of the faster peer (goal 4), {quickest.wall / segue.wall:.2f} times by whole processes; "
            f"{segue.peak:.0f} MiB against {min(job.peak for job in peers):.0f} to "
            f"{max(job.peak for job in peers):.0f} (goal: no more)")
        lines += ["  " + text for text in segue_alone(jobs, threads, segue)]
    return lines


def segue_alone(jobs, threads, plain):
    scan, quoted = jobs["scan", "segue", threads], jobs["quoted", "segue", threads]
    gzip, inflate = jobs["gzip", "segue", threads], jobs["inflate", "zlib", threads]
    if scan.reports:
        rate = scan.bytes / scan.seconds / 1e9
        yield f"structural scan: {rate:.2f} GB/s, {rate / threads:.2f} a core (goal 1)"
    if quoted.reports:
        yield (f"with a quoted line break in every tenth row: {quoted.seconds:.3f} s, "
               f"{quoted.seconds / plain.seconds:.2f} times (goal 1.3)")
    if gzip.reports:
        yield (f"gzip: {gzip.seconds:.3f} s, inflating alone {inflate.seconds:.3f} s, "
               f"{gzip.seconds / inflate.seconds:.2f} times (goal: near 1)")
    else:
        yield f"gzip: {gzip.failure}; inflating alone {inflate.seconds:.3f} s"
    large = jobs.get(("large", "segue", threads))
    if large and large.reports:
        yield (f"{large.rows / plain.rows:.0f} times the rows: {large.seconds:.3f} s, "
               f"{large.seconds / plain.seconds:.2f} times; {large.peak:.0f} MiB against {plain.peak:.0f}")
    elif large:
        yield f"large file: {large.failure}"


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench ingest", description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000_000, help="10000000 by default")
    parser.add_argument("--runs", type=int, default=5, help="runs of each, 5 by default")
    parser.add_argument("--threads", type=lambda text: [int(word) for word in text.split(",")], default=[1, 2])
    parser.add_argument("--large", action="store_true", help="also a file five times as long")
    parser.add_argument("--json", help="write all figures to this file")
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--data", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    cores = sorted(os.sched_getaffinity(0))
    if max(options.threads) > len(cores):
        parser.error(f"there are {len(cores)} cores")

    plain = make_file(options.data, options.rows)
    quoted = make_file(options.data, options.rows, quoted=True)
    compressed = make_compressed(plain)
    large = make_file(options.data, options.rows * 5) if options.large else None
    warm([path for path in (plain, quoted, compressed, large) if path])
    equal = compare_results(options, [path for path in (plain, quoted, large) if path])

    jobs = {}
    for threads in options.threads:
        for name in ["segue", *PEERS]:
            jobs["plain", name, threads] = engine(options, name, plain, threads)
        jobs["quoted", "segue", threads] = engine(options, "segue", quoted, threads)
        jobs["scan", "segue", threads] = Job(
            [options.program, "scan", plain, "--threads", threads], threads)
        jobs["gzip", "segue", threads] = engine(options, "segue", compressed, threads)
        jobs["inflate", "zlib", threads] = Job(
            [options.program, "inflate", compressed, "--threads", threads], threads)
        if large:
            jobs["large", "segue", threads] = engine(options, "segue", large, threads)
    run_all(jobs, options.runs)
    note("")
    if any(not jobs["plain", "segue", threads].reports for threads in options.threads):
        sys.exit("bench: " + jobs["plain", "segue", options.threads[0]].failure)

    versions = {name: importlib.metadata.version(name) for name in ("duckdb", "polars")}
    print(f"{os.path.basename(plain)}: {os.path.getsize(plain):,} bytes; {machine()}; median of {options.runs} runs; "
          + ", ".join(f"{name} {version}" for name, version in versions.items()))
    print(equal)
    print("\n".join(report(options, jobs)))
    if options.json:
        with open(options.json, "w") as file:
            figures = {"/".join(map(str, key)): job.summary() for key, job in jobs.items()}
            json.dump({"machine": machine(), "versions": versions, "jobs": figures}, file, indent=1)


main()
