"""Recurrence quantification: against the full matrix, closed forms for independent data, exact periodic motion."""

import numpy as np
import pytest
from measured_series import henon, lorenz

from cocycle.core import CocycleError, DataError, EstimationError, Trajectory
from cocycle.measure import determinism, recurrence_quantification, recurrence_rate

FREE = {"delay": 1, "dimension": 1}


def line_lengths(row):
    """Lengths of the runs of True, read one by one."""
    out, length = [], 0
    for value in [*row, False]:
        if value:
            length += 1
        elif length:
            out.append(length)
            length = 0
    return out


def by_the_matrix(points, radius, window, min_line):
    """Everything from the whole matrix, as the definitions read."""
    rows = len(points)
    matrix = np.linalg.norm(points[:, None] - points[None], axis=2) <= radius
    lag = np.abs(np.subtract.outer(np.arange(rows), np.arange(rows)))
    matrix &= lag > window
    diagonal = np.array([n for k in range(window + 1, rows) for n in line_lengths(np.diagonal(matrix, k))])
    vertical = np.array([n for column in matrix.T for n in line_lengths(column)])
    long, tall = diagonal[diagonal >= min_line], vertical[vertical >= min_line]
    _, counts = np.unique(long, return_counts=True)
    p = counts / counts.sum()
    return {
        "recurrence_rate": matrix.sum() / (lag > window).sum(),
        "determinism": long.sum() / diagonal.sum(),
        "mean_line": long.mean(),
        "longest_line": diagonal.max(),
        "line_entropy": -(p * np.log(p)).sum(),
        "laminarity": tall.sum() / vertical.sum(),
        "trapping_time": tall.mean(),
    }


@pytest.mark.parametrize(("window", "min_line"), [(0, 2), (7, 2), (7, 4)])
def test_every_number_is_that_of_the_full_matrix(window, min_line):
    x = lorenz(10_000)[:300]
    found = recurrence_quantification(Trajectory(np.arange(300.0), x), theiler=window, min_line=min_line, threshold=6.0)
    expected = by_the_matrix(x, 6.0, window, min_line)
    assert found.keys() == expected.keys()
    for name, value in expected.items():
        assert found[name].value == pytest.approx(value, rel=1e-12), name


def test_lines_of_one_variable_in_its_embedding():
    x = henon(250)[:, 0]
    found = recurrence_quantification(x, delay=1, dimension=2, theiler=1, threshold=0.3)
    expected = by_the_matrix(np.column_stack([x[:-1], x[1:]]), 0.3, 1, 2)
    for name, value in expected.items():
        assert found[name].value == pytest.approx(value, rel=1e-12), name


def test_independent_data_have_their_closed_forms():
    x = np.random.default_rng(3).uniform(size=3_000)
    found = recurrence_quantification(x, theiler=1, rate=0.05, **FREE)
    p = found["recurrence_rate"].value
    assert p == pytest.approx(0.05, rel=0.03)
    # along a diagonal the recurrences of independent samples are independent with probability p
    exact = {
        "determinism": 1 - (1 - p) ** 2,
        "mean_line": (2 - p) / (1 - p),
        "line_entropy": -np.log(1 - p) - p / (1 - p) * np.log(p),
    }
    for name, value in exact.items():
        assert abs(found[name].value - value) < 3 * found[name].stderr, name
        assert found[name].stderr < 0.1 * value


def test_recurrences_in_a_column_share_their_point():
    # on a circle every point recurs with the same probability, so columns are independent too: LAM = DET
    angle = np.random.default_rng(4).uniform(0, 2 * np.pi, 3_000)
    found = recurrence_quantification(np.column_stack([np.cos(angle), np.sin(angle)]), theiler=1)
    p = found["recurrence_rate"].value
    assert abs(found["laminarity"].value - (1 - (1 - p) ** 2)) < 3 * found["laminarity"].stderr


def test_errors_are_the_scatter_over_realisations():
    values, errors = [], []
    for seed in range(12):
        e = recurrence_quantification(np.random.default_rng(seed).uniform(size=600), theiler=1, **FREE)["determinism"]
        values.append(e.value)
        errors.append(e.stderr)
    assert 0.5 < np.std(values, ddof=1) / np.mean(errors) < 1.8


def test_periodic_motion_is_all_lines():
    angle = 2 * np.pi * np.arange(2_010) / 50
    found = recurrence_quantification(np.column_stack([np.cos(angle), np.sin(angle)]), theiler=40)
    # a uniform rotation: a diagonal recurs whole or not at all
    assert found["determinism"].value == 1.0
    assert found["longest_line"].value == 2_010 - 49  # the lag of 49 is one step short of a turn
    noisy = recurrence_quantification(np.random.default_rng(0).normal(size=(2_000, 2)))
    assert noisy["determinism"].value < 0.15


def test_chaos_lies_in_between_and_lines_are_in_time():
    x = lorenz(10_000)[:3_000]
    slow, fast = (recurrence_quantification(Trajectory(dt * np.arange(3_000), x)) for dt in (0.05, 0.1))
    assert 0.9 < slow["determinism"].value < 0.999
    for name in ("mean_line", "longest_line", "trapping_time"):
        assert fast[name].value == pytest.approx(2 * slow[name].value)
        assert slow[name].unit == "time"
    assert fast["determinism"].value == slow["determinism"].value


def test_large_data_are_sampled_and_say_so():
    x = np.random.default_rng(5).uniform(size=40_000)
    found = recurrence_quantification(x, theiler=1, **FREE)
    det = found["determinism"]
    p = found["recurrence_rate"].value
    assert p == pytest.approx(0.05, rel=0.03)
    assert abs(det.value - (1 - (1 - p) ** 2)) < 3 * det.stderr
    assert det.diagnostics["fraction"] < 0.1
    assert "% of all pairs" in det.notes[0]
    assert any("lower bound" in note for note in found["longest_line"].notes)


def test_short_forms():
    x = henon(500)
    whole = recurrence_quantification(x, threshold=0.2, theiler=2)
    assert recurrence_rate(x, threshold=0.2, theiler=2).value == whole["recurrence_rate"].value
    assert determinism(x, threshold=0.2, theiler=2).value == whole["determinism"].value


def test_misuse_is_named():
    x = henon(200)
    with pytest.raises(CocycleError, match="rate"):
        recurrence_quantification(x, rate=1.5)
    with pytest.raises(CocycleError, match="threshold"):
        recurrence_quantification(x, threshold=-1.0)
    with pytest.raises(CocycleError, match="min_line"):
        recurrence_quantification(x, min_line=0)
    with pytest.raises(EstimationError, match="Raise `rate` or `threshold`"):
        recurrence_quantification(x, threshold=1e-9)
    with pytest.raises(DataError, match="constant"):
        recurrence_quantification(np.ones(100))
    with pytest.raises(DataError, match="at least 30"):
        recurrence_quantification(np.arange(10.0))
