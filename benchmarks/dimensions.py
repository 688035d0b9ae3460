"""Dimensions and exponents of recordings: Lorenz-63 sampled every 0.05, and a million points of the Henon map."""

import numpy as np

import cocycle as cc

from ._harness import Row, compare, optional


def _lorenz(length: int = 10_000) -> np.ndarray:
    run = cc.trajectory(cc.systems.Lorenz63(), 0.05 * length, dt=0.05, transient=50.0)
    return np.asarray(run.states)[:length]


def dimensions() -> list[Row]:
    """The same recording to both; each chooses its scaling region itself."""
    points = _lorenz()
    run = cc.Trajectory.from_numpy(points, dt=0.05)
    column = cc.Trajectory.from_numpy(points[:, 0], dt=0.05)
    henon = np.asarray(cc.trajectory(cc.systems.Henon(), 1_000_000, transient=100).states)
    m, ts = cc.measure, optional("tsdynamics")
    peers = [{}, {}, {}, {}]
    if ts is not None:
        from tsdynamics.analysis import correlation_dimension, generalized_dimension, lyapunov_from_data

        def rosenstein(method):
            return lambda: lyapunov_from_data(points[:, 0], dt=0.05, dimension=3, delay=3, theiler=15, method=method)

        peers = [
            {"tsdynamics": lambda: correlation_dimension(points)},
            {"tsdynamics (boxes)": lambda: generalized_dimension(points, 1.0)},
            {"tsdynamics": rosenstein("rosenstein")},
            {"tsdynamics": rosenstein("kantz")},
        ]
    given = {"delay": 3, "dimension": 3, "theiler": 15}
    ours = [
        ("correlation dimension, 1e4 points", "correlation_dimension", lambda: m.correlation_dimension(run), "10x"),
        ("information dimension, 1e4 points", "generalised_dimension", lambda: m.generalised_dimension(run, 1), "-"),
        ("Rosenstein, 1e4 samples", "largest_lyapunov", lambda: m.largest_lyapunov(column, **given), "3x"),
        ("Kantz, 1e4 samples", "largest_lyapunov", lambda: m.largest_lyapunov(column, **given, method="kantz"), "-"),
    ]
    rows = []
    for (task, name, function, goal), peer in zip(ours, peers, strict=True):
        rows += compare(task, (name, function), peer, goal, runs=3)
    alone = {
        "spectrum from data, 1e4 points": ("lyapunov_from_data", lambda: m.lyapunov_from_data(run)),
        "local dimension, 1e4 points": ("local_dimension", lambda: m.local_dimension(run)),
        "two nearest neighbours, 1e4 points": ("intrinsic_dimension", lambda: m.intrinsic_dimension(run)),
    }
    for task, pair in alone.items():
        rows += compare(task, pair, {}, "-", runs=3)
    rows += compare(
        "correlation dimension, 1e6 points",
        ("correlation_dimension", lambda: m.correlation_dimension(henon)),
        {},
        "under 120 s",
        runs=1,
    )
    return rows
