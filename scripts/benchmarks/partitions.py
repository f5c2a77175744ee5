"""Compares partitions of the same points, whatever number each side gives a cluster."""

from dataclasses import dataclass

import numpy as np


@dataclass
class Partition:
    labels: np.ndarray
    inertia: float


class Judge:
    """Measures every side's labels alike: in double precision, around the means of its clusters."""

    def __init__(self, path, columns, k):
        self.k = k
        self.points = np.memmap(path, dtype=np.float64, mode="r").reshape(-1, columns)
        self.squares = None

    def read(self, path):
        """The partition in a file of labels, Int32."""
        labels = np.fromfile(path, dtype=np.int32)
        if len(labels) != len(self.points) or labels.min() < 0 or labels.max() >= self.k:
            raise ValueError(f"{path} does not label {len(self.points)} rows")
        if self.squares is None:
            self.squares = sum(float(column @ column) for column in map(np.ascontiguousarray, self.points.T))
        counts = np.maximum(np.bincount(labels, minlength=self.k), 1)
        explained = sum(float((np.bincount(labels, weights=column, minlength=self.k) ** 2 / counts).sum())
                        for column in self.points.T)
        return Partition(labels, self.squares - explained)

    def differing(self, one, other):
        """Rows outside the best match of clusters."""
        table = np.bincount(one.labels.astype(np.int64) * self.k + other.labels, minlength=self.k**2)
        table = table.reshape(self.k, self.k)
        return int(len(one.labels) - min(table.max(axis=0).sum(), table.max(axis=1).sum()))


def nearest(path, start, columns):
    """The nearest of the starting centroids for each point."""
    points, centroids = (np.fromfile(name).reshape(-1, columns) for name in (path, start))
    return ((points[:, None] - centroids) ** 2).sum(axis=2).argmin(axis=1).astype(np.int32)
