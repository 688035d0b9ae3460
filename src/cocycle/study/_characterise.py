"""Every data measure with its error bar, and every automatic choice with its reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cocycle import measure
from cocycle.core import CocycleError, Estimate, Trajectory

from ._options import Options

__all__ = ["Embedding", "characterise", "choices_of", "measured", "measures_of"]

_MOST_VARIABLES = 4  # measures of single variables are made for so many columns
_CURVE = 600  # most points kept of a curve that is only drawn


@dataclass(frozen=True)
class Embedding:
    """Delay (in samples) and dimension used for reconstruction; `1, 1` takes the variables as they are."""

    delay: int
    dimension: int


@dataclass(frozen=True)
class Spec:
    """One measure: how it is called, on what, and what its value says."""

    name: str
    label: str
    each: bool  # of single variables, else of all together
    run: Callable[[Any, Embedding, Options], Estimate]
    meaning: Callable[[Estimate], str]
    capped: bool = False  # cost grows faster than the data


def _rec(name: str) -> Callable[[Any, Embedding, Options], Estimate]:
    def run(data, embedding, options):
        found = measure.recurrence_quantification(
            data,
            delay=embedding.delay,
            dimension=embedding.dimension,
            threshold=options.threshold,
            theiler=options.theiler,
        )
        return found[name]

    return run


def _says_exponent(e: Estimate) -> str:
    low, high = (float(v) for v in e.interval) if e.interval else (float(e), float(e))
    if low > 0:
        return f"Neighbouring states separate; errors grow e-fold in {1 / float(e):.3g} units of time."
    if high < 0:
        return "Neighbouring states approach each other."
    return "Not different from zero: neighbours neither separate nor approach exponentially."


def _says_test(rejects: str, keeps: str) -> Callable[[Estimate], str]:
    def says(e: Estimate) -> str:
        return f"{rejects} (p = {float(e):.2g})." if float(e) < 0.05 else f"{keeps} (p = {float(e):.2g})."

    return says


def _says_k(e: Estimate) -> str:
    k = float(e)
    if k > 0.8:
        return "Near 1: the motion is irregular. Noise also gives 1."
    return "Near 0: the motion is regular." if k < 0.2 else "Between 0 and 1: the test does not decide."


_SURROGATES = _says_test(
    "Linear Gaussian noise with this spectrum is rejected: the data are nonlinear",
    "The data cannot be told from linear Gaussian noise with the same spectrum",
)
_STATIONARY = _says_test(
    "The statistics change in the course of the recording", "No change of the statistics in the course of the recording"
)

SPECS: tuple[Spec, ...] = (
    Spec("dominant_period", "Dominant period", True, lambda d, e, o: measure.dominant_period(d),
         lambda e: "The period that carries most of the power."),
    Spec("stationarity", "Stationarity (p-value)", True, lambda d, e, o: measure.stationarity(d), _STATIONARY),
    Spec("largest_lyapunov", "Largest Lyapunov exponent", False,
         lambda d, e, o: measure.largest_lyapunov(d, delay=e.delay, dimension=e.dimension, theiler=o.theiler),
         _says_exponent, capped=True),
    Spec("correlation_dimension", "Correlation dimension", False,
         lambda d, e, o: measure.correlation_dimension(d, delay=e.delay, dimension=e.dimension, theiler=o.theiler),
         lambda e: "How many variables the motion effectively has.", capped=True),
    Spec("permutation_entropy", "Permutation entropy", True, lambda d, e, o: measure.permutation_entropy(d),
         lambda e: "0 is a monotone series, 1 white noise."),
    Spec("statistical_complexity", "Statistical complexity", True, lambda d, e, o: measure.statistical_complexity(d),
         lambda e: "Structure in the order patterns: 0 for perfect order and for white noise."),
    Spec("sample_entropy", "Sample entropy", True, lambda d, e, o: measure.sample_entropy(d),
         lambda e: "Unpredictability of the next value from the last two.", capped=True),
    Spec("zero_one_test", "0-1 test for chaos (K)", True,
         lambda d, e, o: measure.zero_one_test(d), _says_k, capped=True),
    Spec("recurrence_rate", "Recurrence rate", False, _rec("recurrence_rate"),
         lambda e: "Share of pairs of states that are closer than the threshold.", capped=True),
    Spec("determinism", "Determinism", False, _rec("determinism"),
         lambda e: "Share of recurrences that last: near 1 for deterministic motion and smooth noise.", capped=True),
    Spec("surrogate_test", "Surrogate test of nonlinearity (p-value)", True,
         lambda d, e, o: measure.surrogate_test(d, key=_key(o.seed), n=39 if o.quick else 99), _SURROGATES,
         capped=True),
)  # fmt: skip


def _key(seed: int):
    import jax

    return jax.random.key(seed)


# -- choices ----------------------------------------------------------------------------------------------------


def choices_of(train: Sequence[Trajectory], options: Options) -> tuple[Embedding, list[dict[str, Any]], dict[str, Any]]:
    """Delay and dimension, from the training part alone or as the user fixed them; with reasons and curves."""
    data = max(train, key=len)
    chosen: list[dict[str, Any]] = []
    curves: dict[str, Any] = {}
    several = data.dim > 1
    delay = _choose(
        chosen, "Delay", options.delay, "--delay", "samples", several,
        "The variables are taken as they are, without delays.", lambda: measure.select_delay(data), curves,
    )  # fmt: skip
    dimension = _choose(
        chosen, "Embedding dimension", options.dimension, "--dimension", "", several and options.delay is None,
        "The variables are taken as they are, without delays.",
        lambda: measure.select_dimension(data, delay=delay), curves,
    )  # fmt: skip
    return Embedding(delay, dimension), chosen, curves


def _choose(chosen, name, fixed, flag, unit, without, why_without, estimate, curves) -> int:
    entry = {"name": name, "flag": flag, "by": "data"}
    if fixed is not None:
        chosen.append({**entry, "value": fixed, "reason": "Given.", "by": "user"})
        return int(fixed)
    if without:
        chosen.append({**entry, "value": 1, "reason": why_without})
        return 1
    try:
        found = estimate()
    except CocycleError as error:
        chosen.append({**entry, "value": 1, "reason": f"No choice could be made, so 1 is used. {error}"})
        return 1
    reason = str(found.diagnostics.get("reason", "Chosen from the data."))
    if found.notes:
        reason += " " + " ".join(found.notes)
    chosen.append({**entry, "value": int(float(found)), "reason": reason[:1].upper() + reason[1:]})
    for key in ("curve", "e1", "e2", "dimensions", "lags"):
        if key in found.diagnostics:
            curves[f"{name.split()[0].lower()}_{key}"] = np.asarray(found.diagnostics[key])[:_CURVE]
    return int(float(found))


# -- measures ---------------------------------------------------------------------------------------------------


def characterise(
    data: Trajectory, embedding: Embedding, options: Options, on_step: Callable[[str, float], None]
) -> dict[str, Any]:
    """All measures of a recording: `measures` (schema `Measured`), `curves` to draw, and notes on what was used."""
    notes: list[str] = []
    records, curves = measures_of(data, embedding, options, on_step=on_step, notes=notes)
    curves["spectrum"] = _spectrum(data)
    return {"measures": records, "curves": curves, "notes": notes}


def measures_of(
    data: Trajectory,
    embedding: Embedding,
    options: Options,
    *,
    only: Sequence[str] | None = None,
    on_step: Callable[[str, float], None] = lambda text, fraction: None,
    notes: list[str] | None = None,
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Run the measures (or those named in `only`). A failed one becomes a sentence, never a number."""
    short = _middle(data, options.budget.samples)
    if notes is not None and len(short) < len(data):
        notes.append(f"Measures whose cost grows faster than the data use the middle {len(short):,} samples.")
    variables = data.variables[:_MOST_VARIABLES]
    if notes is not None and len(variables) < data.dim:
        notes.append(f"Measures of single variables are shown for {', '.join(variables)} of {data.dim} variables.")
    specs = [s for s in SPECS if only is None or s.name in only]
    tasks = [(s, v) for s in specs for v in (variables if s.each else (None,))]
    records, curves = [], {}
    for index, (spec, variable) in enumerate(tasks):
        on_step(f"{spec.label}{f' of {variable}' if variable and data.dim > 1 else ''}", index / len(tasks))
        part = short if spec.capped else data
        column = part if variable is None else part.select([variable])
        name = variable if data.dim > 1 else None
        run = lambda s=spec, c=column: s.run(c, embedding, options)  # noqa: E731
        records.append(measured(spec.name, spec.label, name, run, spec.meaning, curves))
    return records, curves


