"""Cross-correlation and transfer-entropy graphs against closed forms, known graphs, and the rate of false edges."""

import math

import numpy as np
import pytest
from scipy.linalg import solve_discrete_lyapunov
from scipy.signal import lfilter

import cocycle as cc
from cocycle.core import CocycleError, DataError, Trajectory
from cocycle.measure import cross_correlation, transfer_entropy_graph
from cocycle.measure.causality._permute import discoveries, near_in, permuted, sequential_p
from cocycle.testing import bad_inputs

CHAIN = np.array([[0.5, 0, 0], [0.8, 0.2, 0], [0, 0.8, 0.2]])  # 0 -> 1 -> 2


def process(matrix, length, seed):
    rng = np.random.default_rng(seed)
    x = np.zeros((length + 100, len(matrix)))
    for t in range(1, len(x)):
        x[t] = matrix @ x[t - 1] + rng.normal(size=len(matrix))
    return x[100:]


def granger(matrix, source, target, given=()):
    """Half the log of the ratio of forecast variances at one lag, from the exact covariance of one row and the next."""
    s = solve_discrete_lyapunov(matrix, np.eye(len(matrix)))
    both = np.block([[s, (matrix @ s).T], [matrix @ s, s]])

    def forecast(known):
        cross = both[np.ix_(known, [len(matrix) + target])]
        rest = both[len(matrix) + target, len(matrix) + target]
        return float(rest - (cross.T @ np.linalg.solve(both[np.ix_(known, known)], cross))[0, 0])

    return 0.5 * math.log(forecast([target, *given]) / forecast([target, *given, source]))


def correlated(a, b, c, length, seed):
    """Two AR(1) series whose innovations correlate by `c`."""
    rng = np.random.default_rng(seed)
    e = rng.normal(size=length + 200)
    f = c * e + math.sqrt(1 - c * c) * rng.normal(size=length + 200)
    return np.column_stack([lfilter([1], [1, -a], e), lfilter([1], [1, -b], f)])[200:]


# -- cross-correlation ---------------------------------------------------------------------------------------------


def test_cross_correlation_is_its_definition():
    data = np.random.default_rng(0).normal(size=(60, 2)) * [1e3, 1e-3] + 5
    z = (data - data.mean(axis=0)) / data.std(axis=0)
    found = cross_correlation(data, max_lag=7)
    for k, r in zip(found.diagnostics["lags"], found.value, strict=True):
        pairs = [z[t, 0] * z[t + k, 1] for t in range(60) if 0 <= t + k < 60]
        assert r == pytest.approx(np.sum(pairs) / 60, abs=1e-12)


def test_the_lag_is_that_of_the_effect():
    rng = np.random.default_rng(1)
    x = lfilter([1], [1, -0.6], rng.normal(size=2000))
    late = np.roll(x, 7) + 0.5 * rng.normal(size=2000)
    run = Trajectory.from_numpy(np.column_stack([x, late]), variables=("cause", "effect"))
    found = cross_correlation(run, x="cause", y="effect")
    assert found.diagnostics["lag"] == 7 and found.diagnostics["lag_interval"] == (7, 7)
    assert found.diagnostics["p"] < 1e-10
    assert cross_correlation(run, x="effect", y="cause").diagnostics["lag"] == -7


@pytest.mark.parametrize(("a", "b", "c"), [(0.9, 0.9, 0.0), (0.9, 0.8, 0.6), (0.0, 0.0, 0.7)])
def test_the_error_bar_is_the_scatter(a, b, c):
    found = [cross_correlation(correlated(a, b, c, 1000, seed), max_lag=3) for seed in range(150)]
    scatter = np.std([f.value for f in found], axis=0)
    assert np.mean([f.stderr for f in found], axis=0) == pytest.approx(scatter, rel=0.2)
    # under independence, AR(1): Bartlett's sum is a geometric series
    chance = math.sqrt((1 + a * b) / (1 - a * b) / 1000)
    assert np.mean([f.diagnostics["independent"][3] for f in found]) == pytest.approx(chance, rel=0.1)
    if c == 0.0:
        assert np.mean([f.diagnostics["p"] <= 0.05 for f in found]) <= 0.09  # 0.05 or less; 3 errors above
    else:  # the correlation of the two at lag 0 in closed form
        exact = c * math.sqrt((1 - a * a) * (1 - b * b)) / (1 - a * b)
        assert np.mean([f.value[3] for f in found]) == pytest.approx(exact, abs=0.02)


# -- the pieces of the graph ---------------------------------------------------------------------------------------


def test_discovery_rates_are_those_of_the_procedure():
    # Benjamini & Hochberg 1995, section 3.2: at 0.05 the four smallest of these fifteen are rejected
    p = np.array([0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
                  0.6528, 0.7590, 1.0])  # fmt: skip
    order = np.random.default_rng(0).permutation(15)
    assert ((discoveries(p[order]) <= 0.05) == (p[order] <= 0.0095)).all()
    np.testing.assert_allclose(discoveries(np.array([0.04, 0.01])), [0.04, 0.02])  # by hand: 0.04 * 2 / 2, 0.01 * 2 / 1
    np.testing.assert_allclose(discoveries(np.array([0.03, 0.02, 0.03])), 0.03)


