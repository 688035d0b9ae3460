"""Diffusion barriers and vorticity deviation against closed forms, and the same from frames that turn and move."""

import jax.numpy as jnp
import numpy as np
import pytest
from scipy.integrate import quad, solve_ivp
from scipy.optimize import brentq

import cocycle as cc
from cocycle.measure import diffusion_barriers, lagrangian_averaged_vorticity_deviation
from cocycle.systems import DoubleGyre

UNIT = ((-1.0, 1.0), (-1.0, 1.0))
WIDE = ((-2.0, 2.0), (-2.0, 2.0))


@cc.flow(x0=[0.1, 0.2])
def saddle(t, x, a=0.7):
    return a * x[0], -a * x[1]


@cc.flow(x0=[0.0, 0.3])
def parallel(t, x):  # a stream along x: u = sin(2 y), without shear at y = +- pi/4
    return jnp.sin(2 * x[1]), 0.0 * x[0]


@cc.flow(x0=[0.5, 0.0])
def gaussian(t, x):  # the stream lines are circles; angular velocity exp(-r^2), vorticity 2 (1 - r^2) exp(-r^2)
    turn = jnp.exp(-(x[0] ** 2) - x[1] ** 2)
    return -turn * x[1], turn * x[0]


# -- the averaged transport tensor ----------------------------------------------------------------------------------


@pytest.mark.parametrize("time", [1.5, -1.5])
def test_steady_strain_in_closed_form(time):
    found = diffusion_barriers(saddle(), UNIT, 3, time, diffusion=[[2.0, 0.3], [0.3, 1.0]])
    # F = diag(e^{at}, e^{-at}): T = [[2 e^{-2at}, 0.3], [0.3, e^{2at}]], averaged over the time
    mean = np.expm1(2 * 0.7 * time) / (2 * 0.7 * time), -np.expm1(-2 * 0.7 * time) / (2 * 0.7 * time)
    exact = np.array([[2 * mean[1], 0.3], [0.3, mean[0]]])
    np.testing.assert_allclose(found.tensor, np.broadcast_to(exact, (3, 3, 2, 2)), rtol=1e-7)
    np.testing.assert_allclose(found.field, np.trace(exact), rtol=1e-7)
    np.testing.assert_allclose(found.transports, np.broadcast_to(np.linalg.eigvalsh(exact), (3, 3, 2)), rtol=1e-7)
    assert found.stderr < 1e-6
    turned = np.array([[0.0, -1.0], [1.0, 0.0]])
    np.testing.assert_allclose(found.cauchy_green[0, 0], turned.T @ exact @ turned, rtol=1e-7)
    assert len(found.ridges().points) == 0  # the same everywhere


@pytest.mark.slow
def test_parallel_shear_is_least_crossed_where_it_vanishes():
    found = diffusion_barriers(parallel(), UNIT, (3, 81), 4.0)
    y = found.points[..., 1]
    rate = 2 * np.cos(2 * y)
    np.testing.assert_allclose(found.field, 2 + rate**2 * 16 / 3, rtol=1e-7)  # F = [[1, kt], [0, 1]]
    exact = np.stack([np.stack([1 + rate**2 * 16 / 3, -rate * 2], -1), np.stack([-rate * 2, 1 + 0 * y], -1)], -1)
    np.testing.assert_allclose(found.tensor, exact, rtol=1e-6, atol=1e-8)
    # across a line y = const (normal e_y) as much passes as without the flow; least of all directions without shear
    lowest = found.axes[1][np.argmin(found.field[1, 41:]) + 41]
    assert lowest == pytest.approx(np.pi / 4, abs=0.025)
    np.testing.assert_allclose(found.tensor[..., 1, 1], 1.0, rtol=1e-9)


def test_axisymmetric_vortex_in_closed_form():
    found = diffusion_barriers(gaussian(), WIDE, 33, 5.0)
    square = (found.points**2).sum(axis=-1)
    np.testing.assert_allclose(found.field, 2 + (2 * square * np.exp(-square)) ** 2 * 25 / 3, rtol=1e-6)
    np.testing.assert_allclose(np.linalg.det(found.covectors), 1.0, atol=1e-6)  # areas are kept
    # a circle of fluid stays a circle: along it C = 1 at all times
    along = np.stack([-found.points[..., 1], found.points[..., 0]], -1) / np.sqrt(np.maximum(square, 1e-12))[..., None]
    passed = np.einsum("...i,...ij,...j->...", along, found.cauchy_green, along)
    np.testing.assert_allclose(passed[square > 1e-9], 1.0, rtol=1e-6)


@pytest.mark.slow
def test_diffusion_that_varies_is_averaged_along_the_path():
    found = diffusion_barriers(saddle(), UNIT, 3, 2.0, t0=1.0, diffusion=lambda t, x: (1 + t * x[0] ** 2) * jnp.eye(2))
    x = found.points[2, 1, 0]

    def rate(s):  # s after the start, at t = 1 + s, x e^{as}
        return (1 + (1 + s) * x**2 * np.exp(1.4 * s)) * 2 * np.cosh(1.4 * s)

    assert found.field[2, 1] == pytest.approx(quad(rate, 0, 2)[0] / 2, rel=1e-7)


