"""Segue, scikit-learn, scikit-learn-intelex and faiss on the same points.

    scripts/bench clustering [--only lloyd,fit,scan,silhouette] [--n N,N] [--d D,D] [--k K,K] [--threads 1,2]
                             [--runs N] [--full] [--json FILE]

lloyd: k-means from the same starting centroids until no label changes, or 100 iterations; time per point and
iteration is that of the whole call, with all it packs and copies, divided by points and iterations.
fit: k-means++ and ten restarts, everything else by default. scan: k = 2 to 10 once each, with inertia, silhouette
of 10,000 rows, Calinski-Harabasz and Davies-Bouldin. silhouette: exact, of 10,000 rows.

Every side runs in a process of its own, held to as many cores as it has threads; it measures the call alone,
after a short call to get warm; figures are medians. Without --full or a choice of --n, --d and --k, lloyd visits
only some of its cells and slow peers only some of those. Nothing here passes or fails by time: the exit code is 1
only if Segue fails or its results differ from those of scikit-learn in double precision.
"""

import argparse
import importlib.metadata
import json
import os
import statistics
import subprocess
import sys

import partitions
import points
from measure import Job, machine, note, size_name, warm

HERE = os.path.dirname(os.path.abspath(__file__))
ROWS, COLUMNS, CLUSTERS = [100_000, 1_000_000, 10_000_000], [3, 8, 32, 64], [5, 8, 20, 100]
GOALS = {3: 10, 8: 6, 32: 5, 64: 4}
ITERATIONS = 100
SEGUE = [("segue", "double"), ("segue", "float")]
REFERENCE = ("scikit-learn", "double")
QUICK = [REFERENCE, ("scikit-learn", "float"), ("scikit-learn-intelex", "double"), ("scikit-learn-intelex", "float")]
SLOW = [("elkan", "double"), ("elkan", "float"), ("faiss", "float")]
SIDES = SEGUE + QUICK + SLOW


