"""Rolling-origin validation: what it sees, what it scores, whom it chooses."""

import numpy as np
import pytest

from cocycle.core import CocycleError, DataError, Trajectory
from cocycle.learn import AR, Mean, Persistence
from cocycle.study._candidates import Candidate
from cocycle.study._conformal import half_widths
from cocycle.study._predict import Origin, predict, scale_of, spread_origins
from cocycle.study._select import choose, evaluate, rolling_origin, sentence_of


def candidate(learner, name, *, baseline=False, rank=1):
    return Candidate(name, name, learner, {}, baseline, rank)


def ar1(n, phi=0.8, seed=0, dim=1):
    rng = np.random.default_rng(seed)
    x = np.zeros((n, dim))
    for i in range(1, n):
        x[i] = phi * x[i - 1] + rng.normal(size=dim)
    return Trajectory.from_numpy(x)


def test_windows_slide_with_equal_lengths_and_origins_come_after_the_fit():
    data = Trajectory.from_numpy(np.arange(1000.0))
    folds = rolling_origin([data], folds=3, origins=10, horizon=20)
    assert len(folds) == 3
    assert {len(f.fit[0]) for f in folds} == {600} and len({len(f.seen[0]) for f in folds}) == 1
    for fold in folds:
        last = float(np.asarray(fold.fit[0].states)[-1, 0])
        for origin in fold.origins:
            known = np.asarray(fold.seen[0].states)[: origin.row, 0]
            assert known[-1] >= last  # every forecast starts at the end of the fitted window or later
            assert origin.row + 20 <= len(fold.seen[0])
    ends = [float(np.asarray(f.seen[0].states)[-1, 0]) for f in folds]
    assert ends == sorted(ends) and ends[-1] <= 999


def test_a_horizon_without_room_is_refused():
    with pytest.raises(DataError, match="leaves no room"):
        rolling_origin([Trajectory.from_numpy(np.arange(50.0))], folds=2, origins=5, horizon=30)


def test_forecasts_see_nothing_after_their_origin():
    data = ar1(400)
    model = AR(order=2).fit(data[:200])
    origins = [Origin(0, 250), Origin(0, 300)]
    before = predict(model, [data], origins, 10).forecast
    states = np.array(data.states)
    states[300:] += 100.0
    after = predict(model, [Trajectory.from_numpy(states)], origins, 10).forecast
    np.testing.assert_array_equal(before[1], after[1])
    np.testing.assert_array_equal(before[0], after[0])


def test_persistence_on_a_random_walk_has_an_error_of_one_at_the_first_step():
    # E|x[t+1] - x[t]| / E|x[t+1] - x[t]| = 1, and E|x[t+h] - x[t]| grows as sqrt(h) for Gaussian steps
    rng = np.random.default_rng(3)
    walk = Trajectory.from_numpy(np.cumsum(rng.normal(size=6000)))
    origins = [Origin(0, row) for row in spread_origins(100, 5980, 1500)]
    found = predict(Persistence().fit(walk[:100]), [walk], origins, 16)
    error = np.abs(found.residuals).mean(axis=(0, 2)) / scale_of([walk])
    assert abs(error[0] - 1) < 0.06
    assert abs(error[15] - 4) < 0.4


def test_intervals_of_an_ar_process_are_the_exact_gaussian_ones():
    phi, level = 0.8, 0.9
    data = ar1(6000, phi, seed=4)
    origins = [Origin(0, row) for row in spread_origins(1000, 5990, 2500)]
    found = predict(AR(order=1).fit(data[:1000]), [data], origins, 8)
    width, _ = half_widths(found.residuals, level)
    ahead = np.arange(1, 9)
    exact = 1.6449 * np.sqrt((1 - phi ** (2 * ahead)) / (1 - phi**2))
    np.testing.assert_allclose(width[:, 0], exact, rtol=0.07)


def test_the_better_model_wins_and_the_simpler_of_equals():
    rng = np.random.default_rng(5)
    x = np.zeros(1500)
    for i in range(2, 1500):  # an oscillating AR(2): one lag is not enough
        x[i] = 1.6 * x[i - 1] - 0.9 * x[i - 2] + rng.normal()
    folds = rolling_origin([Trajectory.from_numpy(x)], folds=2, origins=40, horizon=3)
    field = [
        candidate(Persistence(), "persistence", baseline=True, rank=0),
        candidate(Mean(), "mean", baseline=True, rank=0),
        candidate(AR(order=1), "short", rank=2),
        candidate(AR(order=2), "fancy", rank=4),
        candidate(AR(order=2), "plain", rank=3),
    ]
    records = [evaluate(c, folds, horizon=3, key=None)[0] for c in field]
    assert all(r["failed"] is None for r in records)
    chosen, reason = choose(records, folds, 3)
    assert chosen["name"] == "plain" and "less than that of the best baseline" in reason


def test_on_white_noise_the_baseline_stays():
    data = Trajectory.from_numpy(np.random.default_rng(6).normal(size=1200))
    folds = rolling_origin([data], folds=2, origins=60, horizon=5)
    field = [candidate(Mean(), "mean", baseline=True, rank=0), candidate(AR(order=8), "ar", rank=3)]
    records = [evaluate(c, folds, horizon=5, key=None)[0] for c in field]
    chosen, reason = choose(records, folds, 5)
    assert chosen["name"] == "mean" and "baseline" in reason


class _Broken:
    def fit(self, data, *, key=None, on_step=None):
        raise ZeroDivisionError("division by zero")


def test_a_learner_that_fails_is_a_sentence_not_a_number():
    data = ar1(300)
    folds = rolling_origin([data], folds=2, origins=5, horizon=3)
    record, residuals = evaluate(candidate(_Broken(), "broken"), folds, horizon=3, key=None)
    assert residuals is None and record["score"] is None
    assert record["failed"].startswith("It stopped unexpectedly (ZeroDivisionError")
    with pytest.raises(CocycleError, match="No candidate"):
        choose([record], folds, 3)
    assert sentence_of(DataError("row 3: no")) == "Row 3: no."
