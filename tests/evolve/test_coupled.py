"""Networks: graphs, delays, hyperedges, unlike nodes. Like nodes on a matrix are in `test_derived`."""

import itertools

import jax
import jax.numpy as jnp
import networkx as nx
import numpy as np
import pytest
from problems import Linear, Lorenz, OrnsteinUhlenbeck
from scipy.special import lambertw

import cocycle as cc
from cocycle import evolve
from cocycle.core import as_point
from cocycle.testing import check_system


class Logistic(cc.Map):
    r: jax.Array = cc.param(4.0)

    def step(self, n, x):
        return self.r * x * (1 - x)

    def default_state(self):
        return jnp.array([0.3])


class Turn(cc.Flow):
    """A phase: x' = w."""

    w: jax.Array = cc.param(0.0)

    def vector_field(self, t, x):
        return self.w + 0 * x

    def default_state(self):
        return jnp.array([0.1])


class Spiral(cc.Flow):
    """A damped rotation in two variables, driven in three."""

    def vector_field(self, t, x):
        return -0.1 * x[0] - x[1] - 0.1 * x[0] ** 3, x[0] - 0.1 * x[1]

    def default_state(self):
        return jnp.array([1.0, 0.5])


class Lean(cc.Flow):
    """One variable."""

    def vector_field(self, t, x):
        return 0.5 - x - 0.1 * x**3

    def default_state(self):
        return jnp.array([0.3])


class Drift(cc.RandomMap):
    def step(self, n, x, key):
        return 0.5 * x + 0.1 * jax.random.normal(key, (1,))

    def default_state(self):
        return jnp.array([1.0])


PAIR = np.array([[0.0, 1.0], [1.0, 0.0]])


def directed(n, seed, p=0.4):
    """Weights of a random directed graph without loops; never symmetric."""
    rng = np.random.default_rng(seed)
    return np.where(rng.random((n, n)) < p, rng.uniform(0.5, 1.5, (n, n)), 0.0) * (1 - np.eye(n))


def pattern(rule, x, dims):
    """Which node's rule depends on which node's state: the blocks of the Jacobian that are not zero."""
    jacobian = np.abs(np.asarray(jax.jit(jax.jacfwd(rule))(x)))
    cuts = np.cumsum(dims)[:-1]
    blocks = [np.split(rows, cuts, axis=1) for rows in np.split(jacobian, cuts, axis=0)]
    return np.array([[block.max() > 0 for block in row] for row in blocks])


# -- graphs -----------------------------------------------------------------------------------------------------


def test_an_edge_from_u_to_v_makes_v_feel_u():
    graph = nx.DiGraph()
    graph.add_nodes_from(["a", "b", "c"])
    graph.add_edge("a", "b", weight=2.0)
    graph.add_edge("c", "b")
    weights = np.array([[0.0, 0, 0], [2, 0, 1], [0, 0, 0]])
    x = jnp.array([1.0, 2.0, 4.0])
    node = Linear(-np.eye(1))
    by_graph, by_matrix = evolve.couple(node, graph, strength=0.5), evolve.couple(node, weights, strength=0.5)
    np.testing.assert_allclose(by_graph.vector_field(0.0, x), [-1, -2 + 0.5 * (2 * (1 - 2) + (4 - 2)), -4])
    np.testing.assert_array_equal(by_matrix.vector_field(0.0, x), by_graph.vector_field(0.0, x))


def test_undirected_and_multiple_edges_and_loops():
    graph = nx.MultiGraph([(0, 1, {"weight": 2.0}), (0, 1, {"weight": 0.5}), (1, 2), (2, 2)])
    network = evolve.couple(Linear(np.eye(1)), graph, lambda x, y: y)
    expected = np.array([[1, 2.5, 0], [2.5, 1, 1], [0, 1, 2]])
    np.testing.assert_allclose(jax.jacfwd(lambda x: network.vector_field(0.0, x))(jnp.ones(3)), expected)
    plain = evolve.couple(Lorenz(), nx.cycle_graph(4))
    np.testing.assert_array_equal(plain.network.weights, nx.to_numpy_array(nx.cycle_graph(4)))


# -- truths -----------------------------------------------------------------------------------------------------