class Bench:
    def __init__(self, options):
        self.options = options
        self.results = []
        self.differences = []

    def points(self, rows, columns):
        """The path of a set of points, without its ending."""
        path = os.path.join(self.options.data, f"points-{size_name(rows)}-d{columns}")
        if not os.path.exists(path + ".f64"):
            note(f"writing {path}")
            subprocess.run([sys.executable, "-B", os.path.join(HERE, "points.py"), path,
                            "--rows", str(rows), "--columns", str(columns)], check=True)
        warm([path + ".f64", path + ".f32"])
        return path

    def start(self, path, columns, k):
        """A file of starting centroids, doubles."""
        start = os.path.join(self.options.data, f"start-d{columns}-k{k}.f64")
        if not os.path.exists(start):
            points.start(path, columns, k).tofile(start)
        return start

    def run(self, side, task, path, rows, columns, threads, **more):
        """What one side reports on one task, `median` and `peak` memory in MiB beside it; a text if it failed."""
        program, precision = side
        note(f"{task}: {rows:,} rows, d = {columns}, "
             + "".join(f"{name} = {more[name]}, " for name in ("k",) if name in more)
             + f"{count(threads)}: {title(side)}")
        argv = ([self.options.program, "cluster"] if program == "segue"
                else [sys.executable, "-B", os.path.join(HERE, "peers.py"), program])
        argv += [task, "--points", path + (".f64" if precision == "double" else ".f32"), "--rows", rows,
                 "--columns", columns, "--precision", precision, "--threads", threads,
                 "--runs", self.options.runs, "--budget", self.options.budget]
        for name, value in more.items():
            argv += ["--" + name, value]
        limits = {name: str(threads) for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
        job = Job(argv, threads, limits)
        job.run()
        described = {"task": task, "side": title(side), "rows": rows, "columns": columns, "threads": threads,
                     "k": more.get("k")}
        if job.failure:
            self.results.append({**described, "failure": job.failure})
            if program == "segue":
                self.differences.append(f"{task}, {title(side)}: {job.failure}")
            return None
        report = {**job.reports[0], "peak": job.peak}
        report["median"] = statistics.median(report["seconds"])
        self.results.append({**described, **report})
        return report


def count(threads):
    return f"{threads} thread{'s' if threads > 1 else ''}"


def title(side):
    return f"{side[0]} {'f64' if side[1] == 'double' else 'f32'}"


def short(side):
    return title(side).replace("scikit-learn-intelex", "intelex").replace("scikit-learn", "lloyd")


def fastest(reports):
    """Side and time of the fastest peer."""
    return min(((reports[side]["figure"], side) for side in QUICK + SLOW if reports.get(side)), default=(None, None))


# lloyd

def cells(options):
    """Rows, columns, k, threads and sides of every measurement; the quick choice ends in a quarter of an hour."""
    threads = options.threads
    if options.full or options.n or options.d or options.k:
        rows = options.n or (ROWS if options.full else [1_000_000])
        for n in rows:
            for t in threads:
                for d in options.d or COLUMNS:
                    yield from ((n, d, k, t, SIDES) for k in options.k or CLUSTERS)
        return
    most = max(threads)
    for d in COLUMNS:
        for k in CLUSTERS:
            yield 1_000_000, d, k, most, SIDES if k == 8 else SEGUE + QUICK
    for t in threads:
        if t != most:
            yield from ((1_000_000, d, 8, t, SEGUE + QUICK) for d in COLUMNS)
    for n in (100_000, 10_000_000):
        yield from ((n, d, 8, most, SEGUE + QUICK) for d in (3, 8))


def lloyd_cell(bench, n, d, k, threads, sides):
    path = bench.points(n, d)
    start = bench.start(path, d, k)
    judge = partitions.Judge(path + ".f64", d, k)
    labels_path = os.path.join(bench.options.data, "labels.i32")
    reports = {}
    for side in sides:
        with_labels = side[0] != "faiss"
        more = {"labels": labels_path} if with_labels else {}
        report = bench.run(side, "lloyd", path, n, d, threads, k=k, start=start, iterations=ITERATIONS, **more)
        if report:
            report["figure"] = report["median"] / report["iterations"] / n * 1e9
            if with_labels:
                report["partition"] = judge.read(labels_path)
                os.remove(labels_path)
        reports[side] = report
    expected = reports.get(REFERENCE)
    for side, report in reports.items():
        if not (report and expected and "partition" in report):
            continue
        report["differing"] = judge.differing(report["partition"], expected["partition"])
        report["excess"] = report["partition"].inertia / expected["partition"].inertia - 1
        if side == SEGUE[0] and (report["differing"] or abs(report["excess"]) > 1e-9):
            bench.differences.append(
                f"lloyd, n = {n}, d = {d}, k = {k}, {count(threads)}: {report['differing']} labels differ from "
                f"scikit-learn's, inertia by {report['excess']:.1e}")
    return reports


def lloyd(bench):
    tables = {}
    for n, d, k, threads, sides in cells(bench.options):
        tables.setdefault((n, threads), {})[d, k] = lloyd_cell(bench, n, d, k, threads, sides)
    for (n, threads), table in tables.items():
        yield f"lloyd, {n:,} rows, {count(threads)}: nanoseconds per point and iteration"
        yield (f"{'d':>3} {'k':>4}" + "".join(f"{short(side):>12}" for side in SIDES)
               + f"   {'fastest peer':<12} {'/ f64':>6} {'/ f32':>6} {'goal':>5}")
        for (d, k), reports in table.items():
            yield f"{d:>3} {k:>4}" + "".join(f"{figure(reports, side):>12}" for side in SIDES) + ratio(reports, d)
        yield ""
        yield "iterations; then labels that differ from lloyd f64 and inertia above its: '=' for 0 and less than 1e-9"
        labelled = SEGUE + QUICK + SLOW[:2]
        yield f"{'d':>3} {'k':>4}" + "".join(f"{short(side):>18}" for side in labelled)
        for (d, k), reports in table.items():
            yield f"{d:>3} {k:>4}" + "".join(f"{agreement(reports.get(side)):>18}" for side in labelled)
        yield ""
    yield from memory(tables)
    yield from linearity(tables)


def figure(reports, side):
    if side not in reports:
        return "not run"
    return f"{reports[side]['figure']:.2f}" if reports[side] else "failed"


def ratio(reports, columns):
    best, side = fastest(reports)
    if not best:
        return ""
    ratios = [f"{best / reports[own]['figure']:.1f}" if reports.get(own) else "-" for own in SEGUE]
    return f"   {short(side):<12} {ratios[0]:>6} {ratios[1]:>6} {GOALS.get(columns, '-'):>5}"


def agreement(report):
    if not report:
        return "not run"
    if "differing" not in report:
        return f"{report['iterations']}"
    same = report["differing"] == 0 and abs(report["excess"]) <= 1e-9
    return f"{report['iterations']} " + ("=" if same else f"{report['differing']} {report['excess']:+.0e}")


def memory(tables):
    """Segue's highest memory beyond the program's own, against the points once in each precision used and labels.

    Of a million rows and more: of fewer, the program's own small change outweighs the points.
    """
    for (n, threads), table in tables.items():
        for d in sorted({d for d, _ in table} if n >= 1_000_000 else ()):
            for side, width in zip(SEGUE, (12, 4)):
                used = [reports[side]["peak"] - reports[side]["programMiB"]
                        for (columns, _), reports in table.items() if columns == d and reports.get(side)]
                allowed = n * (d * width + 4) / 2**20
                if used:
                    yield (f"memory, {n:,} rows, {count(threads)}, d = {d}, {title(side)}: {max(used):.0f} MiB beside "
                           f"the program, {max(used) / allowed:.2f} times the points in each precision and labels")
    yield ""


def linearity(tables):
    """Segue's time per point and iteration as rows grow."""
    grown = {}
    for (n, threads), table in sorted(tables.items()):
        for (d, k), reports in table.items():
            for side in SEGUE:
                if reports.get(side):
                    grown.setdefault((d, k, threads, side), []).append((n, reports[side]["figure"]))
    for (d, k, threads, side), figures in grown.items():
        if len(figures) > 1:
            yield (f"d = {d}, k = {k}, {count(threads)}, {title(side)}: "
                   + ", ".join(f"{value:.2f} ns at {size_name(n)}" for n, value in figures))


# The other tasks

def against(reports, value, goal):
    """A line per side, and how many times Segue is faster than the fastest peer."""
    for side, report in reports.items():
        yield f"  {title(side):<26}" + (f"{report['median']:>9.3f} s  {value(report)}" if report else "  failed")
    for report in reports.values():
        if report:
            report["figure"] = report["median"]
    best, side = fastest(reports)
    own = reports[SEGUE[0]]
    if best and own:
        yield f"  {best / own['median']:.1f} times as fast as {title(side)} (goal {goal})"


def fit(bench):
    rows, threads = (bench.options.n or [1_000_000])[0], max(bench.options.threads)
    k = (bench.options.k or [5])[0]
    for d in bench.options.d or [3, 8]:
        path = bench.points(rows, d)
        reports = {side: bench.run(side, "fit", path, rows, d, threads, k=k) for side in SEGUE[:1] + QUICK + SLOW}
        best = min(report["inertia"] for report in reports.values() if report)
        yield f"fit, {rows:,} rows, d = {d}, k = {k}, k-means++, ten restarts, {count(threads)}"
        yield from against(reports, lambda report: f"inertia {report['inertia'] / best - 1:.1e} above the lowest", 4)
        yield ""


def scan(bench):
    rows, threads = (bench.options.n or [1_000_000])[0], max(bench.options.threads)
    for d in bench.options.d or [8]:
        reports = {side: bench.run(side, "scan", bench.points(rows, d), rows, d, threads)
                   for side in SEGUE[:1] + QUICK}

        def told(report):
            lowest = [min(other["scores"][index]["inertia"] for other in reports.values() if other)
                      for index in range(len(report["scores"]))]
            excess = max(score["inertia"] / low - 1 for score, low in zip(report["scores"], lowest))
            best = max(report["scores"], key=lambda score: score["silhouette"])
            return (f"silhouette of {report['silhouetteRows']:,} rows, highest {best['silhouette']:.3f} at "
                    f"k = {best['k']}; inertia at most {excess:.1e} above the lowest")

        yield f"scan, {rows:,} rows, d = {d}, k = 2 to 10, {count(threads)}"
        yield from against(reports, told, 5)
        yield ""


def silhouette(bench):
    rows, k, threads = 10_000, 5, max(bench.options.threads)
    for d in bench.options.d or [8]:
        path = bench.points(rows, d)
        labels = os.path.join(bench.options.data, f"labels-{rows}-d{d}-k{k}.i32")
        partitions.nearest(path + ".f64", bench.start(path, d, k), d).tofile(labels)
        reports = {side: bench.run(side, "silhouette", path, rows, d, threads, k=k, labels=labels)
                   for side in (SEGUE[0], REFERENCE, QUICK[1])}
        yield f"silhouette, exact, {rows:,} rows, d = {d}, k = {k}, {count(threads)}"
        yield from against(reports, lambda report: f"mean {report['mean']:.12f}", 5)
        yield ""
        own, expected = reports[SEGUE[0]], reports[REFERENCE]
        if own and expected and abs(own["mean"] - expected["mean"]) > 1e-9:
            bench.differences.append(f"silhouette, d = {d}: {own['mean']}, scikit-learn: {expected['mean']}")


SECTIONS = {"lloyd": lloyd, "fit": fit, "scan": scan, "silhouette": silhouette}


def main():
    def numbers(text):
        return [int(float(word)) for word in text.split(",")]

    parser = argparse.ArgumentParser(prog="scripts/bench clustering", description=__doc__.splitlines()[0])
    parser.add_argument("--only", type=lambda text: text.split(","), default=list(SECTIONS),
                        help="some of " + ",".join(SECTIONS))
    parser.add_argument("--n", type=numbers, help="rows, as 1e6")
    parser.add_argument("--d", type=numbers, help="columns")
    parser.add_argument("--k", type=numbers, help="clusters")
    parser.add_argument("--threads", type=numbers, default=[1, 2])
    parser.add_argument("--runs", type=int, default=3, help="runs of each, 3 by default")
    parser.add_argument("--budget", type=float, default=10, help="no further run after so many seconds, 10 by default")
    parser.add_argument("--full", action="store_true", help="every cell and every peer: hours")
    parser.add_argument("--json", help="write all figures to this file")
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--data", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if unknown := set(options.only) - set(SECTIONS):
        parser.error(f"there is no section {', '.join(sorted(unknown))}")
    if max(options.threads) > len(os.sched_getaffinity(0)):
        parser.error(f"there are {len(os.sched_getaffinity(0))} cores")

    versions = {name: importlib.metadata.version(name)
                for name in ("scikit-learn", "scikit-learn-intelex", "faiss-cpu", "numpy")}
    print(f"{machine()}; median of up to {options.runs} runs; "
          + ", ".join(f"{name} {version}" for name, version in versions.items()))
    print("elkan is scikit-learn's; faiss keeps no labels and stops by its objective: only its time per iteration "
          "compares\n")
    bench = Bench(options)
    for name in options.only:
        lines = list(SECTIONS[name](bench))
        note("")
        print("\n".join(lines), flush=True)
    if options.json:
        with open(options.json, "w") as file:
            json.dump({"machine": machine(), "versions": versions, "results": bench.results}, file, indent=1)
    if bench.differences:
        sys.exit("bench: results differ\n  " + "\n  ".join(bench.differences))


main()
