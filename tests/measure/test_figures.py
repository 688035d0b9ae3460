"""Every measure draws its own evidence: `.plot()` of each on a small example, with axes, units and error bars."""

import functools

import numpy as np
import pytest

import cocycle as cc
from cocycle import measure as m
from cocycle.testing import reference_data
from cocycle.viz import kind_of_evidence, to_svg

HENON = cc.systems.Henon()
DATA = reference_data(400)
RNG = np.random.default_rng(0)
PHASES = np.cumsum(RNG.normal(size=(200, 6)), axis=0)
START = RNG.uniform(size=(60, 2))
# of every public measure one cheap example; those of data take the reference data
EXAMPLES = {
    "alignment": lambda: m.alignment(HENON, k=2, time=300.0),
    "cao": lambda: m.cao(DATA["logistic"], delay=1),
    "chimera_index": lambda: m.chimera_index(PHASES, [0, 0, 0, 1, 1, 1]),
    "conditional_exponents": lambda: m.conditional_exponents(HENON, response=["x"], time=512.0),
    "covariant_vectors": lambda: m.covariant_vectors(HENON, time=256.0),
    "block_entropy": lambda: m.block_entropy(DATA["logistic"], bins=4),
    "conditional_mutual_information": lambda: m.conditional_mutual_information(DATA["henon"], surrogates=19),
    "dominant_period": lambda: m.dominant_period(DATA["sine"]),
    "expansion_entropy": lambda: m.expansion_entropy(HENON, box=((-1.5, 1.5), (-0.4, 0.4)), points=20_000),
    "false_nearest_neighbours": lambda: m.false_nearest_neighbours(DATA["logistic"], delay=1),
    "finite_time_exponents": lambda: m.finite_time_exponents(HENON, window=2.0, time=512.0),
    "ftle_field": lambda: m.ftle_field(HENON, ((-1.0, 1.0), (-0.2, 0.2)), 12, 3.0),
    "ftle_from_tracks": lambda: m.ftle_from_tracks(np.stack([START, START + 0.3 * np.sin(3 * START)], axis=1), dt=1.0),
    "generalised_dimension": lambda: m.generalised_dimension(DATA["henon"], q=1),
    "higuchi_dimension": lambda: m.higuchi_dimension(np.cumsum(DATA["noise"].states)),
    "kaplan_yorke_dimension": lambda: m.kaplan_yorke_dimension(example("lyapunov_spectrum")),
    "local_dimension": lambda: m.local_dimension(DATA["henon"], quantile=0.9),
    "lyapunov_spectrum": lambda: m.lyapunov_spectrum(HENON, time=512.0),
    "master_stability_function": lambda: m.master_stability_function(
        cc.systems.Rossler(), np.eye(3), alphas=[0.0, 0.5, 1.0], periods=8
    ),
    "order_parameter": lambda: m.order_parameter(PHASES),
    "phase_locking_value": lambda: m.phase_locking_value(PHASES[:, :2]),
    "power_spectrum": lambda: m.power_spectrum(DATA["sine"]),
    "predictability_horizon": lambda: m.predictability_horizon(HENON, error=1e-6, members=20),
    "rank_test": lambda: m.rank_test(3.0, RNG.normal(size=39)),
    "recurrence_rate": lambda: m.recurrence_rate(DATA["logistic"], threshold=0.3),
    "select_delay": lambda: m.select_delay(DATA["sine"]),
}
NOT_MEASURED = {  # no measures: data doors, surrogates, bounds; and the results of others, which are drawn below
    "CovariantVectors", "FTLEField", "FiniteTimeExponents", "Ridges", "Series", "aaft", "as_series",
    "complexity_bounds", "embed", "hilbert_phase", "iaaft", "ordinal_patterns", "phase_randomised",
    "pseudo_periodic_surrogates", "shuffled", "time_shifted", "twin_surrogates",
}  # fmt: skip
VALUE_ALONE = {  # their evidence is a count of matches at one tolerance: two numbers, and no curve to draw
    "approximate_entropy", "fuzzy_entropy", "sample_entropy",
}  # fmt: skip
OFF_AXIS = {  # a sum over all that is drawn, which lies on neither axis: value and error stand above the figure
    "lengths", "map", "matrix", "probabilities",
}  # fmt: skip
OFF_AXIS_OF = {"phase_locking_value", "spectral_entropy", "svd_entropy"}  # the same, of kinds that otherwise show it
KIND = {  # what an expert would ask to see
    "alignment": "curve", "autocorrelation_time": "curve", "block_entropy": "probabilities",
    "bubble_entropy": "probabilities", "cao": "curve", "chimera_index": "curve", "conditional_exponents": "convergence",
    "conditional_mutual_information": "surrogates", "correlation_dimension": "scaling", "determinism": "lengths",
    "dispersion_entropy": "probabilities", "dominant_period": "spectrum", "entropy_complexity_scan": "plane",
    "expansion_entropy": "scaling", "false_nearest_neighbours": "curve", "ftle_from_tracks": "map",
    "generalised_dimension": "scaling", "higuchi_dimension": "scaling", "intrinsic_dimension": "settings",
    "kaplan_yorke_dimension": "curve", "katz_dimension": "settings", "largest_lyapunov": "scaling",
    "lempel_ziv_complexity": "settings", "local_dimension": "distribution", "lyapunov_from_data": "agreement",
    "lyapunov_spectrum": "convergence", "master_stability_function": "curve", "multiscale_entropy": "curve",
    "mutual_information": "curve", "order_parameter": "curve", "permutation_entropy": "probabilities",
    "phase_locking_value": "distribution", "power_spectrum": "spectrum", "predictability_horizon": "curve",
    "rank_test": "surrogates", "recurrence_rate": "matrix", "select_delay": "curve", "select_dimension": "curve",
    "spectral_entropy": "spectrum", "stationarity": "curve", "statistical_complexity": "plane",
    "surrogate_test": "surrogates", "svd_entropy": "curve", "synchronisation_error": "curve",
    "transfer_entropy": "surrogates", "zero_one_test": "curve",
}  # fmt: skip
LONG = {"alignment", "covariant_vectors", "expansion_entropy", "master_stability_function", "predictability_horizon"}
MEASURES = [
    pytest.param(name, marks=pytest.mark.slow) if name in LONG else name  # they compile for a second or more
    for name in m.__all__
    if name not in NOT_MEASURED
]
WITH_COLUMNS = {"lyapunov_from_data", "synchronisation_error", "transfer_entropy", "intrinsic_dimension"}