def test_maps_synchronise_where_the_conditional_exponent_changes_sign():
    # the difference of two maps grows by (1 - 2 eps) f'(x): eps_c = (1 - exp(-lambda)) / 2, here 1/4
    orbit = [0.3]
    for _ in range(20000):
        orbit.append(4 * orbit[-1] * (1 - orbit[-1]))
    states = jnp.asarray(np.array(orbit))[:, None] * jnp.ones(2)
    across = jnp.array([1.0, -1.0])
    for eps, sign in ((0.23, 1), (0.27, -1)):
        network = evolve.couple(Logistic(), PAIR, strength=eps)
        grow = jax.vmap(lambda x, f=network: jax.jvp(lambda y: f.step(0, y), (x,), (across,))[1])(states)
        exponent = float(jnp.mean(jnp.log(jnp.abs(grow[:, 0]))))
        assert exponent == pytest.approx(np.log(2) + np.log(1 - 2 * eps), abs=0.02) and np.sign(exponent) == sign
        run = cc.trajectory(network, 3000, x0=[0.3, 0.3001]).states
        assert (np.abs(run[-500:, 0] - run[-500:, 1]).max() < 1e-9) == (sign < 0)


def test_two_springs_have_their_normal_modes():
    w, k = 1.3, 0.4
    spring = Linear(np.array([[0.0, 1.0], [-(w**2), 0.0]]))
    network = evolve.couple(spring, nx.path_graph(2), np.array([[0.0, 0.0], [1.0, 0.0]]), strength=k)
    t = 7.0
    x = cc.trajectory(network, t, dt=t, x0=[1.0, 0.0, 0.2, 0.0], solver=evolve.Dop853(1e-11, 1e-11)).states[-1]
    together, against = 0.6 * np.cos(w * t), 0.4 * np.cos(np.sqrt(w**2 + 2 * k) * t)
    np.testing.assert_allclose(x[::2], [together + against, together - against], atol=1e-8)


@pytest.mark.parametrize("tau", [np.full((2, 2), 0.6), np.array([[0, 0.3], [0.9, 0]]), np.array([[0, 0], [1.2, 0]])])
def test_delayed_coupling_decays_with_the_characteristic_root(tau):
    # (s + a + k)^2 = k^2 exp(-s (tau_01 + tau_10)): only the mean delay counts
    a, k, mean = 0.2, 1.0, 0.6
    root = float(lambertw(k * mean * np.exp((a + k) * mean)).real) / mean - (a + k)
    network = evolve.couple(Linear(-a * np.eye(1)), nx.path_graph(2), strength=k, delay=tau)
    assert isinstance(network, cc.DelayFlow) and set(np.asarray(network.delays)) == set(tau[tau * (1 - np.eye(2)) > 0])
    x = cc.trajectory(network, 20.0, dt=0.5, solver=evolve.MethodOfSteps(dt=0.05)).states[:, 0]
    assert np.log(x[-1] / x[-11]) / 5.0 == pytest.approx(root, rel=1e-5)


@pytest.mark.parametrize("linear", [True, False])
def test_each_edge_looks_back_by_its_own_delay(linear):
    w = directed(4, 3, 0.8)
    tau = np.array([[0, 0.5, 1, 0], [1, 0, 0, 0.5], [0, 2, 0, 1], [0.5, 0, 2, 0]])
    h = np.array([[0.3, 0.1], [0.0, -0.2]])
    network = evolve.couple(Linear(np.eye(2)), w, h if linear else (lambda x, y: h @ (y - x)), strength=0.7, delay=tau)
    times = np.asarray(network.delays)
    now, pasts = np.cos(np.arange(8.0)).reshape(4, 2), np.sin(np.arange(8.0 * len(times))).reshape(-1, 4, 2)
    seen = {0.0: now, **dict(zip(times, pasts))}
    expected = now.copy()
    for i, j in itertools.product(range(4), repeat=2):
        expected[i] += 0.7 * w[i, j] * h @ (seen[tau[i, j]][j] - now[i])
    got = network.vector_field(0.0, jnp.asarray(now.ravel()), jnp.asarray(pasts.reshape(len(times), 8)))
    np.testing.assert_allclose(got, expected.ravel(), rtol=1e-12)


def test_maps_with_delays_follow_the_recursion():
    w, steps = directed(3, 5, 0.9) / 4, np.array([[0, 2, 0], [1, 0, 2], [0, 1, 0]])
    network = evolve.couple(Logistic(r=3.7), w, strength=0.3, delay=steps)
    assert network.variables[:4] == ("x0_0", "x0_1", "x0_2", "x0_0_lag1") and network.dim == 9
    past = [np.array([0.2, 0.4, 0.6]), np.array([0.3, 0.1, 0.5]), np.array([0.25, 0.45, 0.15])]  # oldest first
    run = cc.trajectory(network, 6, x0=np.concatenate(past[::-1])).states
    image = lambda x: 3.7 * x * (1 - x)  # noqa: E731
    for n in range(1, 7):
        new = image(past[-1])
        for i, j in itertools.product(range(3), repeat=2):
            new[i] += 0.3 * w[i, j] * (image(past[-1 - steps[i, j]][j]) - image(past[-1])[i])
        past.append(new)
        np.testing.assert_allclose(run[n], np.concatenate([past[-1], past[-2], past[-3]]), rtol=1e-12)
        np.testing.assert_array_equal(network.observe(jnp.asarray(run[n])), run[n, :3])
    assert network.unravel(jnp.asarray(run[0])).shape == (3, 1)


