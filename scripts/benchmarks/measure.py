"""Runs programs one after another and says how long each took and how much memory it needed."""

import json
import os
import statistics
import subprocess
import sys
import time


class Job:
    """A program that prints one line of JSON, and what its runs were like."""

    def __init__(self, argv, threads, environment=None, cpus=None):
        self.argv = [str(word) for word in argv]
        self.threads = threads
        self.environment = environment or {}
        # As many cores as threads, so that helper threads of an engine win nothing.
        self.cpus = cpus if cpus is not None else sorted(os.sched_getaffinity(0))[:threads]
        self.reports, self.walls, self.peaks = [], [], []
        self.failure = None

    def run(self):
        environment = {**os.environ, **self.environment}
        # These choose slower kernels on some machines; no side is to have them.
        for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
            environment.pop(name, None)
        start = time.perf_counter()
        child = subprocess.Popen(
            self.argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True,
            preexec_fn=lambda: os.sched_setaffinity(0, self.cpus))
        output, errors = child.stdout.read(), child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            lines = [line for line in errors.strip().splitlines() if line.strip()]
            told = [line for line in lines if "error" in line.lower()] or lines
            self.failure = told[0] if told else f"ended with {child.returncode}"
            return
        self.reports.append(json.loads(output.strip().splitlines()[-1]))
        self.walls.append(wall)
        self.peaks.append(usage.ru_maxrss / 1024)

    @property
    def seconds(self):
        """Median of what the program itself measured."""
        return statistics.median(report["seconds"] for report in self.reports)

    @property
    def spread(self):
        """Slowest run over fastest."""
        times = [report["seconds"] for report in self.reports]
        return max(times) / min(times)

    @property
    def wall(self):
        return statistics.median(self.walls)

    @property
    def peak(self):
        """Median over runs of the highest resident memory, in MiB."""
        return statistics.median(self.peaks)

    @property
    def rows(self):
        return self.reports[0]["rows"]

    @property
    def bytes(self):
        return self.reports[0]["bytes"]

    def summary(self):
        if not self.reports:
            return {"failure": self.failure}
        return {"threads": self.threads, "seconds": [report["seconds"] for report in self.reports],
                "wall": self.walls, "peakMiB": self.peaks, "rows": self.rows, "bytes": self.bytes}


def note(text):
    """Says what is going on, in one line that the next replaces; nothing clears it."""
    if not text and not sys.stderr.isatty():
        return
    print(f"\r\033[K{text}" if sys.stderr.isatty() else text, file=sys.stderr,
          end="" if sys.stderr.isatty() else "\n", flush=True)


def size_name(rows):
    return f"{rows // 1_000_000}m" if rows % 1_000_000 == 0 else str(rows)


def run_all(jobs, runs):
    """Every job `runs` times, one round after another, so that a slow minute hits all alike."""
    for number in range(runs):
        for name, job in jobs.items():
            if job.failure is None:
                note(f"run {number + 1} of {runs}: {' '.join(map(str, name))}")
                job.run()


def warm(paths):
    """Brings files into the page cache."""
    for path in paths:
        with open(path, "rb", buffering=0) as file:
            while file.read(1 << 24):
                pass


def machine():
    with open("/proc/cpuinfo") as file:
        models = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{len(os.sched_getaffinity(0))} cores of {models[0] if models else 'unknown'}, {memory:.0f} GiB"
