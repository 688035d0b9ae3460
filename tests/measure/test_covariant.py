"""Covariant vectors against eigenvectors, characteristic roots, the flow's direction, and their own covariance."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy.special import lambertw

import cocycle as cc
from cocycle.core import DelayFlow, RandomMap, StochasticFlow, param
from cocycle.measure import covariant_vectors

SKEW = np.array([[1.0, 0.8, 0.3], [0.0, 0.6, 0.7], [0.2, 0.0, 0.9]])  # columns: directions far from orthogonal
SKEW = SKEW / np.linalg.norm(SKEW, axis=0)


@cc.map(x0=[0.3, 0.2])
def cat(n, x):
    return (2 * x[0] + x[1]) % 1.0, (x[0] + x[1]) % 1.0


@cc.map(x0=[0.1, 0.1])
def henon(n, x, a=1.4, b=0.3):
    return 1 - a * x[0] ** 2 + x[1], b * x[0]


def aligned(vectors, truth, tolerance):
    """Parallel up to sign: `vectors` `(n, size)`, `truth` `(size,)` or `(n, size)`."""
    truth = np.broadcast_to(truth, vectors.shape)
    truth = truth / np.linalg.norm(truth, axis=1, keepdims=True)
    beyond = vectors - np.sum(vectors * truth, axis=1, keepdims=True) * truth
    assert np.linalg.norm(beyond, axis=1).max() < tolerance


def test_linear_map_and_flow_have_their_eigenvectors():
    matrix = SKEW @ np.diag([1.4, 0.9, 0.3]) @ np.linalg.inv(SKEW)
    generator = SKEW @ np.diag([-0.2, -0.9, -2.0]) @ np.linalg.inv(SKEW)

    @cc.map(x0=[1e-200, 0.0, 0.0])
    def linear_map(n, x):
        return jnp.asarray(matrix) @ x

    @cc.flow(x0=[1.0, 0.5, 0.3])
    def linear_flow(t, x):
        return jnp.asarray(generator) @ x

    for found, rates in (
        (covariant_vectors(linear_map(), time=100, transient=100), np.log([1.4, 0.9, 0.3])),
        (covariant_vectors(linear_flow(), time=20.0, transient=60.0, dt=0.25), [-0.2, -0.9, -2.0]),
    ):
        np.testing.assert_allclose(found.exponents.value, rates, atol=1e-6)
        for j in range(3):
            aligned(found.vectors[:, j], SKEW[:, j], 1e-6)
        np.testing.assert_allclose(found.angles(0, 2), np.arccos(abs(SKEW[:, 0] @ SKEW[:, 2])), atol=1e-6)
        normal = np.cross(SKEW[:, 1], SKEW[:, 2])
        to_plane = np.arcsin(abs(SKEW[:, 0] @ normal) / np.linalg.norm(normal))
        np.testing.assert_allclose(found.angles(0, [1, 2]), to_plane, atol=1e-6)
        assert found.errors.max() < 1e-6 and not found.notes


@pytest.mark.parametrize("gap", [0.9, 0.99])
def test_the_error_shrinks_at_the_ratio_of_the_factors(gap):
    """The frames align over one chunk of 256 steps at least: the error of the first vector is about gap**256."""
    matrix = SKEW @ np.diag([1.0, gap, 0.3]) @ np.linalg.inv(SKEW)

    @cc.map(x0=[1.0, 0.5, 0.2])
    def close(n, x):
        return jnp.asarray(matrix) @ x

    found = covariant_vectors(close(), time=100, transient=10)
    assert 1e-2 * gap**256 < found.errors[0] < 30 * gap**256
    assert bool(found.notes) == (gap == 0.99)


def test_cat_map_has_the_golden_ratio():
    golden = (1 + np.sqrt(5)) / 2
    found = covariant_vectors(cat(), time=500)
    aligned(found.vectors[:, 0], np.array([golden, 1.0]), 1e-12)
    aligned(found.vectors[:, 1], np.array([1.0, -golden]), 1e-12)
    np.testing.assert_allclose(found.rates, np.broadcast_to([2 * np.log(golden), -2 * np.log(golden)], (500, 2)))
    assert found.hyperbolicity().value == pytest.approx(np.pi / 2)


def test_henon_is_not_hyperbolic_and_its_vectors_are_covariant():
    found = covariant_vectors(henon(), time=20_000)
    x = found.states[:-1, 0]
    jacobians = np.array([[[-2.8 * v, 1.0], [0.3, 0.0]] for v in x])  # by hand
    images = np.einsum("nab,njb->nja", jacobians, found.vectors[:-1])
    lengths = np.linalg.norm(images, axis=2)
    for j in range(2):
        aligned(images[:, j] / lengths[:, j, None], found.vectors[1:, j], 1e-9)
    np.testing.assert_allclose(np.log(lengths), found.rates[:-1], atol=1e-10)
    value, error = found.exponents.value, found.exponents.stderr
    assert (np.abs(value - [0.41922, -1.62319]) < 4 * error).all()  # [@sprott2003]
    least = found.hyperbolicity()
    assert least.value < 0.01 and least.interval == (0.0, least.value)  # tangencies are dense
    assert (np.diff(least.diagnostics["minima"]) <= 0).all()


def test_lorenz_vectors_are_covariant_and_the_neutral_one_is_the_flow():
    system = cc.systems.Lorenz63()
    found = covariant_vectors(system, time=50.0)
    field = np.array([np.asarray(system.vector_field(0.0, x)) for x in jnp.asarray(found.states)])
    aligned(found.vectors[:, 1], field, 1e-6)
    assert found.errors.max() < 1e-6 and found.error([1, 2]) < 1e-6
    assert 0 < found.hyperbolicity().value < found.angles(0, 2).min() + 1e-12
    head = covariant_vectors(system, time=50.0, k=1)  # of fewer vectors the last one is measured too
    assert head.vectors.shape[1] == 1 and head.errors.max() < 1e-6
    dt = found.times[1] - found.times[0]
    phi = cc.cocycle(system, dt, solver=cc.evolve.Dop853())  # another solver, one vector at a time
    push = jax.jit(lambda x, v: jax.jvp(lambda y: phi(0.0, y), (x,), (v,))[1])
    for i in range(0, len(found.times) - 1, 37):
        for j in range(3):
            image = np.asarray(push(jnp.asarray(found.states[i]), jnp.asarray(found.vectors[i, j])))
            length = np.linalg.norm(image)
            aligned(image[None] / length, found.vectors[i + 1, j], 1e-5)
            assert np.log(length) / dt == pytest.approx(found.rates[i, j], abs=1e-4)
    value, error = found.exponents.value, found.exponents.stderr
    assert (np.abs(value - [0.9056, 0.0, -14.5723]) < 4 * error).all()  # [@sprott2003]


class Twisted(StochasticFlow):
    """Commuting noise along fixed directions: in the Stratonovich calculus each is multiplied by exp(a t + b W)."""

    calculus = "stratonovich"
    rates: object = param((-0.1, -0.6, -1.4))
    noise: object = param((0.5, 0.2, 0.3))

    def default_state(self):
        return jnp.array([1.0, 0.5, 0.2])

    def drift(self, t, x):
        return jnp.asarray(SKEW) @ (self.rates * (jnp.asarray(np.linalg.inv(SKEW)) @ x))

    def diffusion(self, t, x):
        return (jnp.asarray(SKEW) @ (self.noise * (jnp.asarray(np.linalg.inv(SKEW)) @ x)))[:, None]


class RandomProduct(RandomMap):
    """Random factors along fixed directions."""

    def default_state(self):
        return jnp.array([1.0, 0.5, 0.2])

    def step(self, n, x, key):
        factors = jnp.exp(jnp.array([0.2, 0.0, -0.8]) + 0.3 * jax.random.normal(key, (3,)))
        return jnp.asarray(SKEW) @ (factors * (jnp.asarray(np.linalg.inv(SKEW)) @ x))


@pytest.mark.parametrize("system", [Twisted(), RandomProduct()], ids=["stochastic flow", "random map"])
def test_random_systems(system):
    found = covariant_vectors(system, time=100.0, transient=80.0, dt=1.0, key=jax.random.key(1))
    for j in range(3):
        aligned(found.vectors[:, j], SKEW[:, j], 1e-5)
    truth = [-0.1, -0.6, -1.4] if isinstance(system, Twisted) else [0.2, 0.0, -0.8]
    assert (np.abs(found.exponents.value - truth) < 4 * found.exponents.stderr + 1e-3).all()
    if isinstance(system, RandomMap):  # the second chunk of intervals has noise of its own
        again = covariant_vectors(system, time=400, key=jax.random.key(1)).rates
        assert not np.allclose(again[:100], again[256:356])
    with pytest.raises(cc.CocycleError, match="is random"):
        covariant_vectors(system, time=100.0, dt=1.0)


class LinearDelay(DelayFlow):
    """x' = -a x(t - 1): for a < 1/e two real characteristic roots, the branches 0 and -1 of Lambert's W(-a)."""

    a: object = param(0.3)

    def default_state(self):
        return jnp.array([1.0])

    @property
    def delays(self):
        return jnp.array([1.0])

    def vector_field(self, t, x, delayed):
        return -self.a * delayed[0]


def test_delay_equation_has_its_characteristic_functions():
    found = covariant_vectors(LinearDelay(), k=2, time=40.0, transient=40.0, dt=0.5)
    roots = [lambertw(-0.3, branch).real for branch in (0, -1)]
    np.testing.assert_allclose(found.exponents.value, roots, atol=1e-5)
    nodes = (found.vectors.shape[2] - 1) // 3
    past = np.linspace(-1.0, 0.0, nodes + 1)
    for j, root in enumerate(roots):
        values = found.vectors[:, j, : nodes + 1]
        aligned(values / np.linalg.norm(values, axis=1, keepdims=True), np.exp(root * past), 1e-5)
    with pytest.raises(cc.CocycleError, match="give `k="):
        covariant_vectors(LinearDelay())


def test_equal_exponents_are_told():
    @cc.flow(x0=[1.0, 0.0])
    def oscillator(t, x):
        return x[1], -x[0]

    found = covariant_vectors(oscillator(), periods=20)
    assert found.errors.max() > 0.01 and "not converged" in found.notes[-1]
    assert found.error([0, 1]) < 1e-9  # all of the plane
    with pytest.raises(cc.NotApplicableError, match="expanding"):
        found.hyperbolicity()


@pytest.mark.slow
def test_the_two_zeros_of_a_hamiltonian_flow_are_known_as_a_pair():
    """Their span holds the direction of the flow; one by one they are hardly defined."""
    system = cc.systems.HenonHeiles()
    found = covariant_vectors(system, time=1000.0)
    assert found.errors[2] > 1e-3 and found.error([1, 2]) < 1e-6
    field = np.array([np.asarray(system.vector_field(0.0, x)) for x in jnp.asarray(found.states)])
    pair = np.linalg.qr(np.swapaxes(found.vectors[:, 1:3], 1, 2))[0]
    beyond = field - np.einsum("nsj,nj->ns", pair, np.einsum("nsj,ns->nj", pair, field))
    assert (np.linalg.norm(beyond, axis=1) / np.linalg.norm(field, axis=1)).max() < 1e-5
    # the symplectic form pairs the first with the last: both are orthogonal to the pair in it
    form = np.block([[np.zeros((2, 2)), np.eye(2)], [-np.eye(2), np.zeros((2, 2))]])
    products = np.einsum("nis,st,njt->nij", found.vectors[:, [0, 3]], form, found.vectors[:, [1, 2]])
    assert np.abs(products).max() < 1e-5


def test_misuse_and_what_has_no_answer():
    with pytest.raises(cc.NotApplicableError, match="superstable"):
        covariant_vectors(cc.systems.Logistic(r=2.0), x0=[0.5], time=100, transient=0.0)
    with pytest.raises(cc.CocycleError, match="GB"):
        covariant_vectors(cc.systems.Lorenz63(), time=1e9)
    found = covariant_vectors(cat(), time=100)
    with pytest.raises(cc.CocycleError, match="share"):
        found.angles(0, [0, 1])
    with pytest.raises(cc.CocycleError, match="indices of vectors"):
        found.angles(0, 2)
    with pytest.raises(cc.NotApplicableError, match="all vectors"):
        covariant_vectors(cat(), time=100, k=1).hyperbolicity()


def test_a_second_parameter_value_compiles_nothing():
    from cocycle.measure.exponents import _covariant

    size = _covariant._forward_chunk._cached._cache_size
    covariant_vectors(henon(), time=300)
    before = size()
    covariant_vectors(henon(a=1.3), time=700)
    assert size() == before
