"""Expansion entropy against topological entropies that are known exactly, open systems and dull ones included."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import cocycle as cc
from cocycle.measure import expansion_entropy
from cocycle.measure._deformation import singular_values

LOG2 = np.log(2)
GOLDEN = np.log((3 + np.sqrt(5)) / 2)
SQUARE = ((0.0, 1.0), (0.0, 1.0))


def one_dimensional(function, x0=0.3):
    @cc.map(x0=[x0])
    def step(n, x, r=1.0):
        return (function(x[0]) * r / r,)

    return step()


tent = one_dimensional(lambda x: 2 * jnp.minimum(x, 1 - x))
bernoulli = one_dimensional(lambda x: (2 * x) % 1.0)
leaky_tent = one_dimensional(lambda x: 3 * jnp.minimum(x, 1 - x))
rigid_rotation = one_dimensional(lambda x: (x + 0.381966) % 1.0)
contraction = one_dimensional(lambda x: 0.4 * x + 0.2)
repeller = one_dimensional(lambda x: 0.5 + 1.5 * (x - 0.5))
# a Markov map: [0, 1/2) onto [0, 1), [1/2, 1] onto [0, 1/2): transition matrix [[1, 1], [1, 0]], entropy of its root
golden_mean = one_dimensional(lambda x: jnp.where(x < 0.5, 2 * x, x - 0.5))


@cc.map(x0=[0.3, 0.2])
def cat(n, x):
    return (2 * x[0] + x[1]) % 1.0, (x[0] + x[1]) % 1.0


@cc.map(x0=[0.3, 0.2])
def baker(n, x):
    upper = x[0] >= 0.5
    return 2 * x[0] - upper, (x[1] + upper) / 2


@cc.map(x0=[0.3, 0.2, 0.1])
def two_expanding(n, x):
    return (2 * x[0]) % 1.0, (3 * x[1]) % 1.0, 0.5 * x[2]


@cc.flow(x0=[0.1, 0.1])
def saddle(t, x, a=0.8):
    return a * x[0], -a * x[1]


@pytest.mark.parametrize(
    ("system", "box", "truth"),
    [
        (tent, (0.0, 1.0), LOG2),
        (bernoulli, (0.0, 1.0), LOG2),
        (cat(), SQUARE, GOLDEN),
        (baker(), SQUARE, LOG2),
        (two_expanding(), (*SQUARE, (-1.0, 1.0)), np.log(6)),
        (rigid_rotation, (0.0, 1.0), 0.0),
        (contraction, (0.0, 1.0), 0.0),
    ],
    ids=["tent", "bernoulli", "cat", "baker", "two expanding directions", "rotation", "fixed point"],
)
def test_where_nothing_escapes_and_all_expand_alike_it_is_exact(system, box, truth):
    found = expansion_entropy(system, box, points=4000)
    assert found.value == pytest.approx(truth, abs=1e-9)
    assert found.stderr < 1e-9


@pytest.mark.parametrize(
    ("system", "truth"),
    [(leaky_tent, LOG2), (repeller, 0.0), (golden_mean, np.log((1 + np.sqrt(5)) / 2))],
    ids=["leaky tent", "unstable fixed point", "golden mean shift"],
)
def test_open_and_uneven_maps(system, truth):
    found = expansion_entropy(system, (0.0, 1.0))
    assert abs(found.value - truth) < 4 * found.stderr
    assert found.stderr < 0.03


def test_logistic_map_has_its_topological_entropy_not_its_exponent():
    full = expansion_entropy(cc.systems.Logistic(r=4.0), (0.0, 1.0))
    assert abs(full.value - LOG2) < 4 * full.stderr and full.stderr < 0.02
    # r = 3.83: a stable period 3 attracts nearly all, yet the chaos beside it has the entropy of the golden mean shift
    window = expansion_entropy(cc.systems.Logistic(r=3.83), (0.0, 1.0))
    assert abs(window.value - np.log((1 + np.sqrt(5)) / 2)) < 4 * window.stderr
    assert window.stderr < 0.03


def test_a_saddle_flow_expands_as_fast_as_it_loses_points():
    found = expansion_entropy(saddle(), ((-1.0, 1.0), (-1.0, 1.0)), dt=0.2, time=6.0)
    assert abs(found.value) < 4 * found.stderr and found.stderr < 0.05
    t, left = found.diagnostics["times"], found.diagnostics["survivors"]
    np.testing.assert_allclose(left / left[0], np.exp(-0.8 * t), atol=0.015)


def test_the_region_restrains_within_the_box():
    """Leaky tent, the box too large: points of [-1, 0) and (1, 2] never come back and must not count."""
    found = expansion_entropy(leaky_tent, (-1.0, 2.0), region=lambda x: (x[0] >= 0) & (x[0] <= 1))
    assert abs(found.value - LOG2) < 4 * found.stderr
    half = expansion_entropy(bernoulli, (0.0, 1.0), region=lambda x: x[0] < 0.5)  # one branch only: a fixed point
    assert abs(half.value) < 4 * half.stderr + 1e-12


def test_per_unit_time_for_maps_with_a_step_of_their_own():
    @cc.map(x0=[0.3], dt=0.25)
    def quick(n, x):
        return ((2 * x[0]) % 1.0,)

    assert expansion_entropy(quick(), (0.0, 1.0), points=2000).value == pytest.approx(4 * LOG2)


def test_an_unfinished_transient_is_in_the_error_bar():
    """A shear spreads volume linearly in time: the slope of its logarithm falls as 1/t, and the truth is 0."""

    @cc.map(x0=[0.3, 0.2])
    def shear(n, x):
        return (x[0] + x[1]) % 1.0, x[1]

    found = expansion_entropy(shear(), SQUARE, points=2000)
    assert 0.005 < found.value < 4 * found.stderr
    assert found.diagnostics["stderr_misfit"] > found.diagnostics["stderr_sampling"]


def test_singular_values_against_numpy():
    matrices = np.random.default_rng(0).normal(size=(500, 2, 2)) * np.logspace(-3, 3, 500)[:, None, None]
    np.testing.assert_allclose(singular_values(matrices), np.linalg.svd(matrices, compute_uv=False), rtol=1e-9)
    assert singular_values(np.zeros((1, 2, 2))).tolist() == [[0.0, 0.0]]


def test_key_decides_and_the_default_repeats():
    def ask(key=None):
        return expansion_entropy(leaky_tent, (0.0, 1.0), points=5000, key=key).value

    assert ask() == ask() != ask(jax.random.key(1))


def test_misuse_is_explained():
    @cc.flow(x0=[0.5])
    def drift(t, x):
        return (1.0 + 0.0 * x[0],)

    with pytest.raises(cc.EstimationError, match="leave the region"):
        expansion_entropy(drift(), (0.0, 1.0), dt=0.3, time=6.0)
    with pytest.raises(cc.CocycleError, match="intervals"):
        expansion_entropy(tent, (0.0, 1.0), time=3)
    with pytest.raises(cc.CocycleError, match="box"):
        expansion_entropy(tent, (1.0, 0.0))
    with pytest.raises(cc.NotApplicableError, match="skeleton"):
        expansion_entropy(cc.evolve.noisy(saddle(), 0.1), SQUARE)
    with pytest.raises(cc.EstimationError, match="lie in the region"):
        expansion_entropy(tent, (0.0, 1.0), region=lambda x: x[0] > 2)
    with pytest.raises(cc.CocycleError, match="points"):
        expansion_entropy(tent, (0.0, 1.0), points=10)


def test_the_sampling_error_is_the_scatter_of_independent_runs():
    runs = [expansion_entropy(leaky_tent, (0.0, 1.0), points=4000, key=jax.random.key(seed)) for seed in range(24)]
    stated = np.sqrt(np.mean([run.diagnostics["stderr_sampling"] ** 2 for run in runs]))
    assert 0.6 < stated / np.std([run.value for run in runs], ddof=1) < 1.7


@pytest.mark.slow
def test_error_bars_cover_the_truth():
    inside = []
    for seed in range(60):
        found = expansion_entropy(leaky_tent, (0.0, 1.0), points=20_000, key=jax.random.key(seed))
        inside.append(abs(found.value - LOG2) < 1.96 * found.stderr)
    assert np.mean(inside) > 0.88
