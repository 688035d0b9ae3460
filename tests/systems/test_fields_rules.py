"""Fields on grids: the transforms, what the modes may hide, and every rule term by term, in one dimension and two."""

import dataclasses
import math

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
import pytest

import cocycle as cc
from cocycle import systems as s
from cocycle.core import CocycleError
from cocycle.systems import CATALOGUE
from cocycle.systems.pde import _fourier as fourier
from cocycle.systems.pde._periodic import PeriodicField

PERIODIC = {name: cls for name, cls in CATALOGUE.items() if issubclass(cls, PeriodicField)}
PLANAR = {
    name: cls
    for name, cls in PERIODIC.items()
    if cls is s.NavierStokesVorticity or "dimensions" in {f.name for f in dataclasses.fields(cls)}
}


def planar(cls, n=16, **changes):
    return cls(n=n, **changes) if cls is s.NavierStokesVorticity else cls(n=n, dimensions=2, **changes)


@eqx.filter_jit
def field(system, x):
    return system.vector_field(0.0, x)


@eqx.filter_jit
def modes_along(system, modes, direction):
    """The derivative of the rule, in the modes."""
    return jax.jvp(lambda m: system.linear() * m + system.nonlinear(0.0, m), (modes,), (direction,))[1]


# -- transforms ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("n", "dimensions"), [(8, 1), (9, 1), (128, 1), (150, 1), (8, 2), (9, 2), (32, 2)])
def test_real_transforms(n, dimensions):
    u = jnp.asarray(np.random.default_rng(0).normal(size=(3, *(n,) * dimensions)))
    modes = jax.jit(lambda u: fourier.real_dft(u, dimensions))(u)
    np.testing.assert_allclose(modes, np.fft.rfftn(u, axes=tuple(range(-dimensions, 0))), atol=1e-11)
    np.testing.assert_allclose(jax.jit(lambda m: fourier.inverse_real_dft(m, n, dimensions))(modes), u, atol=1e-13)


@pytest.mark.slow
@pytest.mark.parametrize("size", [{"n": 256}, {"n": 16, "dimensions": 2}])
def test_spectrum_of_diffusion(size):
    # exact, -D k^2; and an FFT in a batched loop, which XLA refuses where the layout is left to it
    got = cc.measure.lyapunov_spectrum(s.AdvectionDiffusion(**size), k=9, time=40.0, dt=1.0)
    squares = [0, 1, 1, 4, 4, 9, 9, 16, 16] if len(size) == 1 else [0, 1, 1, 1, 1, 2, 2, 2, 2]
    np.testing.assert_allclose(got.value, -0.05 * np.array(squares), atol=1e-8)


@pytest.mark.slow
@pytest.mark.parametrize("name", PERIODIC)
def test_every_mode_survives(name):
    for n in (9, 10):
        system = PERIODIC[name](n=n)
        x = jnp.asarray(np.random.default_rng(1).normal(size=system.dim))
        np.testing.assert_allclose(system.from_modes(system.to_modes(x)), x, atol=1e-12)


@pytest.mark.parametrize("name", PLANAR)
def test_nothing_hidden_grows(name):
    """The modes of a square have room for what belongs to no real field and the grid does not see: it must not grow."""
    system = planar(PLANAR[name])
    modes = system.to_modes(system.default_state())
    count = modes.shape[0] if modes.ndim == 3 else 1
    rng = np.random.default_rng(2)
    noise = jnp.asarray(rng.normal(size=modes.shape[-2:]) + 1j * rng.normal(size=modes.shape[-2:]))
    noise = np.asarray(noise - system.forward(system.backward(noise)))
    seen = np.abs(noise) > 1e-3
    assert seen[:, 0].sum() > 10
    rates = np.zeros((seen.sum(), count, count), complex)
    for j in range(count):
        part = np.zeros((count, *noise.shape), complex)
        part[j] = noise
        moved = np.asarray(modes_along(system, modes, part.reshape(modes.shape))).reshape(count, *noise.shape)
        rates[:, :, j] = (moved / np.where(seen, noise, 1.0))[:, seen].T
    assert np.linalg.eigvals(rates).real.max() < 1e-9


# -- every rule, term by term -------------------------------------------------------------------------------------


class Waves:
    """A mean and a sum of plane waves, which differentiates itself."""

    def __init__(self, mean, *terms):
        self.mean, self.terms = mean, terms

    def __call__(self, x, y):
        return self.mean + sum(a * np.cos(k * x + m * y + phase) for a, k, m, phase in self.terms)

    def d(self, axis=0, times=1):
        turned = ((a * (k, m)[axis] ** times, k, m, p + times * math.pi / 2) for a, k, m, p in self.terms)
        return Waves(0.0, *turned)

    def laplace(self, power=1):
        return Waves(0.0, *((a * (-(k**2) - m**2) ** power, k, m, p) for a, k, m, p in self.terms))

    def hilbert(self):  # the factor i, for waves with k > 0
        return Waves(0.0, *((a, k, m, p + math.pi / 2) for a, k, m, p in self.terms))