@pytest.mark.slow
def test_double_gyre_agrees_with_an_independent_reference():
    def gyre(t, z):
        x, y = z
        a = 0.25 * np.sin(2 * np.pi / 10 * t)
        f, slope = a * x**2 + (1 - 2 * a) * x, 2 * a * x + 1 - 2 * a
        return [-np.pi * 0.1 * np.sin(np.pi * f) * np.cos(np.pi * y),
                np.pi * 0.1 * np.cos(np.pi * f) * np.sin(np.pi * y) * slope]  # fmt: skip

    for t0, time in ((2.0, 6.0), (2.0, -6.0)):
        found = diffusion_barriers(DoubleGyre(), ((0.3, 1.7), (0.2, 0.8)), 3, time, t0=t0)
        times = np.linspace(t0, t0 + time, 2001)

        def path(point, times=times):
            return solve_ivp(gyre, (times[0], times[-1]), point, "DOP853", times, rtol=1e-12, atol=1e-13).y

        h = 1e-6
        for index in [(0, 1), (2, 2)]:
            ahead = [
                (path(found.points[index] + h * e) - path(found.points[index] - h * e)) / (2 * h) for e in np.eye(2)
            ]
            gradient = np.moveaxis(np.array(ahead), (0, 1, 2), (2, 1, 0))  # (time, i, j)
            inverse = np.linalg.inv(gradient)
            exact = np.trapezoid(inverse @ inverse.transpose(0, 2, 1), dx=1 / 2000, axis=0)
            np.testing.assert_allclose(found.tensor[index], exact, rtol=1e-5, atol=1e-5)


@pytest.mark.slow
def test_noise_is_its_own_diffusion():
    found = diffusion_barriers(cc.evolve.noisy(saddle(), 0.08), UNIT, 3, 1.0)
    plain = diffusion_barriers(saddle(), UNIT, 3, 1.0)
    np.testing.assert_allclose(found.field / plain.field, 0.08, rtol=1e-6)


# -- frames that turn and move --------------------------------------------------------------------------------------


@cc.flow(x0=[0.3, 0.2])
def seen_from_a_carousel(t, y, turn=0.9):
    """The double gyre in coordinates `y` with `x = Q(t) y + b(t)`, and `Q(0) = 1`, `b(0) = 0`."""
    gyre = DoubleGyre()
    angle, speed = turn * t + 0.2 * t**2, turn + 0.4 * t
    c, s = jnp.cos(angle), jnp.sin(angle)
    forth = jnp.array([[c, -s], [s, c]])
    shift, drift = jnp.array([jnp.sin(t), t**2 / 5]), jnp.array([jnp.cos(t), 2 * t / 5])
    velocity = jnp.asarray(gyre.vector_field(t, forth @ y + shift))
    return forth.T @ (velocity - drift) - speed * jnp.array([-y[1], y[0]])


@pytest.mark.slow
def test_all_observers_see_the_same_barriers_and_vortices():
    box = ((0.2, 1.8), (0.1, 0.9))
    fixed = diffusion_barriers(DoubleGyre(), box, 9, 4.0)
    moved = diffusion_barriers(seen_from_a_carousel(), box, 9, 4.0)
    assert np.abs(moved.images - fixed.images).max() > 1  # the paths are others
    np.testing.assert_allclose(moved.tensor, fixed.tensor, rtol=1e-6, atol=1e-6)
    fixed = lagrangian_averaged_vorticity_deviation(DoubleGyre(), box, 9, 4.0, samples=20)
    moved = lagrangian_averaged_vorticity_deviation(seen_from_a_carousel(), box, 9, 4.0, samples=20)
    assert np.abs(moved.vorticity - fixed.vorticity).min() > 1  # the vorticity is another
    np.testing.assert_allclose(moved.field, fixed.field, rtol=1e-6)


# -- vorticity deviation --------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_rigid_rotation_deviates_nowhere():
    @cc.flow(x0=[1.0, 0.0])
    def rigid(t, x):
        rate = 1 + jnp.sin(t)
        return -rate * x[1], rate * x[0]

    found = lagrangian_averaged_vorticity_deviation(rigid(), UNIT, 5, 3.0)
    np.testing.assert_allclose(found.mean, 2 * (1 + np.sin(found.times)), rtol=1e-12)
    assert np.abs(found.field).max() < 1e-12 and found.vortices() == []
    np.testing.assert_allclose(
        diffusion_barriers(rigid(), UNIT, 5, 3.0).tensor, np.eye(2) + np.zeros((5, 5, 2, 2)), atol=1e-7
    )