def measured(
    name: str,
    label: str,
    variable: str | None,
    estimate: Callable[[], Estimate],
    meaning: Callable[[Estimate], str],
    curves: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """One measurement as the schema wants it."""
    from ._select import sentence_of

    record: dict[str, Any] = {"name": name, "label": label, "variable": variable, "value": None, "stderr": None}
    record.update(interval=None, unit="", n=None, meaning="", notes=[], failed=None)
    try:
        found = estimate()
        if not np.isfinite(np.asarray(found.value)).all():
            raise CocycleError(f"{label} is not finite for this data.")
        record.update(
            value=found.value, stderr=found.stderr, interval=None if found.interval is None else list(found.interval)
        )
        record.update(unit=found.unit, n=found.n, meaning=meaning(found), notes=list(found.notes))
        if curves is not None and not (variable and name in curves):
            curves[name] = _drawable(found)
    except Exception as error:  # one measure that fails must not take the study with it
        record["failed"] = sentence_of(error)
    return record


def _drawable(found: Estimate) -> dict[str, Any]:
    """The diagnostics of an estimate that are plain numbers or short curves."""
    out: dict[str, Any] = {}
    for key, value in found.diagnostics.items():
        if isinstance(value, (str, int, float, bool)):
            out[key] = value
        else:
            try:
                array = np.asarray(value, dtype=float)
            except (TypeError, ValueError):
                continue
            if array.ndim <= 1 and array.size <= 20_000:
                out[key] = array if array.size <= _CURVE else array[:: -(-array.size // _CURVE)]
            elif array.ndim == 2 and array.size <= 4 * _CURVE:
                out[key] = array
    return out


def _spectrum(data: Trajectory) -> dict[str, Any]:
    """Power spectra to draw, averaged into at most `_CURVE` logarithmic bins."""
    out: dict[str, Any] = {}
    for variable in data.variables[:_MOST_VARIABLES]:
        try:
            found = measure.power_spectrum(data.select([variable]))
        except CocycleError:
            continue
        frequency = np.asarray(found.diagnostics["frequency"], float).ravel()
        power = np.asarray(found.value, float).reshape(frequency.size, -1)[:, 0]
        keep = (frequency > 0) & (power > 0)
        out[variable] = _log_binned(frequency[keep], power[keep])
    return out


def _log_binned(x: np.ndarray, y: np.ndarray) -> dict[str, np.ndarray]:
    if x.size <= _CURVE:
        return {"x": x, "y": y}
    bins = np.clip(np.floor(_CURVE * np.log(x / x[0]) / np.log(x[-1] / x[0])).astype(int), 0, _CURVE - 1)
    count = np.bincount(bins, minlength=_CURVE)
    full = count > 0
    mean = lambda v: np.bincount(bins, v, minlength=_CURVE)[full] / count[full]  # noqa: E731
    return {"x": mean(x), "y": mean(y)}


def _middle(data: Trajectory, most: int) -> Trajectory:
    """At most `most` successive samples from the middle."""
    n = len(data)
    if n <= most:
        return data
    start = (n - most) // 2
    return data[start : start + most]
