"""The examination in the test part, the prediction intervals, and the forecast beyond the end of the data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from cocycle import measure, score
from cocycle.core import CocycleError, NumericalError, Trajectory

from ._candidates import Candidate
from ._conformal import coverage, half_widths
from ._format import against, sig
from ._options import Options
from ._predict import Origin, Predictions, predict, scale_of, spread_origins
from ._select import sentence_of
from ._split import Split

__all__ = ["beyond", "examine", "horizon_of", "learned_from", "sentence", "test_origins"]

_MEMBERS = 100  # of the predictive distribution from which the CRPS is computed
_SHOWN = 6  # test forecasts kept for the figure


def horizon_of(parts: Split, options: Options) -> tuple[int, dict[str, Any]]:
    """How far ahead to forecast: as given, else the shortest dominant period, within what can be tested."""
    room = min(len(test) for test in parts.test)
    most = max(1, min(room // 2, min(len(t) for t in parts.train) // 6, options.budget.horizon))
    entry = {"name": "Forecast horizon", "flag": "--horizon", "by": "data"}
    if options.horizon is not None:
        if options.horizon > room:
            raise CocycleError(
                f"A horizon of {options.horizon} samples cannot be tested on a test part of {room}; use --horizon "
                f"{room} or less, or an earlier --split."
            )
        return options.horizon, {**entry, "value": options.horizon, "reason": "Given.", "by": "user"}
    data = max(parts.train, key=len)
    clear, unsure = [], []
    for variable in data.variables[:4]:
        try:
            found = measure.dominant_period(data.select([variable]))
        except CocycleError:
            continue
        (unsure if found.notes else clear).append(float(found) / data.dt)
    periods = clear or unsure
    wanted = round(min(periods)) if periods else 20
    horizon = int(np.clip(wanted, min(10, most), most))
    reason = f"About one period of the training part ({wanted} samples)" if periods else "No period was found"
    if horizon != wanted:
        reason += f", limited to {horizon} by the lengths of the training and test parts and by the mode"
    return horizon, {**entry, "value": horizon, "reason": reason + "."}


def learned_from(episodes: Sequence[Trajectory], most: int) -> list[Trajectory]:
    """The last `most` samples of each episode: what is learned from when there are very many."""
    return [e if len(e) <= most else e[len(e) - most :] for e in episodes]


def test_origins(parts: Split, horizon: int, count: int) -> list[Origin]:
    """Evenly spread places in the test part from which a whole horizon fits."""
    each = max(1, round(count / len(parts.test)))
    return [
        Origin(index, row)
        for index, (cut, episode) in enumerate(zip(parts.rows, parts.episodes, strict=True))
        for row in spread_origins(cut, len(episode) - horizon, each)
    ]


def examine(
    candidate: Candidate,
    chosen: bool,
    parts: Split,
    past: np.ndarray,
    *,
    horizon: int,
    rows: int,
    options: Options,
    lyapunov: float | None,
    key: Any,
) -> dict[str, Any]:
    """One candidate in the test part: `skill` (schema `Skill`) and what is needed for intervals and figures.

    The model is fitted to the training part; the intervals come from its `past` errors in the validation blocks, of
    shape `(n, horizon, dim)`.
    """
    skill: dict[str, Any] = {"name": candidate.name, "family": candidate.family, "baseline": candidate.baseline}
    skill.update(chosen=chosen, mase=None, smape=None, rmse=None, crps=None, valid_time=None, valid_lyapunov=None)
    skill.update(coverage=None, failed=None)
    extra: dict[str, Any] = {}
    try:
        width, level = half_widths(past, options.level)
        model = candidate.learner.fit(parts.train, key=key)
        origins = test_origins(parts, horizon, options.budget.test_origins)
        tested = predict(model, parts.episodes, origins, horizon, throw=False, rows=rows)
        spacing = _spacing(origins)
        held = coverage(tested.truth, tested.forecast, width, spacing)
        skill["coverage"] = held.value
        extra.update(half_width=width, level=level, calibration=len(past), spacing=spacing)
        extra["held"] = {"value": held.value, "low": held.low, "high": held.high, "trials": held.trials}
        extra["by_horizon"] = held.by_horizon
        broken = ~np.isfinite(tested.forecast).all(axis=(1, 2))
        if broken.any():
            raise NumericalError(f"{int(broken.sum())} of {len(origins)} forecasts in the test part ran away.")
        skill.update(_scores(tested, past, parts.train, lyapunov, parts.train[0].dt))
        scale = scale_of(parts.train)
        extra["error_by_horizon"] = np.mean(np.abs(tested.residuals) / scale, axis=(0, 2))
        if chosen:
            extra["shown"] = _shown(tested, horizon)
    except Exception as error:  # a candidate that fails in the test part is reported as failed
        skill["failed"] = sentence_of(error)
        return {"skill": skill, **extra}
    return {"skill": skill, **extra}


def _spacing(origins: Sequence[Origin]) -> int:
    rows = [o.row for o in origins if o.episode == origins[0].episode]
    return int(np.median(np.diff(rows))) if len(rows) > 1 else 1


def _scores(tested: Predictions, past: np.ndarray, train, lyapunov, dt) -> dict[str, Any]:
    scale = scale_of(train)
    values = np.concatenate([np.asarray(t.states) for t in train])
    spread = np.where(values.std(axis=0) > 0, values.std(axis=0), 1.0)
    keep = np.linspace(0, len(past) - 1, min(_MEMBERS, len(past))).round().astype(int)
    members = past[keep] / scale
    crps = [
        score.crps(truth / scale, forecast / scale + members)
        for truth, forecast in zip(tested.truth, tested.forecast, strict=True)
    ] if len(keep) > 1 else []  # fmt: skip
    times = [
        score.valid_prediction_time(truth, forecast, dt=dt, scale=spread)
        for truth, forecast in zip(tested.truth, tested.forecast, strict=True)
    ]
    valid = float(np.median(times))
    return {
        "mase": float(np.mean(np.abs(tested.residuals) / scale)),
        "smape": score.smape(tested.truth, tested.forecast),
        "rmse": score.rmse(tested.truth, tested.forecast, scale=spread),
        "crps": float(np.mean(crps)) if crps else None,
        "valid_time": valid,
        "valid_lyapunov": valid * lyapunov if lyapunov else None,
    }


def _shown(tested: Predictions, horizon: int) -> list[dict[str, Any]]:
    """Forecasts that do not overlap, for the figure."""
    kept: list[int] = []
    for index, origin in enumerate(tested.origins):
        last = tested.origins[kept[-1]] if kept else None
        if last is None or origin.episode != last.episode or origin.row >= last.row + horizon:
            kept.append(index)
    kept = [kept[i] for i in np.linspace(0, len(kept) - 1, min(_SHOWN, len(kept))).round().astype(int)]
    return [
        {"episode": tested.origins[i].episode, "row": tested.origins[i].row, "forecast": tested.forecast[i]}
        for i in kept
    ]


def sentence(examined: Sequence[dict[str, Any]], horizon: int, level: float) -> str:
    """The outcome of the test in plain language."""
    chosen = next(e for e in examined if e["skill"]["chosen"])
    skill = chosen["skill"]
    if skill["failed"] is not None:
        return f"In the test part the chosen model, {skill['name']}, failed: {skill['failed']}"
    count = "one sample" if horizon == 1 else f"{horizon} samples"
    text = f"In the test part {skill['name']} forecasts {count} ahead with a mean error of {sig(skill['mase'])} (MASE)"
    rivals = [e["skill"] for e in examined if e["skill"]["baseline"] and not e["skill"]["chosen"]]
    rivals = [r for r in rivals if r["mase"] is not None]
    if rivals:
        rival = min(rivals, key=lambda r: r["mase"])
        other = "the best other baseline" if skill["baseline"] else "the best baseline"
        text += ", " + against(skill["mase"], rival["mase"], f"{other}, {rival['name']}")
    held = chosen["held"]
    return text + (
        f". Its {100 * level:.0f} % intervals hold {100 * held['value']:.0f} % of the test samples (95 % interval "
        f"{100 * held['low']:.0f} to {100 * held['high']:.0f} %)."
    )


def future_inputs(last: Trajectory, horizon: int) -> tuple[np.ndarray, int]:
    """Inputs at the forecast times, `(horizon, inputs)`, and how many rows of them the file knew; then held."""
    past = np.asarray(last.inputs, float)
    record = last.meta.get("future_inputs")
    known = np.empty((0, past.shape[1]))
    if record is not None and abs(record["after"] - float(np.asarray(last.times)[-1])) < 0.5 * last.dt:
        known = np.asarray(record["values"], float)[:horizon]
    held = np.concatenate([past[-1:], known])[-1:]
    return np.concatenate([known, np.repeat(held, horizon - len(known), axis=0)]), len(known)


def beyond(
    model: Any, last: Trajectory, horizon: int, width: np.ndarray
) -> tuple[Trajectory, np.ndarray, np.ndarray, list[str]]:
    """The forecast after the end of an episode, its lower and upper limits, and notes."""
    from cocycle.learn import forecast

    notes: list[str] = []
    extra: dict[str, Any] = {}
    if last.inputs is not None and getattr(model.about, "n_inputs", 0):
        inputs, known = future_inputs(last, horizon)
        extra = {"inputs": inputs}
        if known < horizon - 1:  # the input at the last forecast time acts only after it
            start = "Future inputs are not known" if not known else f"Inputs are known for {known} samples ahead only"
            notes.append(
                f"{start}: from there on the forecast holds each at its last value. The intervals, calibrated with "
                "known inputs, are then too narrow. Append rows that hold the time and the inputs only."
            )
    future = forecast(model, last, horizon, **extra)
    states = np.asarray(future.states)
    return future, states - width, states + width, notes