def test_three_phases_feel_each_other_in_threes():
    n, k = 7, 0.8
    phases = np.random.default_rng(0).uniform(0, 2 * np.pi, n)
    triples = list(itertools.combinations(range(n), 3))
    network = evolve.couple(
        Turn(),
        np.zeros((n, n)),
        hyperedges=triples,
        higher=lambda x, o: jnp.sin(o[0] + o[1] - 2 * x),
        higher_strength=k,
    )
    # all triples: 2 sum = Im(z1^2 e^-2ix) - Im(z2 e^-2ix), with z_m the sum over the others of e^imx
    z1 = np.exp(1j * phases).sum() - np.exp(1j * phases)
    z2 = np.exp(2j * phases).sum() - np.exp(2j * phases)
    expected = k / 2 * np.imag((z1**2 - z2) * np.exp(-2j * phases))
    np.testing.assert_allclose(network.vector_field(0.0, jnp.asarray(phases)), expected, atol=1e-12)


def test_hyperedges_of_several_sizes_are_explicit_sums():
    edges, strengths = [(0, 1), (3, 1, 2), (0, 2, 3), (3, 0, 4, 1)], np.array([0.3, -1.0, 2.0, 0.5])
    x = np.random.default_rng(1).uniform(0, 2 * np.pi, 5)
    feel = lambda a, o: jnp.sin(2 * o[0] - jnp.sum(o[1:], axis=0) - a)  # noqa: E731 - the order of the others matters
    w = directed(5, 2)
    expected = w @ x - w.sum(axis=1) * x
    for edge, s in zip(edges, strengths):
        for i in edge:
            o = [x[j] for j in edge if j != i]
            expected[i] += s * np.sin(2 * o[0] - sum(o[1:]) - x[i])
    names = list("abcde")
    graph = nx.DiGraph()
    graph.add_nodes_from(names)
    graph.add_weighted_edges_from((names[j], names[i], w[i, j]) for i, j in np.argwhere(w))
    labelled = [tuple(names[i] for i in edge) for edge in edges]
    for given, groups in ((w, edges), (graph, labelled)):
        network = evolve.couple(Turn(), given, hyperedges=groups, higher=feel, higher_strength=strengths)
        np.testing.assert_allclose(network.vector_field(0.0, jnp.asarray(x)), expected, rtol=1e-12)


def test_lorenz_drives_rossler_and_feels_nothing():
    lorenz, rossler = cc.systems.Lorenz63(), cc.systems.Rossler()
    network = evolve.couple([lorenz, rossler], nx.DiGraph([(0, 1)]), strength=0.3)
    assert network.variables == ("x_0", "y_0", "z_0", "x_1", "y_1", "z_1")
    a, b = np.array([1.0, 2.0, 20.0]), np.array([3.0, -1.0, 0.5])
    kick = np.array([0.3 * (a[0] - b[0]), 0, 0])
    alone = [as_point(s.vector_field(0.0, jnp.asarray(x))) for s, x in ((lorenz, a), (rossler, b))]
    got = network.vector_field(0.0, jnp.asarray(np.concatenate([a, b])))
    np.testing.assert_allclose(got, np.concatenate([alone[0], alone[1] + kick]), rtol=1e-13)


