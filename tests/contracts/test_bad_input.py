"""What measures say to bad input beyond the data that `check_measure` tries: systems, options, other functions."""

import inspect
import re
from functools import partial

import numpy as np
import pytest

import cocycle as cc
from cocycle import measure as m
from cocycle.testing import bad_inputs, reference_data

HENON, LORENZ = cc.systems.Henon(), cc.systems.Lorenz63()
BOX = ((-1.0, 1.0), (-0.2, 0.2))
CUBE = ((-1.0, 1.0),) * 3
OF_FLOWS = {"diffusion_barriers", "lagrangian_averaged_vorticity_deviation", "master_stability_function"}
OF_SYSTEMS = {  # how each is asked; whatever it takes is then given wrongly
    "alignment": m.alignment,
    "conditional_exponents": partial(m.conditional_exponents, response=["x"]),
    "covariant_vectors": m.covariant_vectors,
    "diffusion_barriers": partial(m.diffusion_barriers, box=CUBE, resolution=3),
    "expansion_entropy": partial(m.expansion_entropy, box=BOX),
    "finite_time_exponents": m.finite_time_exponents,
    "ftle_field": partial(m.ftle_field, box=BOX, resolution=4),
    "kaplan_yorke_dimension": m.kaplan_yorke_dimension,
    "lagrangian_averaged_vorticity_deviation": partial(
        m.lagrangian_averaged_vorticity_deviation, box=CUBE, resolution=3
    ),
    "lyapunov_spectrum": m.lyapunov_spectrum,
    "master_stability_function": partial(m.master_stability_function, coupling=np.eye(3), alphas=[0.0]),
    "orbit_diagram": partial(m.orbit_diagram, parameter="a", values=[1.0]),
    "predictability_horizon": m.predictability_horizon,
}
NAN, INF = float("nan"), float("inf")
NO_SYSTEMS = {
    "an array": (np.zeros((500, 3)), "take a measure of data"),
    "a recording": (cc.Trajectory(np.arange(5.0), np.zeros((5, 1))), "take a measure of data"),
    "a class": (cc.systems.Lorenz63, "Call it"),
    "a function": (len, "Make a system of it"),
    "None": (None, "Expected a System; got None"),
}
WRONG = {  # argument -> its wrong values, and what the sentence names
    "k": [(7, "k "), (0, "k"), (-1, "k"), (1.5, "k"), ("2", "k")],
    "time": [(0.0, "time"), (NAN, "time"), (INF, "time"), ("long", "time")],
    "periods": [(-3.0, "periods"), (NAN, "periods"), (INF, "periods")],
    "transient": [(-5.0, "transient"), (NAN, "transient"), ("none", "transient")],
    "t0": [(NAN, "t0"), ("noon", "t0")],
    "samples": [(5, "samples"), (0, "samples"), ("many", "samples")],
    "steps": [(0, "steps"), (INF, "steps"), (1.5, "steps")],
    "dt": [(-0.1, "dt"), (0.0, "dt"), (NAN, "dt")],
    "x0": [([1.0, 2.0, 3.0, 4.0, 5.0], "x0.*shape"), ("here", "x0"), ([[0.1, 0.1]], "x0.*shape")],
    "solver": [("RK4", "solver"), (cc.evolve.Tsit5, "Call it")],
    "key": [(3, "jax.random.key")],
}


def system_for(name):
    return LORENZ if name in OF_FLOWS else HENON


def said(call):
    """The sentence; anything but a `CocycleError` is a fault of the library."""
    with pytest.raises(cc.CocycleError) as caught:
        call()
    sentence = str(caught.value)
    assert len(sentence) > 25 and "0x" not in sentence and not re.search(r"\b_[A-Z]", sentence), sentence
    return sentence


