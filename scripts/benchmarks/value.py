"""Segue, pandas and lifetimes on the same customers.

    scripts/bench value [--only scores,fit,predict] [--customers N] [--models bgnbd,paretonbd] [--threads 1,2]
                        [--runs N] [--json FILE]

scores: recency, frequency and monetary from 1 to 5 and a segment's name, against pandas (scores alone).
fit: maximum likelihood; lifetimes as it is documented, and `grouped`, with customers alike counted once.
predict: P(alive) and the orders expected in a year, at Segue's parameters; Segue's side gives their intervals and
the range of orders too, and finds which customers are alike.

Every side runs in a process of its own, held to as many cores as it has threads; it measures the call alone, after a
short call to get warm; figures are medians. Nothing here passes or fails by time: the exit code is 1 only if a
side of Segue fails or its results differ from those of the others.
"""

import argparse
import importlib.metadata
import json
import os
import statistics
import subprocess
import sys

import numpy as np

from measure import Job, machine, note, size_name, warm

HERE = os.path.dirname(os.path.abspath(__file__))
GOALS = {"scores": 0.5, "fit": 10, "predict": 2}


class Bench:
    def __init__(self, options):
        self.options = options
        self.results = []
        self.differences = []
        self.purchases = os.path.join(options.data, f"purchases-{size_name(options.customers)}")
        if not os.path.exists(self.purchases + ".i32"):
            note(f"writing {self.purchases}")
            subprocess.run([sys.executable, "-B", os.path.join(HERE, "purchases.py"), self.purchases,
                            "--customers", str(options.customers)], check=True)
        warm([self.purchases + ".i32", self.purchases + ".f64"])

    def run(self, side, task, threads, **more):
        """What one side reports on one task, with `median` seconds and `peak` memory in MiB; None if it failed."""
        note(f"{task}: {count(threads)}: {side} {more.get('model', '')}")
        argv = ([self.options.program, "value"] if side == "segue"
                else [sys.executable, "-B", os.path.join(HERE, "forecasters.py"), side])
        argv += [task, "--purchases", self.purchases, "--customers", self.options.customers, "--threads", threads,
                 "--runs", self.options.runs, "--budget", self.options.budget]
        for name, value in more.items():
            argv += ["--" + name, value]
        limits = {name: str(threads) for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")}
        job = Job(argv, threads, limits)
        job.run()
        report = {"task": task, "side": side, "threads": threads, "model": more.get("model")}
        self.results.append(report)
        if job.failure:
            report["failure"] = job.failure
            if side == "segue":
                self.differences.append(f"{task}: {job.failure}")
            return None
        report.update(job.reports[0], peak=job.peak)
        report["median"] = statistics.median(report["seconds"])
        return report

    def against(self, reports, task):
        """A line per side, and how many times Segue is faster than the faster peer."""
        for side, report in reports.items():
            yield f"  {side:<20}" + (f"{report['median']:>9.3f} s {report['peak']:>8.0f} MiB" if report else "  failed")
        own = reports["segue"]
        peers = [(report["median"], side) for side, report in reports.items() if report and side != "segue"]
        if own and peers:
            best, side = min(peers)
            yield f"  {best / own['median']:.1f} times as fast as {side} (goal for Segue: under {GOALS[task]} s)"
        yield ""


def count(threads):
    return f"{threads} thread{'s' if threads > 1 else ''}"


def scores(bench, threads):
    reports = {side: bench.run(side, "scores", threads) for side in ("segue", "pandas")}
    own, peer = reports.values()
    if own and peer and own["codes"] != peer["codes"]:
        bench.differences.append("scores: other customers per code than pandas gives")
    yield f"scores, {count(threads)}"
    yield from bench.against(reports, "scores")


def fit(bench, threads):
    for model in bench.options.models:
        reports = {side: bench.run(side, "fit", threads, model=model)
                   for side in ("segue", "lifetimes", "lifetimes-grouped")}
        yield f"fit, {model}, {count(threads)}"
        yield from bench.against(reports, "fit")
        own = reports.pop("segue")
        for side, report in reports.items():
            if own and report and not np.allclose(own["parameters"], report["parameters"], rtol=2e-3):
                bench.differences.append(f"fit, {model}: {own['parameters']}, {side}: {report['parameters']}")


def predict(bench, threads):
    for model in bench.options.models:
        result = os.path.join(bench.options.data, "forecast-{}.f64")
        own = bench.run("segue", "predict", threads, model=model, result=result.format("segue"))
        if not own:
            continue
        parameters = ",".join(map(repr, own["parameters"]))
        peer = bench.run("lifetimes", "predict", threads, model=model, result=result.format("lifetimes"),
                         parameters=parameters)
        yield f"predict, {model}, {count(threads)}"
        yield from bench.against({"segue": own, "lifetimes": peer}, "predict")
        if peer:
            ours, theirs = (np.fromfile(result.format(side)) for side in ("segue", "lifetimes"))
            # lifetimes itself is not finite, or not exact, for some customers of long standing.
            finite = np.isfinite(theirs)
            excess = np.abs(ours - theirs)[finite] / (1e-6 + theirs[finite])
            yield (f"  largest difference {excess.max():.1e}, of {finite.sum():,} figures; lifetimes has "
                   f"{(~finite).sum():,} that are no number")
            yield ""
            if np.quantile(excess, 0.999) > 1e-4 or not np.isfinite(ours).all():
                bench.differences.append(f"predict, {model}: figures differ by up to {excess.max():.1e}")


SECTIONS = {"scores": scores, "fit": fit, "predict": predict}


def main():
    def words(text):
        return text.split(",")

    parser = argparse.ArgumentParser(prog="scripts/bench value", description=__doc__.splitlines()[0])
    parser.add_argument("--only", type=words, default=list(SECTIONS), help="some of " + ",".join(SECTIONS))
    parser.add_argument("--customers", type=int, default=1_000_000, help="1000000 by default")
    parser.add_argument("--models", type=words, default=["bgnbd"], help="bgnbd by default; paretonbd takes minutes")
    parser.add_argument("--threads", type=lambda text: [int(word) for word in words(text)], default=[1, 2])
    parser.add_argument("--runs", type=int, default=3, help="runs of each, 3 by default")
    parser.add_argument("--budget", type=float, default=20, help="no further run after so many seconds, 20 by default")
    parser.add_argument("--json", help="write all figures to this file")
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--data", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if unknown := set(options.only) - set(SECTIONS):
        parser.error(f"there is no section {', '.join(sorted(unknown))}")
    if max(options.threads) > len(os.sched_getaffinity(0)):
        parser.error(f"there are {len(os.sched_getaffinity(0))} cores")

    versions = {name: importlib.metadata.version(name) for name in ("Lifetimes", "pandas", "scipy", "numpy")}
    bench = Bench(options)
    note("")
    print(f"{options.customers:,} customers; {machine()}; median of up to {options.runs} runs; "
          + ", ".join(f"{name} {version}" for name, version in versions.items()) + "\n")
    for name in options.only:
        for threads in options.threads:
            for line in SECTIONS[name](bench, threads):
                note("")
                print(line, flush=True)
    if options.json:
        with open(options.json, "w") as file:
            json.dump({"machine": machine(), "versions": versions, "results": bench.results}, file, indent=1)
    if bench.differences:
        sys.exit("bench: results differ\n  " + "\n  ".join(bench.differences))


main()