def test_nodes_of_unlike_dimension():
    nodes = [Lorenz(), Spiral(), Lean()]
    w = np.array([[0, 0.5, 2.0], [1, 0, 0], [0, 3, 0.0]])
    x = np.arange(1.0, 7.0)
    points, dims = [x[:3], x[3:5], x[5:]], (3, 2, 1)
    own = [np.asarray(as_point(s.vector_field(0.0, jnp.asarray(p)))) for s, p in zip(nodes, points)]
    first = [o.copy() for o in own]
    called = [o.copy() for o in own]
    for i, j in np.argwhere(w):
        first[i][0] += 0.2 * w[i, j] * (points[j][0] - points[i][0])
        called[i] += 0.2 * w[i, j] * np.sin(points[j][-1] - points[i])
    h = lambda a, others: 0.1 * a * sum(o[0] for o in others)  # noqa: E731
    for i in range(3):
        called[i] += 0.1 * points[i] * sum(points[j][0] for j in range(3) if j != i)
    network = evolve.couple(nodes, w, strength=0.2)
    np.testing.assert_allclose(network.vector_field(0.0, jnp.asarray(x)), np.concatenate(first), rtol=1e-13)
    assert [v.shape for v in network.unravel(jnp.asarray(x))] == [(d,) for d in dims]
    network = evolve.couple(nodes, w, lambda a, b: jnp.sin(b[-1] - a), strength=0.2, hyperedges=[(0, 1, 2)], higher=h)
    np.testing.assert_allclose(network.vector_field(0.0, jnp.asarray(x)), np.concatenate(called), rtol=1e-13)


def test_coupled_noise_has_the_variances_of_its_modes():
    # symmetric mode decays with 1, the antisymmetric with 1 + 2 k; a quiet node brings no noise
    k = 0.5
    network = evolve.couple(OrnsteinUhlenbeck(), nx.path_graph(2), strength=k)
    x = np.asarray(cc.trajectory(network, 4000.0, dt=0.5, key=jax.random.key(1)).states)[20:]
    for mode, rate in ((x[:, 0] + x[:, 1], 1.0), (x[:, 0] - x[:, 1], 1 + 2 * k)):
        assert np.var(mode) == pytest.approx(0.5**2 / rate, rel=0.08)
    mixed = evolve.couple([Spiral(), OrnsteinUhlenbeck(), Lean()], np.ones((3, 3)))
    assert isinstance(mixed, cc.StochasticFlow) and mixed.additive and mixed.noise_dim == 1
    np.testing.assert_allclose(mixed.diffusion(0.0, jnp.zeros(4)), [[0], [0], [0.5], [0]])


def test_random_maps_draw_independent_noise():
    for nodes in (Drift(), [Drift(), Logistic(r=3.0), Drift()]):
        network = evolve.couple(nodes, np.zeros((3, 3)))
        assert isinstance(network, cc.RandomMap)
        step = jax.vmap(lambda key, f=network: f.step(0, jnp.full(3, 0.5), key))(
            jax.random.split(jax.random.key(0), 999)
        )
        spread = np.std(step, axis=0)
        np.testing.assert_allclose(spread, [0.1, 0.1 if nodes.__class__ is Drift else 0.0, 0.1], atol=0.01)
        assert abs(np.corrcoef(step[:, 0], step[:, 2])[0, 1]) < 0.1


# -- the graph that the rule shows ------------------------------------------------------------------------------


def _kinds(w):
    """Name -> (network, its rule as one function of the state, dims)."""
    n = len(w)
    bend = lambda x, y: jnp.tanh(y - x) + 0 * x  # noqa: E731
    unlike = [(Lorenz, Spiral, Lean)[i % 3]() for i in range(n)]
    noisy = [OrnsteinUhlenbeck() if i % 2 else Lean() for i in range(n)]
    return {
        "linear": evolve.couple(Lorenz(), w),
        "function": evolve.couple(Lorenz(), w, bend),
        "parameters": evolve.couple([Lorenz(rho=20.0 + i) for i in range(n)], w),
        "unlike": evolve.couple(unlike, w),
        "unlike, function": evolve.couple(unlike, w, lambda x, y: x + y[0]),
        "delayed": evolve.couple(Spiral(), w, delay=0.5),
        "delays": evolve.couple(unlike, w, delay=np.add.outer(np.arange(n) % 3, np.arange(n) % 2)),
        "map": evolve.couple(Logistic(), w, strength=0.1),
        "stochastic": evolve.couple(noisy, w),
    }


@pytest.mark.parametrize("name", list(_kinds(directed(2, 1))))
def test_the_jacobian_of_the_rule_shows_the_graph_and_nothing_else(name):
    w = directed(5, 11)
    network = _kinds(w)[name]
    if isinstance(network, cc.DelayFlow):
        count = len(network.delays)
        rule = lambda x: network.vector_field(0.0, x, jnp.broadcast_to(x, (count, *x.shape)))  # noqa: E731
    elif isinstance(network, cc.StochasticFlow):
        rule = lambda x: network.drift(0.0, x)  # noqa: E731
    elif isinstance(network, cc.Map):
        rule = lambda x: network.step(0, x)  # noqa: E731
    else:
        rule = lambda x: network.vector_field(0.0, x)  # noqa: E731
    np.testing.assert_array_equal(
        pattern(rule, network.default_state() + 0.1, network.network.dims) | np.eye(5, dtype=bool),
        (w != 0) | np.eye(5, dtype=bool),
    )


