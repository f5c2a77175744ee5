"""One peer on one task: k-means from given centroids, a whole fit, a scan over k, a silhouette.

    python peers.py scikit-learn lloyd --points x.f64 --rows 1000000 --columns 8 --precision double --k 8
        --start s.f64 --iterations 100 --threads 2 --runs 3 --budget 10 [--labels out.i32]

Prints one line of JSON. The clock runs over the call alone, with the points in memory in their precision;
starting Python, importing the peer and a first short call stand outside. Runs end early when `budget` seconds
are spent, but there is always one.
"""

import argparse
import json
import time
import warnings

import numpy as np

TYPES = {"float": np.float32, "double": np.float64}
RANGE = range(2, 11)
SAMPLE = 10_000


def timed(options, work):
    seconds = []
    while len(seconds) < options.runs and (not seconds or sum(seconds) < options.budget):
        result = None  # what the last run held is free again
        start = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - start)
    return seconds, result


def k_means(peer):
    if peer == "scikit-learn-intelex":
        from sklearnex.cluster import KMeans
    else:
        from sklearn.cluster import KMeans
    return KMeans


def lloyd(options, points):
    """From the given centroids until no label changes, or `iterations` of them."""
    start = np.fromfile(options.start).reshape(options.k, -1).astype(points.dtype)
    if options.peer == "faiss":
        return faiss_lloyd(options, points, start)
    algorithm = "elkan" if options.peer == "elkan" else "lloyd"

    def work(iterations=options.iterations):
        model = k_means(options.peer)(options.k, init=start, n_init=1, max_iter=iterations, tol=0,
                                      algorithm=algorithm)
        return model.fit(points)

    work(2)
    seconds, model = timed(options, work)
    write_labels(options, model.labels_)
    return {"seconds": seconds, "iterations": int(model.n_iter_), "inertia": float(model.inertia_)}


def write_labels(options, labels):
    if options.labels:
        labels.astype(np.int32).tofile(options.labels)


def faiss_k_means(options, points, **more):
    import faiss

    faiss.omp_set_num_threads(options.threads)
    # The default trains on a sample.
    return faiss.Kmeans(points.shape[1], options.k, max_points_per_centroid=len(points),
                        min_points_per_centroid=1, **more)


def faiss_lloyd(options, points, start):
    """Stops when its objective, in single precision, no longer changes."""
    def work(iterations=options.iterations):
        model = faiss_k_means(options, points, niter=iterations)
        model.train(points, init_centroids=start)
        return model

    work(2)
    seconds, model = timed(options, work)
    write_labels(options, model.assign(points)[1])
    return {"seconds": seconds, "iterations": len(model.obj), "inertia": float(model.obj[-1])}


def fit(options, points):
    """k-means++ and ten restarts, everything else as the peer has it."""
    def work():
        if options.peer == "faiss":
            import faiss

            model = faiss_k_means(options, points, nredo=10, init_method=faiss.ClusteringInitMethod_KMEANS_PLUS_PLUS)
            model.train(points)
            return model
        algorithm = "elkan" if options.peer == "elkan" else "lloyd"
        return k_means(options.peer)(options.k, n_init=10, random_state=0, algorithm=algorithm).fit(points)

    seconds, model = timed(options, work)
    write_labels(options, model.assign(points)[1] if options.peer == "faiss" else model.labels_)
    return {"seconds": seconds}


def scan(options, points):
    """Every k once, with inertia and three indices."""
    from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, silhouette_score

    def one(k):
        model = k_means(options.peer)(k, n_init=1, random_state=0).fit(points)
        labels = model.labels_
        return {"k": k, "inertia": float(model.inertia_),
                "silhouette": float(silhouette_score(points, labels, sample_size=SAMPLE, random_state=0)),
                "calinskiHarabasz": float(calinski_harabasz_score(points, labels)),
                "daviesBouldin": float(davies_bouldin_score(points, labels))}

    seconds, scores = timed(options, lambda: [one(k) for k in RANGE])
    return {"seconds": seconds, "silhouetteRows": SAMPLE, "scores": scores}


def silhouette(options, points):
    """Exact, of all rows."""
    from sklearn.metrics import silhouette_score

    labels = np.fromfile(options.labels, dtype=np.int32)
    silhouette_score(points[:1000], labels[:1000])
    seconds, mean = timed(options, lambda: float(silhouette_score(points, labels)))
    return {"seconds": seconds, "mean": mean}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("peer", choices=["scikit-learn", "elkan", "scikit-learn-intelex", "faiss"])
    parser.add_argument("task", choices=["lloyd", "fit", "scan", "silhouette"])
    parser.add_argument("--points", required=True)
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--columns", type=int, required=True)
    parser.add_argument("--precision", choices=TYPES, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--runs", type=int, required=True)
    parser.add_argument("--budget", type=float, required=True)
    parser.add_argument("--k", type=int)
    parser.add_argument("--start")
    parser.add_argument("--iterations", type=int)
    parser.add_argument("--labels")
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # that iterations ran out is in the report
    points = np.fromfile(options.points, dtype=TYPES[options.precision]).reshape(options.rows, options.columns)
    task = {"lloyd": lloyd, "fit": fit, "scan": scan, "silhouette": silhouette}[options.task]
    print(json.dumps(task(options, points)))


main()
