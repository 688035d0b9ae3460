"""Lyapunov exponents: the published values against ours, the zero exponent, and the exact sum."""

import jax
import numpy as np
import pytest

import cocycle as cc
from cocycle.systems import CATALOGUE, Logistic, StandardMap

# Short runs in the fast suite: the published values within our error bars.
QUICK = {
    "Lorenz63": 600.0,
    "Rossler": 600.0,
    "SprottB": 600.0,
    "Henon": 20_000.0,
    "Logistic": 20_000.0,
    "Ikeda": 20_000.0,
}
# How many exponents are worth the time, where it is not all of them.
FEWER = {"Lorenz96": 1, "KuramotoSivashinsky": 9}
LONG = {name: 5000.0 for name in CATALOGUE} | {"Lorenz96": 500.0, "KuramotoSivashinsky": 500.0}


def _spectrum(name, periods):
    system = CATALOGUE[name]()
    key = jax.random.key(0) if isinstance(system, cc.StochasticFlow) else None
    return cc.measure.lyapunov_spectrum(system, k=FEWER.get(name), periods=periods, key=key)


def _known(source=None):
    names = [name for name, cls in CATALOGUE.items() if "lyapunov" in cls.card.known]
    return [n for n in names if source is None or CATALOGUE[n].card.known["lyapunov"].source is source]


def _compare(name, got):
    known = CATALOGUE[name].card.known["lyapunov"]
    value = np.asarray(known.value)
    count = min(len(value), len(got.value))
    allowed = known.tol + 4 * got.stderr[:count]
    assert (np.abs(got.value[:count] - value[:count]) <= allowed).all(), (name, got.value, got.stderr, value)
    assert (got.stderr[:count] <= 0.1 * (0.2 + np.abs(value[:count]))).all(), "error bars too wide to say anything"


def _sum_is_the_mean_divergence(name, got):
    """Where the divergence is constant and all exponents were computed."""
    card = CATALOGUE[name].card
    if not got.diagnostics["complete"]:
        return
    for key, total in (("divergence", lambda v: v), ("determinant", lambda v: np.log(abs(v)))):
        if key in card.known and len(got.value) == CATALOGUE[name]().dim:
            exact = total(card.known[key].value)
            slack = 1e-6 * (1 + np.abs(got.value).max()) + 2 * got.diagnostics["discretisation_error"].sum()
            assert abs(got.value.sum() - exact) <= slack, (name, got.value.sum(), exact)


@pytest.mark.parametrize("name", QUICK)
def test_quick(name):
    got = _spectrum(name, QUICK[name])
    _compare(name, got)
    _sum_is_the_mean_divergence(name, got)
    if name in ("Lorenz63", "Rossler", "SprottB"):  # the direction of the flow neither grows nor shrinks
        assert abs(got.value[1]) <= 3 * got.stderr[1] + 2e-3


def test_van_der_pol_has_a_zero_and_a_negative_exponent():
    # on the cycle the sum is the mean of mu (1 - x^2), by quadrature along it
    got = cc.measure.lyapunov_spectrum(CATALOGUE["VanDerPol"](), periods=300)
    cycle = cc.trajectory(CATALOGUE["VanDerPol"](), 6.6632868593 * 20, dt=6.6632868593 / 500, transient=60.0)
    mean = float(np.mean(1 - np.asarray(cycle.states)[:-1, 0] ** 2))
    assert abs(got.value[0]) < 3 * got.stderr[0] + 1e-4
    assert got.value[1] == pytest.approx(mean, abs=3 * got.stderr[1] + 1e-4)


def test_logistic_cycle():
    # of the stable two-cycle: ln |4 + 2r - r^2| / 2
    got = cc.measure.lyapunov_spectrum(Logistic(r=3.2), periods=2000)
    assert got.value[0] == pytest.approx(np.log(abs(4 + 6.4 - 3.2**2)) / 2, abs=1e-6)


def test_standard_map_at_strong_kicks():
    # Chirikov: ln(K / 2) far above the threshold
    got = cc.measure.lyapunov_spectrum(StandardMap(K=30.0), periods=50_000)
    assert got.value[0] == pytest.approx(np.log(15.0), abs=0.02)
    assert got.value.sum() == pytest.approx(0.0, abs=1e-9)


@pytest.mark.slow
def test_lorenz96_dimension():
    known = CATALOGUE["Lorenz96"].card.known["kaplan_yorke"]
    got = cc.measure.kaplan_yorke_dimension(cc.measure.lyapunov_spectrum(CATALOGUE["Lorenz96"](), periods=300))
    assert abs(float(got) - known.value) <= known.tol + 3 * got.stderr
