"""Runs one side of the clustering benchmark on one task, and compares what all sides find."""

import os
import statistics
import subprocess
import sys

import partitions
import points
from measure import Job, note, size_name, warm

HERE = os.path.dirname(os.path.abspath(__file__))
SEGUE = [("segue", "double"), ("segue", "float")]
REFERENCE = ("scikit-learn", "double")
QUICK = [REFERENCE, ("scikit-learn", "float"), ("scikit-learn-intelex", "double"), ("scikit-learn-intelex", "float")]
SLOW = [("elkan", "double"), ("elkan", "float"), ("faiss", "float")]


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
        start = f"{path}-k{k}.f64"
        if not os.path.exists(start):
            points.start(path, columns, k).tofile(start)
        return start

    def run(self, side, task, path, rows, columns, threads, **more):
        """What one side reports on one task, with `median` seconds and `peak` memory in MiB; None if it failed."""
        program, precision = side
        k = f"k = {more['k']}, " if "k" in more else ""
        note(f"{task}: {rows:,} rows, d = {columns}, {k}{count(threads)}: {title(side)}")
        argv = ([self.options.program, "cluster"] if program == "segue"
                else [sys.executable, "-B", os.path.join(HERE, "peers.py"), program])
        argv += [task, "--points", path + (".f64" if precision == "double" else ".f32"), "--rows", rows,
                 "--columns", columns, "--precision", precision, "--threads", threads,
                 "--runs", self.options.runs, "--budget", self.options.budget]
        for name, value in more.items():
            argv += ["--" + name, value]
        limits = {name: str(threads) for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")}
        job = Job(argv, threads, limits)
        job.run()
        report = {"task": task, "side": title(side), "rows": rows, "columns": columns, "threads": threads,
                  "k": more.get("k")}
        self.results.append(report)
        if job.failure:
            report["failure"] = job.failure
            if program == "segue":
                self.differences.append(f"{task}, {title(side)}: {job.failure}")
            return None
        report.update(job.reports[0], peak=job.peak)
        report["median"] = statistics.median(report["seconds"])
        return report

    def run_all(self, sides, task, path, rows, columns, threads, k, **more):
        """The same for all sides, with the partition of each measured alike and compared with the reference's."""
        judge = partitions.Judge(path + ".f64", columns, k)
        labels = os.path.join(self.options.data, "labels.i32")
        reports, found = {}, {}
        for side in sides:
            reports[side] = self.run(side, task, path, rows, columns, threads, k=k, labels=labels, **more)
            if reports[side]:
                found[side] = judge.read(labels)
                os.remove(labels)
                reports[side]["labelledInertia"] = found[side].inertia
        if expected := found.get(REFERENCE):
            for side, partition in found.items():
                reports[side]["differing"] = judge.differing(partition, expected)
                reports[side]["excess"] = partition.inertia / expected.inertia - 1
        return reports


def count(threads):
    return f"{threads} thread{'s' if threads > 1 else ''}"


def title(side):
    return f"{side[0]} {'f64' if side[1] == 'double' else 'f32'}"


def short(side):
    return title(side).replace("scikit-learn-intelex", "intelex").replace("scikit-learn", "lloyd")


def fastest(reports):
    """Side and time of the fastest peer."""
    return min(((reports[side]["figure"], side) for side in QUICK + SLOW if reports.get(side)), default=(None, None))