# -- contract and refusals --------------------------------------------------------------------------------------


CONTRACT = {
    "unlike": lambda: evolve.couple(
        [Spiral(), Lean()], PAIR, lambda x, y: 0.1 * (y[0] - x), hyperedges=[(0, 1)],
        higher=lambda x, o: 0.1 * jnp.tanh(o[0][0] - x),
    ),
    "delayed": lambda: evolve.couple(Lean(), PAIR, strength=0.1, delay=np.array([[0, 1.0], [0.5, 0]])),
    "lagged": lambda: evolve.couple(Logistic(r=3.7), PAIR, strength=0.1, delay=[[0, 2], [1, 0]]),
    "stochastic": lambda: evolve.couple([Lean(), OrnsteinUhlenbeck()], PAIR, strength=0.2),
    "linear": lambda: evolve.couple(Spiral(), PAIR),
    "function": lambda: evolve.couple(Spiral(), PAIR, lambda x, y: jnp.tanh(y - x)),
    "hyperedges": lambda: evolve.couple(
        Lean(), np.ones((3, 3)), hyperedges=[(0, 1, 2), (0, 2)], higher=lambda x, o: 0.1 * jnp.tanh(jnp.sum(o) - x)
    ),
    "delayed, function": lambda: evolve.couple(Lean(), PAIR, lambda x, y: jnp.tanh(y - x), delay=0.5),
    "map": lambda: evolve.couple(Logistic(r=3.7), PAIR, strength=0.1),
    "random map": lambda: evolve.couple([Drift(), Logistic(r=3.5)], [[0.0, 0], [0, 0]]),
}  # fmt: skip
QUICK = ("unlike", "delayed", "lagged", "stochastic")  # the others differ from these, or from single nodes, in little


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in CONTRACT]
)
def test_networks_keep_the_contract(name):
    results = check_system(CONTRACT[name]())
    assert not name.startswith("delayed") or results["check_delay"] == "passed"


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        ((Lorenz(), PAIR), {"delay": [1.0, 2.0]}, r"delay must be a number or have shape \(2, 2\)"),
        ((Lorenz(), PAIR), {"delay": -1.0}, "a delay is 0 or more; got -1"),
        ((Lorenz(), PAIR), {"delay": np.nan}, "a delay is 0 or more; got nan"),
        ((Logistic(), PAIR), {"delay": 1.5}, "delays of maps are whole steps; got 1.5"),
        ((OrnsteinUhlenbeck(), PAIR), {"delay": 1.0}, "noise together with delays .* OrnsteinUhlenbeck is random"),
        (([Lorenz(), Logistic()], PAIR), {}, "Lorenz moves in continuous time and Logistic in steps"),
        (([Lorenz(), Lorenz], PAIR), {}, "nodes must be Systems"),
        ((Lorenz(), np.zeros((0, 0))), {}, "the graph has no nodes"),
        (([Lorenz(), Lean()], PAIR, np.eye(3)), {}, r"needs nodes of one dimension; these have \[1, 3\]"),
        ((Lorenz(), PAIR, lambda x, y: y[0] - x[0]), {}, r"coupling\(x_i, x_j\) must give shape \(3,\) for a Lorenz"),
        ((Lorenz(), PAIR), {"hyperedges": [(0, 1)]}, "there is no `higher`"),
        ((Lorenz(), PAIR), {"higher": lambda x, o: x}, "there is no `hyperedges`"),
        ((Lorenz(), PAIR), {"hyperedges": [(0, 2)], "higher": lambda x, o: x}, r"\(0, 2\) names 2, which is no node"),
        ((Lorenz(), PAIR), {"hyperedges": [(0, 0)], "higher": lambda x, o: x}, "two or more different nodes"),
        ((Lorenz(), PAIR), {"hyperedges": [(0, 1)], "higher": lambda x, o: x[0]}, r"higher\(x_i, others\) must give"),
        (
            (Lorenz(), PAIR),
            {"hyperedges": [(0, 1)], "higher": lambda x, o: x, "higher_strength": [1.0, 2.0]},
            "one for each of the 1 hyperedges",
        ),
    ],
)
def test_refusals(arguments, options, message):
    with pytest.raises(cc.CocycleError, match=message):
        evolve.couple(*arguments, **options)