@functools.cache
def example(name):
    if name in EXAMPLES:
        return EXAMPLES[name]()
    return getattr(m, name)(DATA["henon" if name in WITH_COLUMNS else "logistic"])


def bars(figure):
    """How many error bars and bands a figure has."""
    return sum(
        trace.fill == "toself" or trace.error_x.array is not None or trace.error_y.array is not None
        for trace in figure.data
        if trace.type == "scatter"
    )


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_draws_its_evidence(name):
    found = example(name)
    for entry, result in found.items() if isinstance(found, dict) else [(name, found)]:
        figure = result.plot()
        titles = [[a.title.text for a in axes() if a.title.text] for axes in (figure.select_xaxes, figure.select_yaxes)]
        assert all(titles), f"{entry}: an axis has no title"
        drawn = [np.asarray(trace.y if trace.type != "heatmap" else trace.z, float) for trace in figure.data]
        assert drawn and all(np.isfinite(y).any() for y in drawn), f"{entry}: something drawn is empty"
        if not isinstance(result, cc.Estimate):
            continue
        kind = kind_of_evidence(result)
        assert kind == KIND.get(name, "lengths" if entry != name else "value") or entry == "recurrence_rate"
        assert (kind == "value") == (name in VALUE_ALONE)
        if result.interval is not None and kind not in OFF_AXIS and name not in OFF_AXIS_OF:
            assert bars(figure), f"{entry}: the error bar is not drawn"
        if result.unit and np.ndim(result.value) == 0:  # in the line above the figure, at least
            shown = "".join([figure.layout.title.text, *titles[0], *titles[1]])
            assert result.unit in shown, f"{entry}: the unit {result.unit} is nowhere"
        if result.diagnostics.get("read_on") in result.diagnostics:
            assert kind == "curve" and lies_on(result), f"{entry}: the value is not where `read_on` says"


def lies_on(result):
    """Whether the value is among the numbers of the axis that `read_on` names."""
    axis = np.asarray(result.diagnostics[result.diagnostics["read_on"]], float)
    return (np.asarray(result.value) >= axis.min(axis=0)).all() and (np.asarray(result.value) <= axis.max(axis=0)).all()


@pytest.mark.parametrize("kind", sorted(set(KIND.values())))
def test_every_kind_of_figure_has_a_still_twin(kind):
    name = next(n for n in sorted(KIND) if KIND[n] == kind and n not in LONG)
    found = example(name)
    text = to_svg((found["dimension"] if isinstance(found, dict) else found).plot())
    assert text.startswith("<svg") and text.count("<path") > 5


def test_the_value_alone_has_its_error_bar_at_its_place():
    figure = cc.Estimate("height", [1.0, 3.0], [0.1, 0.5], unit="m").plot()
    (trace,) = figure.data
    np.testing.assert_allclose(trace.y, [1, 3])
    np.testing.assert_allclose(trace.error_y.array, [0.196, 0.98])
    np.testing.assert_allclose(trace.error_y.arrayminus, [0.196, 0.98])
    assert figure.layout.title.text == "height = [1.00 \u00b1 0.1, 3.00 \u00b1 0.5] m"


def test_a_measure_of_ones_own_has_its_figure_from_the_names_of_its_diagnostics():
    x = np.linspace(0.0, 4.0, 21)
    line = {"times": x, "spread": 1 + 2 * x, "spread_stderr": 0.1 + 0 * x, "local_slope": 2 + 0 * x}
    fitted = cc.Estimate("rate", 2.0, 0.05, unit="1/time", diagnostics=line | {"window": (1.0, 3.0), "intercept": 1.0})
    assert kind_of_evidence(fitted) == "scaling"
    fit = next(t for t in fitted.plot().data if t.name == "fit in the window")
    np.testing.assert_allclose(fit.x, [1, 3])
    np.testing.assert_allclose(fit.y, [3, 7])
    band = next(t for t in fitted.plot().data if t.fill == "toself" and t.name == "95 %")
    np.testing.assert_allclose(sorted(set(band.y)), [2 - 1.96 * 0.05, 2 + 1.96 * 0.05])
    curve = cc.Estimate("growth", 2.0, 0.05, diagnostics={"times": x, "size": x**2, "read_on": "times"})
    assert kind_of_evidence(curve) == "curve"
    assert next(t for t in curve.plot().data if t.name == "estimate").x == (2.0, 2.0)
    running = cc.Estimate(
        "mean", [1.0, -1.0], [0.1, 0.2], diagnostics={"times": x, "history": np.ones((21, 2)) * [1, -1]}
    )
    assert kind_of_evidence(running) == "convergence" and len(list(running.plot().select_yaxes())) == 2
    assert kind_of_evidence(running[0]) == "value"
