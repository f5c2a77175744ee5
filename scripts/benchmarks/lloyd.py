"""The part of the clustering benchmark that starts every side from the same centroids."""

import itertools

from measure import size_name
from sides import QUICK, SEGUE, SLOW, count, fastest, short, title

ROWS, COLUMNS, CLUSTERS = [100_000, 1_000_000, 10_000_000], [3, 8, 32, 64], [5, 8, 20, 100]
GOALS = {3: 10, 8: 6, 32: 5, 64: 4}
ITERATIONS = 100
SIDES = SEGUE + QUICK + SLOW


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
    # Peers that take long stand in one column of the table alone.
    for d in COLUMNS:
        for k in CLUSTERS:
            yield 1_000_000, d, k, most, SIDES if k == 8 else SEGUE + QUICK
    for t in threads:
        if t != most:
            yield from ((1_000_000, d, 8, t, SEGUE + QUICK) for d in COLUMNS)
    for n in (100_000, 10_000_000):
        yield from ((n, d, 8, most, SEGUE + QUICK) for d in (3, 8))


def lloyd(bench):
    tables = {}
    for (n, threads), group in itertools.groupby(cells(bench.options), key=lambda cell: (cell[0], cell[3])):
        table = tables[n, threads] = {cell[1:3]: lloyd_cell(bench, *cell) for cell in group}
        yield f"lloyd, {n:,} rows, {count(threads)}: nanoseconds per point and iteration"
        yield (f"{'d':>3} {'k':>4}" + "".join(f"{short(side):>12}" for side in SIDES)
               + f"   {'fastest peer':<12} {'/ f64':>6} {'/ f32':>6} {'goal':>5}")
        for (d, k), reports in table.items():
            yield f"{d:>3} {k:>4}" + "".join(f"{figure(reports, side):>12}" for side in SIDES) + ratio(reports, d)
        yield ""
        yield "iterations; then labels that differ from lloyd f64 and inertia above its: '=' for 0 and less than 1e-9"
        yield f"{'d':>3} {'k':>4}" + "".join(f"{short(side):>18}" for side in SIDES)
        for (d, k), reports in table.items():
            yield f"{d:>3} {k:>4}" + "".join(f"{agreement(reports, side):>18}" for side in SIDES)
        yield ""
    yield from memory(tables)
    yield from linearity(tables)
    yield ""


def lloyd_cell(bench, n, d, k, threads, sides):
    path = bench.points(n, d)
    reports = bench.run_all(sides, "lloyd", path, n, d, threads, k, start=bench.start(path, d, k),
                            iterations=ITERATIONS)
    for report in reports.values():
        if report:
            report["figure"] = report["median"] / report["iterations"] / n * 1e9
    own = reports[SEGUE[0]]
    if own and "excess" in own and (own["differing"] or abs(own["excess"]) > 1e-9):
        bench.differences.append(
            f"lloyd, {n:,} rows, d = {d}, k = {k}, {count(threads)}: {own['differing']} labels differ from "
            f"scikit-learn's, inertia by {own['excess']:.1e} of it")
    return reports


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


def agreement(reports, side):
    if not reports.get(side):
        return figure(reports, side)
    report = reports[side]
    if "excess" not in report:
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
