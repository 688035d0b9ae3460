"""A preset does what its name says: the name is a claim about the motion, checked on the motion."""

import jax
import numpy as np
import pytest

import cocycle as cc
from cocycle.core import Map, RandomMap, StochasticFlow
from cocycle.systems import CATALOGUE, get

CHAOTIC = {"chaotic", "turbulent", "hyperchaotic"}
RANDOM = (RandomMap, StochasticFlow)
REST = {"fixed point", "rest", "quiet", "excitable"}
# All presets take some ten minutes; these are looked at every time.
QUICK = {
    "Chialvo", "Duffing", "FitzHughNagumo", "Henon", "HindmarshRose", "Ikeda", "Logistic", "Lorenz63", "Lorenz84",
    "Rossler", "Rulkov", "VanDerPol",
}  # fmt: skip


def named(words, prefix=None, noisy=False):
    found = []
    for name in CATALOGUE:
        kind = get(name)
        if issubclass(kind, RANDOM) and not noisy:
            continue  # noise neither rests nor repeats
        for preset in kind.card.presets:
            if "transient-chaos" in kind.card.tags and preset in CHAOTIC:
                continue  # it ends
            bursts = (name, preset) == ("Rulkov", "bursting") and "chaotic" in words  # elsewhere bursts are regular
            if preset in words or bursts or (prefix and preset.startswith(prefix)):
                marks = [] if name in QUICK else [pytest.mark.slow]
                found.append(pytest.param(kind, preset, marks=marks, id=f"{name}-{preset}"))
    return found


def settled(system, periods):
    """Samples on the attractor."""
    if isinstance(system, Map):
        return np.asarray(cc.trajectory(system, 64.0 * float(system.dt), transient=2e4 * float(system.dt)).states)
    scale = cc.evolve.time_scale(system)
    return np.asarray(cc.trajectory(system, periods * scale.period, transient=1500 * scale.period).states)


@pytest.mark.parametrize(("kind", "preset"), named(CHAOTIC, noisy=True))
def test_chaotic_presets_have_a_positive_exponent(kind, preset):
    system = kind.preset(preset)
    options: dict = {"time": 2e5} if isinstance(system, Map) else {}
    options |= {"key": jax.random.key(0)} if isinstance(system, RANDOM) else {}
    found = cc.measure.lyapunov_spectrum(system, k=1 if preset != "hyperchaotic" else 2, **options)
    if not found.value[0] > 4 * found.stderr[0] and not isinstance(system, Map):  # weak chaos takes longer
        found = cc.measure.lyapunov_spectrum(system, k=len(found.value), periods=16_000, **options)
    value, error = np.asarray(found.value), np.asarray(found.stderr)
    assert value[0] > 4 * error[0]
    if preset == "hyperchaotic":
        assert value[1] > 2 * error[1]


@pytest.mark.parametrize(("kind", "preset"), named(REST))
def test_presets_at_rest_come_to_rest(kind, preset):
    states = settled(kind.preset(preset), 5)
    assert np.ptp(states, axis=0).max() < 1e-6 * (1 + np.abs(states).max())


@pytest.mark.parametrize(("kind", "preset"), named(set(), "period"))
def test_periodic_presets_repeat(kind, preset):
    system = kind.preset(preset)
    states = settled(system, 40)
    if isinstance(system, Map):
        period = int(preset.split()[1])
        np.testing.assert_allclose(states[period:], states[:-period], atol=1e-6)
        for shorter in range(1, period):
            if period % shorter == 0:
                assert np.abs(states[shorter:] - states[:-shorter]).max() > 1e-3
        return
    found = cc.measure.lyapunov_spectrum(system, k=2)
    value = np.asarray(found.value) * cc.evolve.time_scale(system).period
    if system.forcing_period is None:
        assert abs(value[0]) < 5e-3  # the phase neither grows nor shrinks
        assert value[1] < 1e-3
        assert np.ptp(states, axis=0).max() > 1e-3
    else:
        assert value[0] < -1e-3
