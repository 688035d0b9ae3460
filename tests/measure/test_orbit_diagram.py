"""Orbit diagrams against the windows and bifurcations that are known exactly."""

import jax.numpy as jnp
import numpy as np
import pytest

import cocycle as cc
from cocycle.evolve import poincare
from cocycle.measure import orbit_diagram


@cc.map(x0=[0.3])
def logistic(n, x, r=3.9):
    return r * x * (1 - x)


@cc.map(x0=[0.3])
def hysteretic(n, x, a=0.0):
    return a + jnp.tanh(2 * x)


@cc.map(x0=[0.1, 0.1])
def henon(n, x, a=1.4, b=0.3):
    return 1 - a * x[0] ** 2 + x[1], b * x[0]


def test_the_fixed_point_and_the_cycle_of_two_are_exact():
    diagram = orbit_diagram(logistic(), "r", [2.8, 3.3], steps=32)
    assert diagram.points.shape == (2, 32, 1)
    assert diagram.points[0] == pytest.approx(1 - 1 / 2.8, abs=1e-12)
    r = 3.3
    cycle = (r + 1 + np.array([-1, 1]) * np.sqrt((r - 3) * (r + 1))) / (2 * r)
    assert np.unique(diagram.points[1].round(10)) == pytest.approx(cycle, abs=1e-9)


def test_periods_in_the_windows_of_the_logistic_map():
    """Doublings at 3, 1 + sqrt 6 and 3.54409; three at 1 + sqrt 8, again doubled at 3.8415."""
    r = [2.95, 3.05, 3.44, 3.46, 3.54, 3.55, 3.8280, 3.8289, 3.845, 4.0]
    diagram = orbit_diagram(logistic(), "r", r, steps=200, transient=20_000)
    assert diagram.periods().tolist() == [1, 2, 2, 4, 4, 8, 0, 3, 6, 0]


def test_blocks_of_values_are_put_together_in_order():
    r = np.linspace(1.5, 2.9, 5000)
    assert orbit_diagram(logistic(), "r", r, steps=1).points[:, 0, 0] == pytest.approx(1 - 1 / r, abs=1e-9)


def test_an_orbit_that_escapes_is_marked_and_the_others_stay():
    diagram = orbit_diagram(logistic(), "r", [3.2, 4.5], steps=8)
    assert diagram.bounded.tolist() == [True, False]
    assert np.isnan(diagram.points[1]).all()
    assert diagram.periods(longest=4).tolist() == [2, 0]
    with pytest.raises(cc.core.NumericalError, match="leaves for infinity"):
        orbit_diagram(logistic(), "r", [4.5, 5.0])


def test_following_an_attractor_shows_hysteresis():
    """Folds at |a| = tanh(2 x) - x with tanh(2 x)^2 = 1/2."""
    fold = np.sqrt(0.5) - np.arctanh(np.sqrt(0.5)) / 2
    up = np.linspace(-1, 1, 401)
    rising = orbit_diagram(hysteretic(), "a", up, steps=1, x0=[-1.5], follow=True).points[:, 0, 0]
    falling = orbit_diagram(hysteretic(), "a", up[::-1], steps=1, x0=[1.5], follow=True).points[::-1, 0, 0]
    assert up[np.argmax(rising > 0)] == pytest.approx(fold, abs=0.006)
    assert up[np.argmax(falling > 0)] == pytest.approx(-fold, abs=0.006)


@pytest.mark.slow
def test_a_differential_equation_enters_by_its_returns():
    """The doublings of Rossler's equations with a = b = 0.2: one turn at c = 2.5, two at 3.5, four at 4."""
    returns = poincare(cc.systems.Rossler(), ("x", 0.0), direction=1)
    diagram = orbit_diagram(returns, "c", [2.5, 3.5, 4.0], steps=16, transient=150)
    assert diagram.periods(longest=8, tolerance=1e-4).tolist() == [1, 2, 4]


def test_two_variables_and_the_picture():
    diagram = orbit_diagram(henon(), "a", [0.2, 0.5, 1.4], steps=100)
    assert diagram.periods().tolist() == [1, 2, 0]
    figure = diagram.plot("x1")
    assert figure.layout.xaxis.title.text == "a" and figure.layout.yaxis.title.text == "x1"


def test_misuse_is_explained():
    with pytest.raises(cc.core.CocycleError, match="no parameter 's'; it has: r"):
        orbit_diagram(logistic(), "s", [1.0])
    with pytest.raises(cc.core.NotApplicableError, match="pass its returns"):
        orbit_diagram(cc.systems.Rossler(), "c", [1.0])
    with pytest.raises(cc.core.DataError, match="finite numbers"):
        orbit_diagram(logistic(), "r", [1.0, np.nan])
    with pytest.raises(cc.core.CocycleError, match="shape \\(1,\\)"):
        orbit_diagram(logistic(), "r", [1.0], x0=[0.1, 0.2])
    with pytest.raises(cc.core.CocycleError, match="longest must lie between"):
        orbit_diagram(logistic(), "r", [3.2], steps=8).periods()
