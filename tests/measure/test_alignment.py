"""SALI and GALI against exact decays, the power laws of tori and the exponents of chaotic orbits."""

import jax.numpy as jnp
import numpy as np
import pytest

import cocycle as cc
from cocycle.core import HamiltonianFlow
from cocycle.measure import alignment, lyapunov_spectrum

GOLDEN = np.log((3 + np.sqrt(5)) / 2)


@cc.map(x0=[0.1, 0.4])
def shear(n, x):
    return (x[0] + x[1]) % 1.0, x[1]


@cc.map(x0=[0.3, 0.2, 0.1, 0.4])
def two_cats(n, x):
    return (2 * x[0] + x[1]) % 1.0, (x[0] + x[1]) % 1.0, (2 * x[2] + x[3]) % 1.0, (x[2] + x[3]) % 1.0


class Springs(HamiltonianFlow):
    """Three hardening springs that do not know of each other: every orbit lies on a torus of three dimensions."""

    def default_state(self):
        return jnp.array([1.0, 0.8, 0.6, 0.0, 0.3, 0.5])

    def hamiltonian(self, q, p):
        return jnp.sum(p**2 / 2 + jnp.array([1.0, 1.7, 0.6]) * q**2 / 2 + q**4 / 4)


def slope(found, column, against=np.log, start=8):
    """Of log GALI beyond the first 1/32 of the time."""
    times, logs = found.diagnostics["times"][start:], found.diagnostics["log_gali"][start:, column]
    return np.polyfit(against(times), logs, 1)[0]


def test_cat_map_aligns_at_the_difference_of_its_exponents_far_below_round_off():
    found = alignment(cc.systems.ArnoldCat(), time=5120)
    assert slope(found, 0, np.asarray) == pytest.approx(-2 * GOLDEN, rel=1e-9)
    # area 1, both vectors along the unstable direction: GALI_2 = exp(-2 GOLDEN n) / (cosines to that direction)
    assert float(found) < -4000 and abs(float(found) + 2 * GOLDEN * 5120 / np.log(10)) < 3
    assert found.diagnostics["decision"] == "chaotic"
    np.testing.assert_allclose(np.diff(found.diagnostics["log_growth"][5:]), 20 * GOLDEN, rtol=1e-9)


def test_the_first_steps_are_those_of_the_vectors_themselves():
    """Directly: the matrix power on two orthonormal vectors, the sine of their angle, and the shorter diagonal."""
    found = alignment(cc.systems.ArnoldCat(), time=512, dt=1.0)
    matrix, logs, shorter = np.array([[1.0, 1.0], [1.0, 2.0]]), [], []
    for seed in range(4):
        pair = np.linalg.qr(np.random.default_rng(seed).normal(size=(2, 2)))[0]
        for _ in range(2):  # one point of the history is two steps
            pair = matrix @ pair
        unit = pair / np.linalg.norm(pair, axis=0)
        logs.append(np.log(abs(np.linalg.det(unit))))
        shorter.append(min(np.linalg.norm(unit[:, 0] + s * unit[:, 1]) for s in (1, -1)))
    assert found.diagnostics["log_gali"][1, 0] == pytest.approx(np.mean(logs), rel=1e-9)
    sine = np.exp(np.mean(logs))
    assert found.diagnostics["sali"][1] == pytest.approx(2 * np.sin(np.arcsin(sine) / 2), rel=1e-9)
    assert found.stderr[0] > 0


def test_sheared_and_standard_map_fall_by_the_square_of_time():
    found = alignment(shear(), time=25_600)
    assert slope(found, 0) == pytest.approx(-2.0, abs=0.01)
    assert found.diagnostics["decision"] == "regular"
    island = alignment(cc.systems.StandardMap(), x0=[np.pi + 0.3, 0.1], time=25_600, decide=True)
    assert slope(island, 0, start=128) == pytest.approx(-2.0, abs=0.15)
    sea = alignment(cc.systems.StandardMap(K=10.0), x0=[0.3, 0.2], time=5120, decide=True)
    assert sea.diagnostics["decision"] == "chaotic"
    assert slope(sea, 0, np.asarray) == pytest.approx(-2 * np.log(5.0), rel=0.03)  # [@chirikov1979]: ln(K / 2)


def test_henon_heiles_chaotic_orbit_falls_with_its_exponents():
    """The orbit of [@skokos2007], section 3: exponents l, 0, 0, -l, so GALI_2,3,4 fall at l, 2 l and 4 l."""
    found = alignment(cc.systems.HenonHeiles(), x0=[0.0, -0.25, 0.42081, 0.0], k=4, time=5000.0, decide=True)
    assert found.diagnostics["decision"] == "chaotic"
    spectrum = lyapunov_spectrum(cc.systems.HenonHeiles(), x0=[0.0, -0.25, 0.42081, 0.0], time=5000.0, k=1)
    times, logs = found.diagnostics["times"], found.diagnostics["log_gali"]
    rates = -(logs[-1]) / times[-1]
    np.testing.assert_allclose(rates, spectrum.value[0] * np.array([1, 2, 4]), rtol=0.1)
    assert 0.03 < spectrum.value[0] < 0.06  # [@skokos2007]: about 0.047


def test_henon_heiles_regular_orbit_has_the_power_laws_of_a_torus():
    """The ordered orbit of [@skokos2007], section 3: GALI_2 constant, GALI_3 as t^-2, GALI_4 as t^-4."""
    found = alignment(cc.systems.HenonHeiles(), x0=[0.0, 0.1, 0.49058, 0.0], k=4, time=20_000.0, decide=True)
    assert found.diagnostics["decision"] == "regular"
    for column, power in enumerate((0.0, -2.0, -4.0)):
        assert slope(found, column) == pytest.approx(power, abs=0.3)
    assert found.diagnostics["sali"].min() > 0.01


def test_three_dimensional_torus():
    """[@skokos2007], Eq. 4.7: constant up to the dimension of the torus, t^{-2 (k - 3)} beyond."""
    found = alignment(Springs(), k=6, time=20_000.0, decide=True)
    for column, power in enumerate((0.0, 0.0, -2.0, -4.0, -6.0)):
        assert slope(found, column) == pytest.approx(power, abs=0.35)


def test_what_alignment_cannot_tell():
    cycle = alignment(cc.systems.VanDerPol(), periods=200)
    assert cycle.diagnostics["decision"] == "undecided" and "attracted" in cycle.diagnostics["reason"]
    with pytest.raises(cc.CocycleError, match="attracted"):
        alignment(cc.systems.VanDerPol(), periods=200, decide=True)
    with pytest.raises(cc.CocycleError, match="two largest exponents seem to be equal"):
        alignment(two_cats(), time=512, decide=True)
    with pytest.raises(cc.CocycleError, match="2 or more"):
        alignment(shear(), k=1)
    with pytest.raises(cc.CocycleError, match="k must lie between"):
        alignment(shear(), k=3)
