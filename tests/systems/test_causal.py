"""Series with known causes: the record says what the rule does."""

import jax
import jax.numpy as jnp
import networkx as nx
import numpy as np
import pytest
from scipy.linalg import solve_discrete_lyapunov

import cocycle as cc
from cocycle.core import as_point
from cocycle.systems import causal_data


class Decay(cc.Map):
    """x' = a x."""

    a: jax.Array = cc.param(0.5)

    def step(self, n, x):
        return self.a * x

    def default_state(self):
        return jnp.array([1.0])


class Sink(cc.Flow):
    """A damped rotation, pushed so that it does not rest at zero."""

    def vector_field(self, t, x):
        return 1.0 - x[0] - x[1] - 0.1 * x[0] ** 3, x[0] - x[1]

    def default_state(self):
        return jnp.array([1.0, 0.5])


class Level(cc.Flow):
    """One variable, x' = -x."""

    def vector_field(self, t, x):
        return -x

    def default_state(self):
        return jnp.array([1.0])


def arriving(x, y):
    return y + 0 * x


def directed(n, seed, p=0.4):
    rng = np.random.default_rng(seed)
    return np.where(rng.random((n, n)) < p, rng.uniform(0.5, 1.5, (n, n)), 0.0) * (1 - np.eye(n))


def companion(blocks):
    """The one-step matrix of x' = sum_k blocks[k] x(n - k)."""
    n, depth = len(blocks[0]), len(blocks)
    out = np.eye(n * depth, k=-n)
    out[:n] = np.hstack(blocks)
    return out


# -- the numbers ------------------------------------------------------------------------------------------------


def test_a_lagged_linear_network_has_the_autocovariances_of_its_autoregression():
    a, s, d = 0.5, 0.6, 0.02
    weights, lags = np.array([[0, 0, 0], [1, 0, 0], [0, -0.8, 0.0]]), np.array([[0, 0, 0], [2, 0, 0], [0, 1, 0]])
    found = causal_data(
        Decay(), weights, arriving, strength=s, delay=lags, driving_noise=d, periods=60000, transient=200
    )
    blocks = [a * np.eye(3), np.zeros((3, 3)), np.zeros((3, 3))]
    for i, j in ((1, 0), (2, 1)):
        blocks[lags[i, j]][i, j] += s * weights[i, j] * a
    step = companion(blocks)
    noise = np.zeros((9, 9))
    noise[:3, :3] = 2 * d * np.eye(3)
    covariance = solve_discrete_lyapunov(step, noise)
    x = np.asarray(found.data.states)
    for lag in range(4):
        expected = (np.linalg.matrix_power(step, lag) @ covariance)[:3, :3]  # <x(n + lag) x(n)>
        got = x[lag:].T @ x[: len(x) - lag] / (len(x) - lag)
        np.testing.assert_allclose(got, expected, atol=0.03 * covariance[0, 0])
    # an effect appears a step after it arrived: the delay and one more
    np.testing.assert_array_equal(found.lags, [[np.nan] * 3, [3, np.nan, np.nan], [np.nan, 2, np.nan]])
    np.testing.assert_array_equal(found.causes, weights != 0)


def test_a_hidden_common_cause_correlates_two_nodes_without_an_edge():
    a, s, d = 0.5, 1.6, 0.1
    options = {"strength": s, "driving_noise": d, "periods": 30000, "transient": 100}
    alone = causal_data(Decay(), np.zeros((2, 2)), arriving, **options)
    joined = causal_data(Decay(), np.zeros((2, 2)), arriving, confounders=1, **options)
    step = np.array([[a, 0, s * a], [0, a, s * a], [0, 0, a]])
    c = solve_discrete_lyapunov(step, 2 * d * np.eye(3))
    expected = c[0, 1] / c[0, 0]
    assert expected > 0.3
    assert abs(np.corrcoef(alone.data.states.T)[0, 1]) < 0.03
    assert np.corrcoef(joined.data.states.T)[0, 1] == pytest.approx(expected, abs=0.03)
    assert np.var(joined.data.states[:, 0]) == pytest.approx(c[0, 0], rel=0.05)
    assert not joined.causes.any() and joined.confounded == ((0, 1),) and joined.data.states.shape == (30000, 2)
    assert joined.network.dim == 3 and joined.causes.shape == (2, 2)


def test_driving_noise_of_a_flow_has_the_variance_of_its_process():
    found = causal_data(
        Level(), np.zeros((2, 2)), driving_noise=0.3, periods=300, points_per_period=10, key=jax.random.key(3)
    )
    assert isinstance(found.network, cc.StochasticFlow)
    np.testing.assert_allclose(np.cov(found.data.states.T), 0.3 * np.eye(2), atol=0.04)


