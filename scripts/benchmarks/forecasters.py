"""pandas or lifetimes on one task: scores of recency, frequency and monetary, a fit, a forecast.

    python forecasters.py lifetimes fit --purchases DATA/purchases-1m --customers 1000000 --model bgnbd
        --threads 2 --runs 3 --budget 10

Prints one line of JSON. The clock runs over the call alone, with the customers in memory as the tool likes them;
starting Python, imports and a first short call stand outside. Runs end early when `budget` seconds are spent, but
there is always one.
"""

import argparse
import json
import time
import warnings

import numpy as np

SCORES = 5
SHORT = 1_000


def timed(options, work):
    seconds = []
    while len(seconds) < options.runs and (not seconds or sum(seconds) < options.budget):
        result = None  # what the last run held is free again
        start = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - start)
    return seconds, result


def scores(options, times, spent):
    """Quintiles of type 7; a value on a cut point scores below it."""
    import pandas

    frame = pandas.DataFrame({
        "recency": (times[:, 2] - times[:, 1]).astype(float), "frequency": times[:, 0] + 1.0, "monetary": spent})

    def work():
        found = pandas.DataFrame(index=frame.index)
        for name in frame:
            cuts = frame[name].quantile(np.arange(1, SCORES) / SCORES).to_numpy()
            found[name] = np.searchsorted(cuts, frame[name].to_numpy(), side="left") + 1
        found["recency"] = SCORES + 1 - found["recency"]
        return found["recency"] * 100 + found["frequency"] * 10 + found["monetary"]

    seconds, codes = timed(options, work)
    counts = codes.value_counts().sort_index()
    return {"seconds": seconds, "codes": {str(code): int(count) for code, count in counts.items()}}


def fitter(options):
    import lifetimes

    return {"bgnbd": lifetimes.BetaGeoFitter, "paretonbd": lifetimes.ParetoNBDFitter}[options.model]()


def weeks(times):
    return times[:, 0].astype(float), times[:, 1] / 7, times[:, 2] / 7


def fit(options, times, spent):
    """As its documentation shows; `grouped`, customers alike are counted once and weighted."""
    def work(times=times):
        weights = None
        if options.peer == "lifetimes-grouped":
            times, weights = np.unique(times, axis=0, return_counts=True)
        return fitter(options).fit(*weeks(times), weights=weights)

    work(times[:SHORT])
    seconds, model = timed(options, work)
    return {"seconds": seconds, "parameters": [float(value) for value in model.params_]}


def predict(options, times, spent):
    """P(alive) and the orders expected in a year, at parameters that are given."""
    import pandas

    model = fitter(options)
    model.params_ = pandas.Series([float(word) for word in options.parameters.split(",")],
                                  index=["r", "alpha", "a", "b"] if options.model == "bgnbd"
                                  else ["r", "alpha", "s", "beta"])
    x, recency, age = weeks(times)

    def work(part=slice(None)):
        return (np.asarray(model.conditional_probability_alive(x[part], recency[part], age[part])),
                np.asarray(model.conditional_expected_number_of_purchases_up_to_time(
                    365 / 7, x[part], recency[part], age[part])))

    work(slice(SHORT))
    seconds, (alive, orders) = timed(options, work)
    np.concatenate([alive.ravel(), orders.ravel()]).astype(np.float64).tofile(options.result)
    return {"seconds": seconds}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("peer", choices=["pandas", "lifetimes", "lifetimes-grouped"])
    parser.add_argument("task", choices=["scores", "fit", "predict"])
    parser.add_argument("--purchases", required=True)
    parser.add_argument("--customers", type=int, required=True)
    parser.add_argument("--model", choices=["bgnbd", "paretonbd"], default="bgnbd")
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--runs", type=int, required=True)
    parser.add_argument("--budget", type=float, required=True)
    parser.add_argument("--parameters")
    parser.add_argument("--result")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    times = np.fromfile(options.purchases + ".i32", dtype=np.int32).reshape(options.customers, 3)
    spent = np.fromfile(options.purchases + ".f64", count=options.customers)
    print(json.dumps({"scores": scores, "fit": fit, "predict": predict}[options.task](options, times, spent)))


main()
