"""Measures of data against peers where they are installed, and against plain numpy."""

import math

import numpy as np

from cocycle import measure

from ._harness import Row, compare, optional

SIZE = 10_000


def _sample_entropy(x: np.ndarray, m: int = 2, r: float = 0.2) -> float:
    """By comparing one template with all later ones at a time, as most code does; no error bar."""
    tolerance, n, b, a = r * x.std(), x.size - m, 0, 0
    for i in range(n - 1):
        near = np.abs(x[i + 1 : n] - x[i]) <= tolerance
        for k in range(1, m):
            near &= np.abs(x[i + 1 + k : n + k] - x[i + k]) <= tolerance
        b += np.count_nonzero(near)
        a += np.count_nonzero(near & (np.abs(x[i + 1 + m :] - x[i + m]) <= tolerance))
    return -math.log(a / b)


def _permutation_entropy(x: np.ndarray, order: int) -> float:
    """By sorting every window."""
    windows = np.lib.stride_tricks.sliding_window_view(x, order)
    codes = np.argsort(windows, axis=1, kind="stable") @ order ** np.arange(order)
    p = np.unique(codes, return_counts=True)[1] / codes.size
    return float(-(p @ np.log(p)) / math.log(math.factorial(order)))


def entropies() -> list[Row]:
    """Sample and permutation entropy of 1e4 points of white noise, ours with the error bar; sample entropy of 1e6."""
    antropy, neurokit = optional("antropy"), optional("neurokit2")
    rng = np.random.default_rng(0)
    x = rng.normal(size=SIZE)
    peers = {"numpy, row by row": lambda: _sample_entropy(x)}
    if antropy:
        peers["antropy"] = lambda: antropy.sample_entropy(x, order=2)
    if neurokit:
        peers["neurokit2"] = lambda: neurokit.entropy_sample(x, delay=1, dimension=2, tolerance=0.2 * x.std())
    ours = ("sample_entropy, with error", lambda: measure.sample_entropy(x))
    rows = compare(f"sample entropy of {SIZE} points", ours, peers, "0.02 s")
    for order in (3, 5):
        peers = {"numpy, sorting windows": lambda order=order: _permutation_entropy(x, order)}
        if antropy:
            peers["antropy"] = lambda order=order: antropy.perm_entropy(x, order=order, normalize=True)
        if neurokit:
            peers["neurokit2"] = lambda order=order: neurokit.entropy_permutation(x, delay=1, dimension=order)
        ours = ("permutation_entropy, with error", lambda order=order: measure.permutation_entropy(x, order=order))
        rows += compare(f"permutation entropy of {SIZE} points, order {order}", ours, peers, "0.0008 s")
    long = rng.normal(size=1_000_000)
    ours = ("sample_entropy, with error", lambda: measure.sample_entropy(long))
    return rows + compare("sample entropy of 1e6 points", ours, {}, "120 s", runs=1)