@pytest.mark.slow
def test_axisymmetric_vortex_ends_where_the_vorticity_is_the_mean():
    found = lagrangian_averaged_vorticity_deviation(gaussian(), WIDE, 65, 5.0, samples=4)
    square = (found.points**2).sum(axis=-1)
    exact = 2 * (1 - square) * np.exp(-square)
    # the circulation round the box over its area; the velocity along the side x = 2 is 2 exp(-4 - y^2)
    mean = 4 * quad(lambda y: 2 * np.exp(-4 - y**2), -2, 2)[0] / 16
    np.testing.assert_allclose(found.mean, mean, atol=2e-4)
    np.testing.assert_allclose(found.field, 5 * np.abs(exact - found.mean[0]), atol=1e-6)
    vortices = found.vortices(deficiency=0.01)
    core = vortices[0]  # of opposite sign, a ring of negative vorticity lies round it: no vortex, for it has a hole
    np.testing.assert_allclose(core.centre, 0.0, atol=1e-12)
    radius = np.hypot(*core.points.T)
    edge = brentq(lambda r: 2 * (1 - r**2) * np.exp(-(r**2)) - mean, 0.5, 1.2)
    assert radius.mean() == pytest.approx(edge, abs=0.05) and np.ptp(radius) < 0.05 and core.error <= 0.01
    assert all(loop.area < 0.2 for loop in vortices[1:])
    alone = lagrangian_averaged_vorticity_deviation(gaussian(), WIDE, 65, 5.0, samples=4, mean=0.0)
    square = (alone.points**2).sum(axis=-1)
    np.testing.assert_allclose(alone.field, 10 * np.abs(1 - square) * np.exp(-square), atol=1e-6)


@pytest.mark.slow
def test_mean_is_over_the_same_fluid_however_it_swells():
    """`x' = x^2` swells unevenly; the vorticity is `x`. The fluid fills `0 < x < 1 / (1 - t)`, mean half that."""

    @cc.flow(x0=[0.1, 0.2])
    def swelling(t, x):
        return x[0] ** 2, x[0] ** 2 / 2

    found = lagrangian_averaged_vorticity_deviation(swelling(), ((0.0, 1.0), (0.0, 1.0)), (201, 3), 0.5, samples=8)
    np.testing.assert_allclose(found.mean, 0.5 / (1 - found.times), rtol=1e-3)  # of particles it is less, 0.77 at last


@pytest.mark.slow
def test_three_dimensions():
    @cc.flow(x0=[0.1, 0.2, 0.3])
    def shears(t, x):  # each layer z slides along x and turns: vorticity (0, 2 z, 0)
        return x[2] ** 2, 0.0 * x[0], 0.0 * x[0]

    box = (*UNIT, (-1.0, 1.0))
    z = np.linspace(-1, 1, 5)
    found = lagrangian_averaged_vorticity_deviation(shears(), box, 5, 3.0, samples=4)
    assert found.vorticity.shape == (5, 5, 5, 3)
    np.testing.assert_allclose(found.field, np.broadcast_to(3 * np.abs(2 * z), (5, 5, 5)), atol=1e-9)
    strength = diffusion_barriers(shears(), box, 5, 3.0).field
    np.testing.assert_allclose(strength, np.broadcast_to(3 + (2 * z) ** 2 * 3, (5, 5, 5)), rtol=1e-7)
    with pytest.raises(cc.NotApplicableError, match="two dimensions"):
        found.vortices()


# -- contract -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_points_that_diverge_are_marked():
    @cc.flow(x0=[-1.0, 0.0])
    def blow_up(t, x):
        return x[0] ** 2, -x[1]

    box = ((-3.0, 1.0), (-1.0, 1.0))
    for found in (
        diffusion_barriers(blow_up(), box, (9, 3), 1.5),
        lagrangian_averaged_vorticity_deviation(blow_up(), box, (9, 3), 1.5, samples=4),
    ):
        np.testing.assert_array_equal(np.isnan(found.field), found.points[..., 0] >= 1 / 1.5)
        assert "diverge" in found.notes[0] and np.isfinite(found.stderr)


def test_misuse_is_explained():
    with pytest.raises(cc.NotApplicableError, match="not a Flow"):
        diffusion_barriers(cc.systems.Henon(), UNIT, 5, 1.0)
    with pytest.raises(cc.CocycleError, match="positive definite"):
        diffusion_barriers(saddle(), UNIT, 5, 1.0, diffusion=[[1.0, 2.0], [2.0, 1.0]])
    with pytest.raises(cc.CocycleError, match="noise of its own"):
        diffusion_barriers(cc.evolve.noisy(saddle(), 0.1), UNIT, 5, 1.0, diffusion=2.0)
    with pytest.raises(cc.CocycleError, match="other than 0"):
        lagrangian_averaged_vorticity_deviation(saddle(), UNIT, 5, 0.0)
    with pytest.raises(cc.CocycleError, match="4 divides"):
        lagrangian_averaged_vorticity_deviation(saddle(), UNIT, 5, 1.0, samples=6)
    with pytest.raises(cc.NotApplicableError, match="no vorticity"):
        lagrangian_averaged_vorticity_deviation(cc.systems.Henon(), UNIT, 5, 1.0)