def two_fields(length, dimensions, mean_u=0.7, mean_v=0.4):
    q, flat = 2 * math.pi / length, dimensions == 1
    u = Waves(mean_u, (0.3, q, 0.0, 0.2), (0.1, 2 * q, 0.0 if flat else q, 1.0), (0.1, q, 0.0 if flat else -q, 2.0))
    v = Waves(mean_v, (0.2, q, 0.0, 1.2), (0.1, q, 0.0 if flat else 2 * q, 0.3))
    return u, v


def flux(u, v):
    """The divergence of u grad v, at points."""
    return lambda *z: u.d(0)(*z) * v.d(0)(*z) + u.d(1)(*z) * v.d(1)(*z) + u(*z) * v.laplace()(*z)


def squared_slope(u):
    return lambda *z: u.d(0)(*z) ** 2 + u.d(1)(*z) ** 2


def reaction(f, name, u, v, du, dv, z):
    """The published right-hand sides, at points."""
    a, b = u(*z), v(*z)
    return {
        "AllenCahn": lambda: [f.epsilon**2 * du + a - a**3],
        "CahnHilliard": lambda: [
            (3 * a**2 - 1) * du + 6 * a * squared_slope(u)(*z) - f.gamma * u.laplace(2)(*z),
        ],
        "SwiftHohenberg": lambda: [f.r * a - a - 2 * du - u.laplace(2)(*z) + f.s * a**2 - a**3],
        "FisherKPP": lambda: [f.D * du + f.r * a * (1 - a)],
        "AdvectionDiffusion": lambda: [-f.c * u.d(0)(*z) + f.D * du],
        "SineGordon": lambda: [b, du - np.sin(a)],
        "PhiFour": lambda: [b, du + a - a**3],
        "SchnakenbergField": lambda: [
            du + f.gamma * (f.a - a + a**2 * b),
            f.d * dv + f.gamma * (f.b - a**2 * b),
        ],
        "BrusselatorField": lambda: [
            f.Du * du + f.A - (f.B + 1) * a + a**2 * b,
            f.Dv * dv + f.B * a - a**2 * b,
        ],
        "GrayScott": lambda: [
            f.Du * du - a * b**2 + f.F * (1 - a),
            f.Dv * dv + a * b**2 - (f.F + f.k) * b,
        ],
        "LambdaOmega": lambda: [
            f.D * du + (1 - a**2 - b**2) * a + f.beta * (a**2 + b**2) * b,
            f.D * dv - f.beta * (a**2 + b**2) * a + (1 - a**2 - b**2) * b,
        ],
        "FitzHughNagumoField": lambda: [
            du + (a - a**3 / 3 - b) / f.epsilon,
            f.epsilon * (a + f.beta - f.gamma * b),
        ],
        "KellerSegel": lambda: [
            f.D * du - f.chi * flux(u, v)(*z) + f.r * a * (1 - a),
            dv + a - b,
        ],
        "Wildfire": lambda: [
            f.k * du - f.wind * u.d(0)(*z) + f.A * (b * np.exp(-f.B / np.maximum(a - f.Ta, 1e-9)) - f.C * (a - f.Ta)),
            -f.Cs * b * np.exp(-f.B / np.maximum(a - f.Ta, 1e-9)),
        ],
    }[name]()


@pytest.mark.parametrize("dimensions", [1, 2])
@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("AdvectionDiffusion", {}),
        ("AllenCahn", {}),
        ("CahnHilliard", {}),
        ("SwiftHohenberg", {"s": 0.7}),
        ("FisherKPP", {"r": 0.8, "D": 1.3}),
        ("SineGordon", {}),
        ("PhiFour", {}),
        ("SchnakenbergField", {"gamma": 1.4}),
        ("BrusselatorField", {"Du": 0.9}),
        ("GrayScott", {}),
        ("LambdaOmega", {"beta": 0.8}),
        ("FitzHughNagumoField", {}),
        ("KellerSegel", {"r": 0.6}),
        ("Wildfire", {"wind": 0.3}),
    ],
)
def test_rule(name, changes, dimensions):
    system = CATALOGUE[name](n=24, length=7.0, dimensions=dimensions, **changes)
    u, v = two_fields(7.0, dimensions)
    if name == "Wildfire":
        u = Waves(900.0, *((300 * a, *rest) for a, *rest in u.terms))
        # the exponential is not a trigonometric polynomial: compared on the grid, where it is evaluated
    x = np.asarray(system.grid)
    z = (x, 0.0) if dimensions == 1 else (x[:, None], x[None, :])
    wanted = reaction(system, name, u, v, u.laplace()(*z), v.laplace()(*z), z)
    state = system.state(*(w(*z) for w in (u, v)[: system.components]))
    got = np.asarray(field(system, state)).reshape(len(wanted), -1)
    for part, want in zip(got, wanted):
        np.testing.assert_allclose(part, np.ravel(want), atol=1e-10 * (1 + np.abs(want).max()))


