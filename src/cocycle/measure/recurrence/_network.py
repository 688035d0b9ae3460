"""The recurrence network: points are nodes, recurrences are links."""

from typing import Any, NamedTuple

import numpy as np

from cocycle.core import Estimate, EstimationError
from cocycle.measure._neighbours import spread_lags

from ._lines import BLOCKS, edges, interval
from ._recording import recorded

__all__ = ["recurrence_network"]

_MEASURE = "recurrence network"
_NODES = 1000  # whose clustering is counted; spread over the recording
_NEIGHBOURS = 300  # of each, drawn at random
_MOST_PATHS = 5_000  # points up to which paths are followed
_STARTS = 100


def recurrence_network(
    data: Any,
    *,
    delay: int | None = None,
    dimension: int | None = None,
    rate: float = 0.05,
    threshold: float | None = None,
    relative: float | None = None,
    norm: str = "maximum",
    theiler: int | None = None,
) -> dict[str, Estimate]:
    r"""Measures of the recurrence network of a recording, $A_{ij} = R_{ij} - \delta_{ij}$ [@donner2011].

    With $k_i$ the links of node $i$ and $t_i$ the linked pairs among its neighbours:

    - `edge_density`: the mean of $k_i$ over the number of possible links: the recurrence rate.
    - `transitivity`: $T = \sum_i t_i / \sum_i k_i (k_i - 1) / 2$, the fraction of linked pairs of neighbours.
    - `transitivity_dimension`: $\ln T / \ln (3/4)$, an effective dimension, as $T = (3/4)^d$ of points that fill $d$
      dimensions smoothly, in the maximum norm; left out in the Euclidean.
    - `clustering`: the mean over nodes of $t_i / (k_i (k_i - 1) / 2)$, nodes with fewer than two neighbours left out.
    - `path_length`: the mean number of links on the shortest path between two nodes, pairs without a path left out (a
      note gives their share); up to 5,000 points, beyond left out.

    **Arguments**: as `recurrence_quantification`; the norm is by default `"maximum"`, for which the dimension is known.
    Pairs within the Theiler window are not linked.

    **Returns** a dictionary of Estimates by these names. `stderr` is that of the jackknife that leaves out one of 10
    stretches of time (of `path_length` the scatter over stretches that the paths start in, which does not see what all
    share); the interval is Student's. Near the edge of the set that the points fill $T$ is larger, a bias of order
    $\varepsilon$ over its size that is not in the error. `diagnostics`: `threshold`, `theiler`, `delay`, `dimension`,
    `degree` of the `nodes` counted. Up to 1,000 nodes, of each up to 300 neighbours, drawn evenly, are counted: memory
    is linear.
    Raises `EstimationError` where fewer than half of the nodes have two neighbours.
    """
    source = recorded(
        data, _MEASURE, delay=delay, dimension=dimension, rate=rate, threshold=threshold, relative=relative,
        norm=norm, theiler=theiler, min_length=100, least=50,
    )  # fmt: skip
    points, window, radius = source.points, source.window, source.radius
    whole = _counts(points, radius, norm, window)
    if (whole.degree >= 2).mean() < 0.5:
        raise EstimationError(
            f"{_MEASURE}: within {radius:.4g}, fewer than half of the nodes have two neighbours more than {window} "
            "samples away. Raise `rate` or `threshold`, or give a longer recording."
        )
    shared = source.shared | {"degree": whole.degree, "nodes": whole.node}
    out: dict[str, Estimate] = {}

    def add(name, value, error, most, notes=()):
        within = interval(value, error, most)
        out[name] = Estimate(
            name, value, error, interval=within, n=len(whole.node), diagnostics=shared, notes=tuple(notes)
        )

    def jackknifed(name, found, most=1.0):
        without = found[1:]
        add(
            name, float(found[0]), float(np.sqrt((BLOCKS - 1) / BLOCKS * ((without - without.mean()) ** 2).sum())), most
        )

    transitivity = whole.transitivity()
    jackknifed("edge_density", whole.density())
    jackknifed("transitivity", transitivity)
    if norm == "maximum":
        jackknifed("transitivity_dimension", np.log(np.maximum(transitivity, 1e-300)) / np.log(0.75), np.inf)
    jackknifed("clustering", whole.clustering())
    if len(points) <= _MOST_PATHS:
        mean, each, lost = _paths(points, radius, norm, window)
        note = (f"{100 * lost:.2g} % of the pairs have no path and are left out.",) if lost else ()
        add("path_length", mean, float(np.nanstd(each, ddof=1) / np.sqrt(BLOCKS)), np.inf, note)
    return out


