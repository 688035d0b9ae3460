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
LATE = RNG.normal(size=405)
GOLDEN = [0]
for coin in RNG.integers(2, size=1000):  # never two ones in a row: a machine of two states
    GOLDEN.append(int(coin) * (1 - GOLDEN[-1]))
GYRE = cc.systems.DoubleGyre()
# of every public measure one cheap example; those of data take the reference data
EXAMPLES = {
    "alignment": lambda: m.alignment(HENON, k=2, time=300.0),
    "causal_states": lambda: m.causal_states(GOLDEN),
    "cao": lambda: m.cao(DATA["logistic"], delay=1),
    "chimera_index": lambda: m.chimera_index(PHASES, [0, 0, 0, 1, 1, 1]),
    "conditional_exponents": lambda: m.conditional_exponents(HENON, response=["x"], time=512.0),
    "cross_recurrence": lambda: m.cross_recurrence(DATA["logistic"], DATA["henon"].states[:, 0]),
    "covariant_vectors": lambda: m.covariant_vectors(HENON, time=256.0),
    "block_entropy": lambda: m.block_entropy(DATA["logistic"], bins=4),
    "conditional_mutual_information": lambda: m.conditional_mutual_information(DATA["henon"], surrogates=19),
    "diffusion_barriers": lambda: m.diffusion_barriers(GYRE, ((0, 2), (0, 1)), 6, 1.0),
    "dominant_period": lambda: m.dominant_period(DATA["sine"]),
    "epiplexity_from_losses": lambda: m.epiplexity_from_losses(1 + 1 / np.arange(1, 400.0)),
    "excursion_statistics": lambda: m.excursion_statistics(DATA["noise"]),
    "expansion_entropy": lambda: m.expansion_entropy(HENON, box=((-1.5, 1.5), (-0.4, 0.4)), points=20_000),
    "false_nearest_neighbours": lambda: m.false_nearest_neighbours(DATA["logistic"], delay=1),
    "finite_time_exponents": lambda: m.finite_time_exponents(HENON, window=2.0, time=512.0),
    "ftle_field": lambda: m.ftle_field(HENON, ((-1.0, 1.0), (-0.2, 0.2)), 12, 3.0),
    "ftle_from_tracks": lambda: m.ftle_from_tracks(np.stack([START, START + 0.3 * np.sin(3 * START)], axis=1), dt=1.0),
    "generalised_dimension": lambda: m.generalised_dimension(DATA["henon"], q=1),
    "group_delay": lambda: m.group_delay(np.stack([LATE[5:], LATE[:-5]], axis=1), segments=8),
    "higuchi_dimension": lambda: m.higuchi_dimension(np.cumsum(DATA["noise"].states)),
    "joint_recurrence": lambda: m.joint_recurrence(*DATA["henon"].states.T),
    "kaplan_yorke_dimension": lambda: m.kaplan_yorke_dimension(example("lyapunov_spectrum")),
    "lagrangian_averaged_vorticity_deviation": lambda: m.lagrangian_averaged_vorticity_deviation(
        GYRE, ((0, 2), (0, 1)), 6, 1.0, samples=4
    ),
    "local_dimension": lambda: m.local_dimension(DATA["henon"], quantile=0.9),
    "lyapunov_spectrum": lambda: m.lyapunov_spectrum(HENON, time=512.0),
    "master_stability_function": lambda: m.master_stability_function(
        cc.systems.Rossler(), np.eye(3), alphas=[0.0, 0.5, 1.0], periods=8
    ),
    "orbit_diagram": lambda: m.orbit_diagram(cc.systems.Logistic(), "r", [3.0, 3.5, 3.9], steps=50),
    "order_parameter": lambda: m.order_parameter(PHASES),
    "pecuzal_embedding": lambda: m.pecuzal_embedding(DATA["sine"], max_delay=10),
    "persistency": lambda: m.persistency(DATA["noise"]),
    "persistency_exponent": lambda: m.persistency_exponent(lambda t: np.exp(-(t**2) / 2), dt=0.5),
    "phase_locking_value": lambda: m.phase_locking_value(PHASES[:, :2]),
    "power_spectrum": lambda: m.power_spectrum(DATA["sine"]),
    "predictability_horizon": lambda: m.predictability_horizon(HENON, error=1e-6, members=20),
    "rank_test": lambda: m.rank_test(3.0, RNG.normal(size=39)),
    "prequential_code_length": lambda: m.prequential_code_length(DATA["logistic"], classes=2),
    "epiplexity": lambda: m.epiplexity(DATA["logistic"], classes=2),
    "recurrence_rate": lambda: m.recurrence_rate(DATA["logistic"], threshold=0.3),
    "requential_code_length": lambda: m.requential_code_length(100 / np.arange(1, 100.0)),
    "return_times": lambda: m.return_times(DATA["logistic"]),
    "select_delay": lambda: m.select_delay(DATA["sine"]),
    "spectrogram": lambda: m.spectrogram(DATA["sine"]),
    "takens_check": lambda: m.takens_check(reference_data(1000)["henon"], dimension=2),
    "transfer_entropy_graph": lambda: m.transfer_entropy_graph(DATA["henon"].states[:200], max_lag=1, surrogates=19),
    "windowed_recurrence": lambda: m.windowed_recurrence(DATA["logistic"], window=100),
}
NOT_MEASURED = {  # no measures: data doors, surrogates, bounds, predictors; and the results of others, drawn below
    "BarrierField", "BayesianAutoregression", "ContextTreeWeighting", "CovariantVectors", "EpsilonMachine",
    "FTLEField", "FiniteTimeExponents", "KrichevskyTrofimov", "Loop", "NonUniformEmbedding", "OrbitDiagram",
    "RecurrencePlot", "Refitted", "Ridges", "Series", "TransferEntropyGraph", "VorticityDeviation", "aaft", "as_series",
    "complexity_bounds", "embed", "gaussian_process", "hilbert_phase", "iaaft", "ordinal_patterns", "phase_randomised",
    "pseudo_periodic_surrogates", "shuffled", "time_shifted", "twin_surrogates",
}  # fmt: skip
VALUE_ALONE = {  # their evidence is a count of matches at one tolerance: two numbers, and no curve to draw
    "approximate_entropy", "fuzzy_entropy", "sample_entropy",
    "requential_code_length",  # a sum of given numbers, and its bound, which is its error bar
    "takens_check",  # a count of failures, with its exact interval
}  # fmt: skip
OFF_AXIS = {  # a sum over all that is drawn, which lies on neither axis: value and error stand above the figure
    "lengths", "map", "matrix", "probabilities", "spectrogram",
}  # fmt: skip
OFF_AXIS_OF = {  # the same, of kinds that otherwise show it
    "persistency_exponent", "phase_locking_value", "recurrence_network", "recurrence_time_entropy", "spectral_entropy",
    "svd_entropy",
}  # fmt: skip
KIND = {  # what an expert would ask to see
    "alignment": "curve", "autocorrelation_time": "curve", "block_entropy": "probabilities",
    "bubble_entropy": "probabilities", "cao": "curve", "chimera_index": "curve", "conditional_exponents": "convergence",
    "conditional_mutual_information": "surrogates", "correlation_dimension": "scaling", "cross_correlation": "curve",
    "cross_spectrum": "curve", "determinism": "lengths", "dispersion_entropy": "probabilities",
    "dominant_period": "spectrum", "entropy_complexity_scan": "plane", "epiplexity": "curve",
    "epiplexity_from_losses": "curve", "excursion_statistics": "curve", "expansion_entropy": "scaling",
    "false_nearest_neighbours": "curve", "ftle_from_tracks": "map", "generalised_dimension": "scaling",
    "group_delay": "curve", "higuchi_dimension": "scaling", "intrinsic_dimension": "settings",
    "kaplan_yorke_dimension": "curve", "katz_dimension": "settings", "largest_lyapunov": "scaling",
    "lempel_ziv_complexity": "settings", "local_dimension": "distribution", "lyapunov_from_data": "agreement",
    "lyapunov_spectrum": "convergence", "master_stability_function": "curve", "multiscale_entropy": "curve",
    "mutual_information": "curve", "order_parameter": "curve", "permutation_entropy": "probabilities",
    "persistency": "curve", "persistency_exponent": "curve", "phase_locking_value": "distribution",
    "power_spectrum": "spectrum", "predictability_horizon": "curve", "prequential_code_length": "curve",
    "rank_test": "surrogates", "recurrence_network": "distribution", "recurrence_rate": "matrix",
    "recurrence_times": "curve", "return_times": "distribution", "select_delay": "curve", "select_dimension": "curve",
    "spectral_entropy": "spectrum", "spectrogram": "spectrogram", "stationarity": "curve",
    "statistical_complexity": "plane", "surrogate_test": "surrogates", "svd_entropy": "curve",
    "synchronisation_error": "curve", "transfer_entropy": "surrogates", "windowed_recurrence": "curve",
    "zero_one_test": "curve",
}  # fmt: skip
KIND_OF_ENTRY = {  # where one entry of a dictionary has other evidence than the rest
    "cross_recurrence.recurrence_rate": "matrix", "cross_spectrum.density": "spectrum",
    "excursion_statistics.crossing_rate": "convergence", "excursion_statistics.fraction_above": "convergence",
    "joint_recurrence.recurrence_rate": "matrix", "recurrence_quantification.recurrence_rate": "matrix",
}  # fmt: skip
LONG = {
    "alignment", "covariant_vectors", "diffusion_barriers", "expansion_entropy",
    "lagrangian_averaged_vorticity_deviation", "master_stability_function", "predictability_horizon",
}  # fmt: skip
MEASURES = [
    pytest.param(name, marks=pytest.mark.slow) if name in LONG else name  # they compile for a second or more
    for name in m.__all__
    if name not in NOT_MEASURED
]
WITH_COLUMNS = {
    "cross_correlation", "cross_spectrum", "intrinsic_dimension", "lyapunov_from_data", "synchronisation_error",
    "transfer_entropy",
}  # fmt: skip


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
        usual = KIND.get(name, "lengths" if entry != name else "value")
        assert kind == KIND_OF_ENTRY.get(f"{name}.{entry}", usual)
        assert (kind == "value") == (name in VALUE_ALONE)
        if result.interval is not None and kind not in OFF_AXIS and not OFF_AXIS_OF & {name, entry}:
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
    curved = {"times": x, "size": x**2, "size_fit": 2 * x, "read_on": "size"}
    drawn = cc.Estimate("rate", 3.0, 0.05, diagnostics=curved).plot().data
    np.testing.assert_allclose(next(t for t in drawn if t.name == "fit").y, 2 * x)
    assert not any(np.array_equal(t.y, 2 * x) for t in drawn if t.name != "fit")
    with_level = {"lags": x, "chance_level": 0.1}
    lines = cc.Estimate("echo", np.cos(x), 0 * x, diagnostics=with_level).plot().data
    assert sorted({t.y[0] for t in lines if t.line.dash == "dash"}) == [-0.1, 0.1]
    curve = cc.Estimate("growth", 2.0, 0.05, diagnostics={"times": x, "size": x**2, "read_on": "times"})
    assert kind_of_evidence(curve) == "curve"
    assert next(t for t in curve.plot().data if t.name == "estimate").x == (2.0, 2.0)
    running = cc.Estimate(
        "mean", [1.0, -1.0], [0.1, 0.2], diagnostics={"times": x, "history": np.ones((21, 2)) * [1, -1]}
    )
    assert kind_of_evidence(running) == "convergence" and len(list(running.plot().select_yaxes())) == 2
    assert kind_of_evidence(running[0]) == "value"


def test_a_spectrogram_has_time_across_and_frequency_upwards():
    power = np.array([[1.0, 1e-3, 1e-3], [1e-3, 10.0, 1e-9]])
    seen = {"times": np.array([0.0, 1.0]), "frequency": np.array([0.0, 0.5, 1.0])}
    (trace,) = cc.Estimate("spectrogram", power, unit="data^2 time", diagnostics=seen).plot().data
    assert np.asarray(trace.z).shape == (3, 2)
    np.testing.assert_allclose(trace.z, [[0, -3], [-3, 1], [-3, -5]])  # decades, down to six below the largest


def test_a_phase_is_a_curve_and_a_power_a_spectrum():
    f = {"frequency": np.array([0.1, 0.2, 0.3])}
    assert kind_of_evidence(cc.Estimate("phase", [0.1, 0.2, 0.3], unit="radians", diagnostics=f)) == "curve"
    assert kind_of_evidence(cc.Estimate("density", [0.1, 0.2, 0.3], unit="data^2 time", diagnostics=f)) == "spectrum"
