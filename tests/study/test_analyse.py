"""The fitted model under instruments: exact answers for systems whose answers are known."""

import jax.numpy as jnp
import numpy as np
import pytest

import cocycle as cc
from cocycle.core import Trajectory
from cocycle.learn import AR
from cocycle.study._analyse import fixed_points, stability, starts_of


@cc.map(x0=[0.3])
def quadratic(n, x, r=3.2):
    return (r * x[0] * (1 - x[0]),)


@cc.flow(x0=[1.0, 0.0])
def spiral(t, x, a=-0.1, b=2.0):
    return a * (x[0] - 1.0) - b * (x[1] - 2.0), b * (x[0] - 1.0) + a * (x[1] - 2.0)


def search(system, starts, low, high, dt=1.0):
    return fixed_points(system, np.asarray(starts, float), dt=dt, low=np.asarray(low), high=np.asarray(high))


def test_both_fixed_points_of_the_logistic_map_with_their_multipliers():
    points, sentence = search(quadratic(), np.linspace(0.05, 0.95, 7)[:, None], [0.1], [0.9])
    found = sorted(float(p["state"][0]) for p in points)
    np.testing.assert_allclose(found, [0.0, 1 - 1 / 3.2], atol=1e-9)
    multipliers = {round(float(p["state"][0]), 6): p["multipliers"][0] for p in points}
    np.testing.assert_allclose(multipliers[0.0], [3.2, 0.0], atol=1e-9)  # f' = r (1 - 2 x)
    np.testing.assert_allclose(multipliers[0.6875], [2 - 3.2, 0.0], atol=1e-8)
    assert "2 distinct" in sentence


def test_the_fixed_point_of_a_linear_flow_is_exact_and_its_multipliers_are_exponentials():
    points, _ = search(spiral(), [[0.0, 0.0], [5.0, -3.0]], [0.0, 1.0], [2.0, 3.0], dt=0.25)
    assert len(points) == 1
    np.testing.assert_allclose(points[0]["state"], [1.0, 2.0], atol=1e-12)
    expected = np.exp((-0.1 + 2.0j) * 0.25)
    np.testing.assert_allclose(
        np.abs(np.array(points[0]["multipliers"][0])), [expected.real, expected.imag], atol=1e-12
    )
    assert points[0]["stability"] == "stable focus" and points[0]["inside"]


def test_a_fitted_linear_map_has_the_fixed_point_of_its_process():
    # x' - m = A (x - m) without noise: the fit is exact, so is the fixed point
    rotation = 0.9 * np.array([[np.cos(0.3), -np.sin(0.3)], [np.sin(0.3), np.cos(0.3)]])
    x = np.empty((120, 2))
    x[0] = [3.0, 1.0]
    for i in range(119):
        x[i + 1] = [2.0, -1.0] + rotation @ (x[i] - [2.0, -1.0])
    data = Trajectory.from_numpy(x)
    model = AR(order=1).fit(data)
    points, _ = search(model, starts_of(model, data, 10), x.min(axis=0), x.max(axis=0))
    assert len(points) == 1 and points[0]["stability"] == "stable focus"
    np.testing.assert_allclose(points[0]["state"], [2.0, -1.0], atol=1e-6)
    np.testing.assert_allclose(np.hypot(*points[0]["multipliers"][0]), 0.9, atol=1e-6)


@pytest.mark.parametrize(
    ("multipliers", "kind"),
    [
        ([0.5, 0.2], "stable node"),
        ([0.5 + 0.5j, 0.5 - 0.5j], "stable focus"),
        ([1.5, 1.1], "unstable node"),
        ([1.5, 0.5], "saddle (1 unstable direction)"),
        ([1.5, 1.2, 0.1], "saddle (2 unstable directions)"),
        ([1.0, 0.2], "neutral"),
    ],
)
def test_stability_has_its_standard_name(multipliers, kind):
    assert stability(np.array(multipliers)) == kind


def test_none_is_found_where_there_is_none():
    @cc.map(x0=[0.0])
    def drift(n, x):
        return (x[0] + 1.0 + 0.1 * jnp.sin(x[0]) ** 2,)

    points, sentence = search(drift(), [[0.0], [1.0], [7.0]], [0.0], [10.0])
    assert points == [] and "found none" in sentence