@pytest.mark.parametrize("name", sorted(OF_SYSTEMS))
def test_measures_of_systems_refuse_bad_input_with_a_sentence(name):
    ask, system = OF_SYSTEMS[name], system_for(name)
    takes = inspect.signature(getattr(m, name)).parameters
    for given, words in NO_SYSTEMS.values():
        assert words in said(lambda given=given: ask(given))
    for argument, cases in WRONG.items():
        for value, words in cases if argument in takes else ():
            sentence = said(lambda value=value, argument=argument: ask(system, **{argument: value}))
            assert re.search(words, sentence), f"{argument}={value!r}: {sentence}"
    if "time" in takes and "resolution" not in takes:  # there a negative time is backward
        assert "time" in said(lambda: ask(system, time=-100.0))
    if "periods" in takes:
        assert "not both" in said(lambda: ask(system, time=100.0, periods=3.0))
    if "x0" in takes:
        assert "not finite" in said(lambda: ask(system, x0=np.full(system.dim, NAN)))
    with pytest.raises(TypeError, match="tiem"):  # Python's own sentence names the keyword
        ask(system, tiem=100.0)


def test_every_measure_of_systems_is_asked():
    systems = {name for name in m.__all__ if "system" in inspect.signature(getattr(m, name)).parameters}
    assert systems == set(OF_SYSTEMS)


NO_ESTIMATES = {  # of data too, though they return no estimate
    "aaft": m.aaft, "embed": partial(m.embed, delay=1, dimension=3), "hilbert_phase": m.hilbert_phase,
    "iaaft": m.iaaft, "ordinal_patterns": m.ordinal_patterns, "phase_randomised": m.phase_randomised,
    "pseudo_periodic_surrogates": m.pseudo_periodic_surrogates, "shuffled": m.shuffled,
    "time_shifted": m.time_shifted, "twin_surrogates": m.twin_surrogates, "ftle_from_tracks": m.ftle_from_tracks,
    "chimera_index": partial(m.chimera_index, communities=[0, 0, 1, 1]),
    "as_series": partial(m.as_series, measure="a measure"),
}  # fmt: skip
FINE = {"embed": {"three samples", "a constant"}}  # delay vectors can be made of them


@pytest.mark.parametrize("name", sorted(NO_ESTIMATES))
def test_what_takes_data_and_gives_no_estimate_refuses_bad_data_too(name):
    for what, given in bad_inputs().items():
        if what not in FINE.get(name, ()):
            said(lambda given=given: NO_ESTIMATES[name](given))


OTHERS = {
    "bounds of order 1": lambda: m.complexity_bounds(1),
    "bounds at an entropy of 2": lambda: m.complexity_bounds(4, [2.0]),
    "one surrogate": lambda: m.rank_test(1.0, [2.0]),
    "a statistic that is NaN": lambda: m.rank_test(NAN, np.arange(39.0)),
    "sides": lambda: m.rank_test(1.0, np.arange(39.0), sides="left"),
    "exponents that are none": lambda: m.kaplan_yorke_dimension("spectrum"),
    "exponents that are NaN": lambda: m.kaplan_yorke_dimension(
        cc.Estimate("lyapunov_spectrum", [0.9, NAN], [0.1, 0.1])
    ),
    "no exponents": lambda: m.kaplan_yorke_dimension([]),
}


@pytest.mark.parametrize("what", OTHERS)
def test_the_others_say_what_is_wrong(what):
    said(OTHERS[what])


LONG = {
    "delay": 200, "dimension": 400, "horizon": 400, "lag": 400, "m": 99, "max_dimension": 400, "max_lag": 400,
    "order": 99, "theiler": 399,
}  # fmt: skip


@pytest.mark.parametrize("name", [n for n in m.__all__ if "data" in inspect.signature(getattr(m, n)).parameters])
def test_an_embedding_longer_than_the_data_is_refused(name):
    """Delays, dimensions, windows and lags so large that they do not fit into 60 samples."""
    takes = inspect.signature(getattr(m, name)).parameters
    short = reference_data(60)["logistic"].states[:, 0]
    needed = {
        "window": 30,
        "bins": 4,
        "q": 1,
        "quantile": 0.9,
        "threshold": 0.3,
        "delay": 1,
        "dimension": 2,
        "measure": "a measure",
    }
    bound = {key: needed[key] for key, p in takes.items() if key in needed and p.default is p.empty}
    if name in ("determinism", "recurrence_rate"):
        takes = inspect.signature(m.recurrence_quantification).parameters
    for key in LONG.keys() & takes.keys():
        said(lambda key=key: getattr(m, name)(short, **bound | {key: LONG[key]}))
