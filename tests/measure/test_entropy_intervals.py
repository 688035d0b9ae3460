"""The intervals of the entropies cover the truth as often as they say."""

import numpy as np
import pytest
from test_entropies import ar1
from test_entropy import logistic

import cocycle as cc
from cocycle.measure import entropy as e


def lorenz(length, rng):
    start = np.array([1.0, 1.0, 20.0]) + rng.normal(size=3)
    run = cc.trajectory(cc.systems.Lorenz63(), time=0.1 * length, dt=0.1, transient=20.0, x0=start)
    return np.asarray(run.states)[:length, 0]


PROCESSES = {
    "noise": lambda n, rng: rng.normal(size=n),
    "ar": lambda n, rng: ar1(0.7, n, rng),
    "logistic": lambda n, rng: logistic(n, seed=int(rng.integers(1 << 30))),
    "lorenz": lorenz,
}
MEASURES = {
    "permutation": lambda x: e.permutation_entropy(x, order=4, normalise=False),
    "sample": lambda x: e.sample_entropy(x),
    "dispersion": lambda x: e.dispersion_entropy(x, classes=4),
}


@pytest.mark.slow
@pytest.mark.parametrize("process", PROCESSES)
@pytest.mark.parametrize("measure", MEASURES)
def test_interval_covers_the_value_of_a_hundredfold_record(measure, process):
    rng = np.random.default_rng(28)
    run, ask = PROCESSES[process], MEASURES[measure]
    truth = ask(run(100_000, rng)).value
    hits = 0
    for _ in range(200):
        low, high = ask(run(1000, rng)).interval
        hits += low <= truth <= high
    assert 180 <= hits <= 199, hits  # 90 % to nearly all; nominal 190