def test_a_sequential_p_value_has_its_size():
    rng = np.random.default_rng(1)
    p = [sequential_p(rng.random(), rng.random, 99) for _ in range(4000)]
    for level in (0.05, 0.1, 0.3):
        assert np.mean(np.array(p) <= level) == pytest.approx(level, abs=4 * math.sqrt(level / 4000))
    assert sequential_p(2.0, rng.random, 99) == 0.01


def test_permutation_keeps_what_the_conditions_say():
    rng = np.random.default_rng(2)
    z = rng.normal(size=(500, 1))
    x = z[:, 0] + 0.1 * rng.normal(size=500)
    order = permuted(near_in(z), rng)
    assert np.corrcoef(x[order], z[:, 0])[0, 1] > 0.98
    own = (x - z[:, 0])[order] + (z[:, 0][order] - z[:, 0])
    assert abs(np.corrcoef(own, x - z[:, 0])[0, 1]) < 0.4  # a fifth stays by chance
    assert len(np.unique(order)) > 400  # mostly drawn once


# -- the graph -----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_chain_has_a_false_edge_until_the_middle_is_given():
    data = process(CHAIN, 400, 0)
    truth = CHAIN.astype(bool) & ~np.eye(3, dtype=bool)
    pairwise = transfer_entropy_graph(data, method="bivariate", alpha=0.2)
    assert pairwise.adjacency[2, 0] and pairwise.lags[2, 0] == 2 and (pairwise.adjacency >= truth).all()
    found = transfer_entropy_graph(data, alpha=0.2)
    assert not found.adjacency[2, 0] and (found.adjacency >= truth).all()
    assert found.lags[1, 0] == 1 and found.lags[2, 1] == 1
    assert ("x1", 1) in found.conditions[2]
    graph = found.to_networkx()
    assert graph.has_edge("x1", "x2") and not graph.has_edge("x0", "x2") and graph["x0"]["x1"]["lag"] == 1


def test_values_are_half_of_granger_causality():
    matrix = np.array([[0.5, 0.0], [0.5, 0.4]])
    found = transfer_entropy_graph(process(matrix, 900, 1), max_lag=1, surrogates=1)
    assert abs(found.values[1, 0] - granger(matrix, 0, 1)) < 4 * found.stderr[1, 0] + 0.01
    assert abs(found.values[0, 1]) < 4 * found.stderr[0, 1]
    assert "1 permutations cannot" in found.notes[0]


def test_nonlinear_and_bad_data():
    rng = np.random.default_rng(3)
    x = rng.normal(size=300)
    y = np.roll(x, 1) ** 2 + 0.3 * rng.normal(size=300)  # uncorrelated with x
    found = transfer_entropy_graph(np.column_stack([x, y]), max_lag=1)
    assert found.adjacency[1, 0] and not found.adjacency[0, 1]
    assert cross_correlation(np.column_stack([x, y]), max_lag=1).diagnostics["p"] > 0.01
    with pytest.raises(DataError, match="one series"):
        transfer_entropy_graph(x)
    with pytest.raises(CocycleError, match="method"):
        transfer_entropy_graph(np.column_stack([x, y]), method="granger")
    for what, data in bad_inputs().items():
        with pytest.raises(CocycleError):
            transfer_entropy_graph(data)
            pytest.fail(what)
    with pytest.raises(CocycleError, match="no column 'q'"):
        cross_correlation(np.column_stack([x, y]), x="q")


@pytest.mark.slow
def test_a_common_driver_is_seen_through():
    fork = np.zeros((4, 4))  # 0 -> 1 at once, 0 -> 3 -> 2 later: 1 foretells 2 but does not drive it
    fork[0, 0], fork[1, 0], fork[3, 0], fork[2, 3] = 0.5, 1.0, 1.0, 1.0
    data = process(fork, 400, 0)
    truth = fork.astype(bool) & ~np.eye(4, dtype=bool)
    assert transfer_entropy_graph(data, method="bivariate", alpha=0.1).adjacency[2, 1]
    found = transfer_entropy_graph(data, alpha=0.1).adjacency
    assert (found >= truth).all() and not found[2, 1]


@pytest.mark.slow
def test_independent_series_have_few_edges():
    edges = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        data = lfilter([1], [1, -0.8], rng.normal(size=(400, 3)), axis=0)[100:]
        edges += transfer_entropy_graph(data, max_lag=1, alpha=0.1).adjacency.any()
    assert edges <= 13  # 6 expected: with no true edge the rate is the chance of any; 13 has probability 0.997


@pytest.mark.slow
def test_the_graph_of_coupled_maps_is_found():
    graph = np.zeros((3, 3))
    graph[1, 0] = graph[2, 1] = 1.0
    made = cc.systems.causal_data(cc.systems.Logistic(r=3.9), graph, strength=0.1, periods=400)
    found = transfer_entropy_graph(made.data, max_lag=1)
    np.testing.assert_array_equal(found.adjacency, made.causes & ~np.eye(3, dtype=bool))