def test_observational_noise_is_relative_and_leaves_the_motion_alone():
    options = {"strength": 0.1, "periods": 4000}
    clean = causal_data(cc.systems.Logistic(r=3.9), nx.path_graph(3), **options)
    rough = causal_data(cc.systems.Logistic(r=3.9), nx.path_graph(3), noise=0.2, **options)
    ratio = (rough.data.states - clean.data.states).std(axis=0) / clean.data.states.std(axis=0)
    np.testing.assert_allclose(ratio, 0.2, atol=0.01)


# -- the record against the rule ----------------------------------------------------------------------------------


def _dependence(rule, x, dims):
    """Which node's rate depends on which node's state."""
    jacobian = np.abs(np.asarray(jax.jacfwd(rule)(x)))
    cuts = np.cumsum(dims)
    rows = np.split(jacobian[: cuts[-1]], cuts[:-1], axis=0)
    return np.array([[block.max() > 0 for block in np.split(row, cuts[:-1], axis=1)] for row in rows])


def _shown(network, dims):
    """Lag -> which node depends on which, that long ago, as the Jacobian of the rule shows it."""
    x = network.default_state() * 1.1 + 0.05
    if isinstance(network, cc.DelayFlow):
        past = jnp.broadcast_to(x, (len(network.delays), *x.shape))
        shown = {0.0: _dependence(lambda y: as_point(network.vector_field(0.0, y, past)), x, dims)}
        for k, lag in enumerate(np.asarray(network.delays)):
            rule = lambda y, k=k: as_point(network.vector_field(0.0, x, past.at[k].set(y)))  # noqa: E731
            shown[float(lag)] = _dependence(rule, x, dims)
        return shown
    if isinstance(network, cc.Flow):
        return {0.0: _dependence(lambda y: as_point(network.vector_field(0.0, y)), x, dims)}
    size = sum(dims)
    return {
        k + 1.0: _dependence(lambda y, k=k: network.step(0, x.at[k * size : (k + 1) * size].set(y)), x[:size], dims)
        for k in range(len(x) // size)
    }


def _together(a, others):
    return 0.1 * jnp.tanh(others[0][:1] * others[1][:1] - a)


RECORDS = {
    "flow": (Sink(), {}),
    "unlike": ([Level(), Level(), Sink(), Level(), Level()], {"coupling": lambda x, y: jnp.tanh(y[0] - x)}),
    "hyperedges": (Level(), {"hyperedges": [(0, 3, 4)], "higher": _together}),
    "delays": (Sink(), {"delay": np.add.outer(np.arange(5) % 2, np.arange(5) % 3) * 0.5}),
    "map": (Decay(), {"strength": 0.1}),
    "lagged map": (Decay(), {"strength": 0.1, "delay": np.add.outer(np.arange(5) % 2, np.arange(5) % 2)}),
}


QUICK = ("map", "flow", "delays")


@pytest.mark.parametrize(
    ("name", "confounders"),
    [("map", 0), *(pytest.param(n, 2, marks=() if n in QUICK else pytest.mark.slow) for n in RECORDS)],
)
def test_the_recorded_causes_and_lags_are_those_of_the_rule(name, confounders):
    nodes, options = RECORDS[name]
    weights = directed(5, 4, 0.3)
    found = causal_data(nodes, weights, periods=4, transient=5.0, confounders=confounders, **options)
    given = [nodes] * 5 if isinstance(nodes, cc.System) else nodes
    dims = [node.dim for node in [*given, *[given[0]] * confounders]]
    shown = _shown(found.network, dims)
    off = ~np.eye(5, dtype=bool)
    for lag, depends in shown.items():
        np.testing.assert_array_equal((found.lags == lag) & off, depends[:5, :5] & off)
    whole = np.any(list(shown.values()), axis=0)
    np.testing.assert_array_equal(found.causes & off, whole[:5, :5] & off)
    assert (found.causes == ~np.isnan(found.lags)).all() and found.data.states.shape[1] == 5
    for k, pair in enumerate(found.confounded):  # hidden nodes drive their pair, and feel nothing
        assert np.flatnonzero(whole[:5, 5 + k]).tolist() == list(pair) and whole[5 + k].sum() == 1
        assert not found.causes[pair] and not found.causes[pair[::-1]]
    assert len(found.confounded) == confounders
    assert name != "hyperedges" or (found.causes[0, 3] and found.causes[4, 0] and found.hyperedges == ((0, 3, 4),))


@pytest.mark.slow
def test_confounders_take_only_pairs_that_nothing_joins_and_none_twice():
    groups = {"hyperedges": [(0, 3, 4)], "higher": _together}
    for options, free in (
        ({}, {(0, 2), (0, 3), (0, 4), (1, 3), (1, 4), (2, 4)}),
        (groups, {(0, 2), (1, 3), (1, 4), (2, 4)}),
    ):
        found = causal_data(Level(), nx.path_graph(5), periods=3, transient=1.0, confounders=len(free), **options)
        assert set(found.confounded) == free and len(found.confounded) == len(free)


def test_the_graph_comes_back_with_names_weights_and_lags():
    graph = nx.DiGraph()
    graph.add_nodes_from(["sun", "ice", "sea", "air"])
    graph.add_edge("sun", "sea", weight=2.0)
    graph.add_edge("sea", "air")
    found = causal_data(Sink(), graph, strength=0.1, delay=0.5, periods=3, transient=1.0, confounders=1)
    back = found.to_networkx()
    assert set(back.nodes) == set(graph.nodes) and set(back.edges) == set(graph.edges)
    assert back["sun"]["sea"] == {"weight": pytest.approx(0.2), "lag": 0.5}
    np.testing.assert_array_equal(nx.to_numpy_array(back, weight=None).T != 0, found.causes)
    whole = found.to_networkx(hidden=True)
    assert set(whole.successors(("hidden", 0))) == {found.labels[i] for i in found.confounded[0]}
    assert repr(found) == "CausalData(4 nodes, 1 hidden, 2 causes; 60 samples)"
    still = causal_data(Sink(), graph, strength=0.0, periods=3, transient=1.0)
    assert not still.causes.any()


# -- the record ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_key_decides_everything():
    options = {"strength": 0.05, "confounders": 2, "driving_noise": 1e-5, "noise": 0.1, "periods": 50}
    first, again, other = (
        causal_data(cc.systems.Henon(), nx.cycle_graph(6), np.diag([1.0, 0.0]), key=jax.random.key(k), **options)
        for k in (1, 1, 2)
    )
    np.testing.assert_array_equal(first.data.states, again.data.states)
    assert first.confounded == again.confounded and first.confounded != other.confounded
    assert np.abs(first.data.states - other.data.states).max() > 0.1
    quiet = [causal_data(Sink(), np.zeros((2, 2)), periods=3, transient=0.0, key=jax.random.key(k)) for k in (1, 1, 2)]
    apart = [np.abs(quiet[0].data.states[0] - found.data.states[0]).max() for found in quiet]
    assert apart[0] == apart[1] == 0 < apart[2] < 0.01  # without noise, only the start is drawn


def test_what_is_recorded():
    nodes = [cc.systems.Lorenz63(), cc.systems.Rossler()]
    options = {"strength": 0.1, "periods": 3, "points_per_period": 10, "transient": 0.0}
    by_name = causal_data(nodes, [[0, 0], [1, 0]], variable="y", **options)
    every = causal_data(nodes, [[0, 0], [1, 0]], variable=None, **options)
    assert by_name.data.variables == ("y_0", "y_1") and every.data.variables == (
        "x_0",
        "y_0",
        "z_0",
        "x_1",
        "y_1",
        "z_1",
    )
    np.testing.assert_array_equal(by_name.data.states, every.data.states[:, [1, 4]])
    starts = np.concatenate([node.default_state() for node in nodes])
    np.testing.assert_allclose(every.data.states[0], starts, rtol=0.01)
    assert len(every.data) == 30 and every.data.times[0] == 0
    assert every.data.dt == pytest.approx(cc.evolve.time_scale(nodes[0]).period / 10)  # of the faster node


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"confounders": -1}, "confounders must be 0 or more; got -1"),
        ({"confounders": 4}, "4 confounders, but only 1 pairs"),
        ({"noise": -0.1}, "noise must be a number, 0 or more; got -0.1"),
        ({"driving_noise": [1.0]}, "driving_noise must be a number"),
        ({"periods": 0}, "periods must be positive"),
        ({"periods": 0.01}, "0 samples are too few"),
        ({"points_per_period": 1}, "points_per_period must be at least 2"),
        ({"variable": "z"}, "node 0, a Sink, has no variable 'z'; it has: x0, x1"),
        ({"variable": 2}, "has 2 variables; there is no number 2"),
        ({"delay": 1.0, "driving_noise": 0.1}, "flows with delays take none"),
        ({"delay": -1.0}, "a delay is 0 or more"),
    ],
)
def test_refusals(options, message):
    with pytest.raises(cc.CocycleError, match=message):
        causal_data(Sink(), nx.path_graph(3), **options)


def test_divergence_names_the_remedies_at_hand():
    with pytest.raises(cc.NumericalError, match="Lower `driving_noise` or `strength`") as caught:
        causal_data(cc.systems.Logistic(), nx.path_graph(2), strength=0.1, driving_noise=0.1)
    assert caught.value.time is not None


def test_noise_on_top_of_noise_is_refused():
    with pytest.raises(cc.NotApplicableError, match="random already"):
        causal_data(cc.systems.OrnsteinUhlenbeck(), nx.path_graph(2), driving_noise=0.1)
