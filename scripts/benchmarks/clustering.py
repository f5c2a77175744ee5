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
import sys

import partitions
from lloyd import lloyd
from measure import machine, note
from sides import QUICK, REFERENCE, SEGUE, SLOW, Bench, count, fastest, title


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
        reports = bench.run_all(SEGUE + QUICK + SLOW, "fit", bench.points(rows, d), rows, d, threads, k)
        best = min((report["labelledInertia"] for report in reports.values() if report), default=None)
        yield f"fit, {rows:,} rows, d = {d}, k = {k}, k-means++, ten restarts, {count(threads)}"
        yield from against(
            reports, lambda report: f"inertia {report['labelledInertia'] / best - 1:.1e} above the lowest", 4)
        yield ""


def scan(bench):
    rows, threads = (bench.options.n or [1_000_000])[0], max(bench.options.threads)
    for d in bench.options.d or [8]:
        reports = {side: bench.run(side, "scan", bench.points(rows, d), rows, d, threads)
                   for side in SEGUE[:1] + QUICK}

        def told(report):
            # In single precision inertia itself is rounded.
            exact = [reports[side] for side in reports if side[1] == "double" and reports[side]] or [report]
            lowest = [min(other["scores"][index]["inertia"] for other in exact)
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
    print("lloyd and elkan are scikit-learn's; faiss stops by its objective, so only its time per iteration compares\n")
    bench = Bench(options)
    for name in options.only:
        for line in SECTIONS[name](bench):
            note("")
            print(line, flush=True)
    if options.json:
        with open(options.json, "w") as file:
            json.dump({"machine": machine(), "versions": versions, "results": bench.results}, file, indent=1)
    if bench.differences:
        sys.exit("bench: results differ\n  " + "\n  ".join(bench.differences))


main()