@pytest.mark.parametrize("name", ["Burgers", "KortewegDeVries", "Kawahara", "Nikolaevskiy", "BenjaminOno"])
def test_rule_of_waves(name):
    f = CATALOGUE[name](n=32, length=7.0)
    u, _ = two_fields(7.0, 1)
    z = (np.asarray(f.grid), 0.0)
    steep = -u(*z) * u.d()(*z)
    wanted = {
        "Burgers": lambda: steep + f.nu * u.d(times=2)(*z),
        "KortewegDeVries": lambda: f.a * steep - f.b * u.d(times=3)(*z),
        "Kawahara": lambda: steep - f.alpha * u.d(times=3)(*z) + f.beta * u.d(times=5)(*z),
        "Nikolaevskiy": lambda: steep + (1 - f.r) * u.d(times=2)(*z) + 2 * u.d(times=4)(*z) + u.d(times=6)(*z),
        "BenjaminOno": lambda: steep - u.d(times=2).hilbert()(*z),
    }[name]()
    np.testing.assert_allclose(field(f, jnp.asarray(u(*z))), wanted, atol=1e-9 * np.abs(wanted).max())


def test_rule_of_benjamin_bona_mahony():
    system = s.BenjaminBonaMahony(n=32, length=7.0)
    u, _ = two_fields(7.0, 1)
    z = (np.asarray(system.grid), 0.0)
    k = 2 * np.pi / 7 * np.arange(17)
    left = np.fft.irfft((1 + k**2) * np.fft.rfft(field(system, jnp.asarray(u(*z)))))
    np.testing.assert_allclose(left, -(1 + u(*z)) * u.d()(*z), atol=1e-11)


@pytest.mark.slow
@pytest.mark.parametrize("dimensions", [1, 2])
def test_rule_of_indirect_chemotaxis(dimensions):
    system = s.IndirectChemotaxis(n=24, length=7.0, dimensions=dimensions, tau=0.7, delta=1.3)
    u, v = two_fields(7.0, dimensions, mean_v=0.0)
    x = np.asarray(system.grid)
    z = (x, 0.0) if dimensions == 1 else (x[:, None], x[None, :])
    w = 0.9 - v.laplace()(*z)
    state = system.state(u(*z), w)
    np.testing.assert_allclose(system.signal(state), v(*z) + np.zeros(system.shape), atol=1e-12)
    got = np.asarray(field(system, state)).reshape(2, -1)
    np.testing.assert_allclose(got[0], np.ravel(u.laplace()(*z) - flux(u, v)(*z)), atol=1e-11)
    np.testing.assert_allclose(got[1], np.ravel((u(*z) - 1.3 * w) / 0.7), atol=1e-12)


def test_rule_of_navier_stokes():
    system = s.NavierStokesVorticity(n=24, length=7.0, waves=3, alpha=0.2, F=0.9)
    q = 2 * math.pi / 7
    stream = Waves(0.0, (0.4, q, 0, 0.3), (0.3, q, 2 * q, 1.0), (0.2, 2 * q, -q, 2.0), (0.3, 0, 2 * q, 0.7))
    x = np.asarray(system.grid)
    z = (x[:, None], x[None, :])
    w, u, v = stream.laplace(), stream.d(1)(*z), -stream.d(0)(*z)  # w is minus the vorticity
    wanted = u * w.d(0)(*z) + v * w.d(1)(*z) - 0.05 * w.laplace()(*z) + 0.2 * w(*z) - 0.9 * 3 * q * np.cos(3 * q * z[1])
    state = system.state(-w(*z))
    np.testing.assert_allclose(field(system, state), np.ravel(wanted), atol=1e-11)
    np.testing.assert_allclose(system.velocity(state), np.stack([u + 0 * v, v + 0 * u]), atol=1e-12)


@pytest.mark.slow
def test_large_grids_agree():
    # the same smooth field on 24 and on 256 points a side
    for make in (s.NavierStokesVorticity, s.GrayScott):
        coarse, fine = make(n=32), make(n=256)
        q = 2 * math.pi / float(coarse.length)
        got = []
        for system in (coarse, fine):
            x = np.asarray(system.grid)
            pair = [w(x[:, None], x[None, :]) for w in two_fields(2 * math.pi / q, 2)]
            slope = field(system, system.state(*pair[: system.components]))
            got.append(np.asarray(system.fields(slope)))
        np.testing.assert_allclose(got[1][..., ::8, ::8], got[0], atol=1e-9)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: s.GrayScott(n=4), "GrayScott needs at least 8 grid points; got n=4"),
        (lambda: s.GrayScott(dimensions=3), "one dimension or two; got dimensions=3"),
        (lambda: s.ComplexGinzburgLandau(dimensions=3), "one dimension or two"),
        (lambda: s.NavierStokesVorticity(waves=11), "waves < n / 3; got waves=11, n=32"),
        (lambda: s.HeatRod(n=3), "HeatRod needs at least 8 grid points"),
    ],
)
def test_refused(make, sentence):
    with pytest.raises(CocycleError, match=sentence):
        make()
