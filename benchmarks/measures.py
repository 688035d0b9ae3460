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


def recurrence() -> list[Row]:
    """Lines of the recurrence plot of 1e4 points, all pairs; a sample of those of 1e6 points. Ours with error bars."""
    peer = optional("tsdynamics.analysis")
    rng = np.random.default_rng(0)
    phase = np.cumsum(0.1 + 0.02 * rng.normal(size=SIZE))
    rows = []
    for kind, x in (
        ("noise", rng.normal(size=(SIZE, 3))),
        ("a noisy cycle", np.column_stack([np.cos(phase), np.sin(phase), np.cos(2 * phase)])),
    ):
        found = measure.recurrence_quantification(x, theiler=10)
        radius = found["recurrence_rate"].diagnostics["threshold"]
        peers = {}
        if peer:
            peers["tsdynamics"] = lambda x=x, radius=radius: peer.rqa(x, threshold=radius, theiler=10)
        ours = (
            "recurrence_quantification, with errors",
            lambda x=x, radius=radius: measure.recurrence_quantification(x, threshold=radius, theiler=10),
        )
        rows += compare(f"recurrence quantification of {SIZE} points, {kind}", ours, peers, "5x the peer")
    long = rng.normal(size=(1_000_000, 1))
    ours = (
        "recurrence_quantification, with errors",
        lambda: measure.recurrence_quantification(long, delay=1, dimension=1, theiler=10),
    )
    return rows + compare("recurrence quantification of 1e6 points", ours, {}, "120 s", runs=1)


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