class _Counts(NamedTuple):
    """Counts of each `node`, in the whole network (column 0) and in those without one stretch of time (the others).

    `links`, the links it has; `possible`, those it could have; `linked`, the linked share of its neighbours' pairs. A
    node in the stretch left out has none of them.
    """

    node: np.ndarray
    links: np.ndarray
    possible: np.ndarray
    linked: np.ndarray

    @property
    def degree(self) -> np.ndarray:
        return self.links[:, 0]

    def density(self) -> np.ndarray:
        return self.links.sum(axis=0) / self.possible.sum(axis=0)

    def transitivity(self) -> np.ndarray:
        pairs = self.links * (self.links - 1.0)
        return (pairs * self.linked).sum(axis=0) / np.maximum(pairs.sum(axis=0), 1)

    def clustering(self) -> np.ndarray:
        some = self.links >= 2
        return (self.linked * some).sum(axis=0) / np.maximum(some.sum(axis=0), 1)


def _counts(points: np.ndarray, radius: float, norm: str, window: int) -> _Counts:
    from scipy.spatial import KDTree
    from scipy.spatial.distance import cdist

    rows = len(points)
    power, metric = (np.inf, "chebyshev") if norm == "maximum" else (2.0, "euclidean")
    tree = KDTree(points, balanced_tree=False)
    nodes = spread_lags(0, rows, _NODES)
    random = np.random.default_rng(0)
    block = np.arange(rows) * BLOCKS // rows
    cut = edges(rows)
    links, possible = np.zeros((2, len(nodes), BLOCKS + 1), int)
    linked = np.zeros((len(nodes), BLOCKS + 1))
    for number, node in enumerate(nodes):
        near = np.array(tree.query_ball_point(points[node], radius, p=power), int)
        near = near[np.abs(near - node) > window]
        there = np.diff(cut) - np.diff(np.clip(cut, max(0, node - window), min(rows, node + window + 1)))
        possible[number] = there.sum() - np.r_[0, there]
        links[number] = len(near) - np.r_[0, np.bincount(block[near], minlength=BLOCKS)]
        if len(near) < 2:
            continue
        if len(near) > _NEIGHBOURS:
            near = random.choice(near, _NEIGHBOURS, replace=False)
        close = (cdist(points[near], points[near], metric) <= radius) & (np.abs(near[:, None] - near) > window)
        member = np.eye(BLOCKS)[block[near]]
        within = close @ member  # links of each neighbour to those in each stretch
        # ordered pairs with neither end in the stretch
        pairs = within.sum() - np.r_[0, 2 * within.sum(axis=0) - (member * within).sum(axis=0)]
        some = len(near) - np.r_[0, member.sum(axis=0)]
        linked[number] = pairs / np.maximum(some * (some - 1), 1)
    gone = block[nodes][:, None] == np.arange(-1, BLOCKS)
    links[gone], possible[gone], linked[gone] = 0, 0, 0
    return _Counts(nodes, links, possible, linked)


def _paths(points: np.ndarray, radius: float, norm: str, window: int) -> tuple[float, list[float], float]:
    """Mean path length, by the stretch of time of the start, and the share of pairs without a path."""
    from scipy.sparse import csr_matrix
    from scipy.spatial import KDTree

    rows = len(points)
    pairs = KDTree(points, balanced_tree=False).query_pairs(
        radius, p=np.inf if norm == "maximum" else 2.0, output_type="ndarray"
    )
    i, j = pairs[np.abs(pairs[:, 0] - pairs[:, 1]) > window].T
    ones = np.ones(2 * len(i), np.float32)
    links = csr_matrix((ones, (np.concatenate([i, j]), np.concatenate([j, i]))), shape=(rows, rows))
    start = spread_lags(0, rows, _STARTS)
    steps = np.zeros((rows, len(start)), int)
    front = np.zeros((rows, len(start)), np.float32)
    front[start, np.arange(len(start))] = 1
    seen, length = front > 0, 0
    while front.any():
        length += 1
        front = ((links @ front > 0) & ~seen).astype(np.float32)
        seen |= front > 0
        steps += length * (front > 0)
    reached = seen.sum(axis=0) - 1
    by_block = np.arange(rows)[start] * BLOCKS // rows
    total = steps.sum(axis=0)
    each = [
        total[by_block == b].sum() / reached[by_block == b].sum() if reached[by_block == b].sum() else np.nan
        for b in range(BLOCKS)
    ]
    return float(total.sum() / max(reached.sum(), 1)), each, float(1 - reached.sum() / (len(start) * (rows - 1)))
