"""Choosing a model by rolling-origin validation. Sees the training part only: nothing else is passed in."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from cocycle.core import CocycleError, DataError, NumericalError, Trajectory

from ._candidates import Candidate
from ._format import against, sig
from ._predict import Origin, predict, scale_of, spread_origins

__all__ = ["Fold", "choose", "evaluate", "family_best", "rolling_origin", "sentence_of"]


class Fold(NamedTuple):
    """One fit and the places from which it is asked to forecast: all of them later than what it was fitted on.

    `fit` is what the model is fitted to, `seen` the same with the block that follows, where the `origins` (row numbers
    of `seen`) and the truth lie.
    """

    fit: list[Trajectory]
    seen: list[Trajectory]
    origins: list[Origin]


def rolling_origin(train: Sequence[Trajectory], *, folds: int, origins: int, horizon: int) -> list[Fold]:
    """Windows of fixed length that slide through the training part, each followed by its forecast origins.

    Every window holds 60 % of the samples of its episode; the rest is cut into `folds` blocks, and block `k` is
    forecast from the window that ends where it begins [@tashman2000]. All windows have one length, so that fits compile
    once.
    """
    windows = [round(0.6 * len(episode)) for episode in train]
    rooms = [len(episode) - window for episode, window in zip(train, windows, strict=True)]
    usable = [i for i, room in enumerate(rooms) if room >= horizon + 1]
    if not usable:
        raise DataError(
            f"A horizon of {horizon} samples leaves no room to validate in a training part of "
            f"{max(len(e) for e in train)} samples; use a horizon of at most {max(1, max(rooms) - 1)}."
        )
    folds = max(1, min([folds] + [(rooms[i] - horizon) // 4 for i in usable]))
    made = []
    for k in range(folds):
        fit, seen, places = [], [], []
        for index, (episode, window) in enumerate(zip(train, windows, strict=True)):
            usual = max(0, rooms[index] - horizon) // folds
            part = episode[k * usual : k * usual + window + usual + horizon]
            fit.append(part[:window])
            seen.append(part)
            if index in usable:
                count = max(1, round(origins / len(usable)))
                places += [Origin(index, row) for row in spread_origins(window, len(part) - horizon, count)]
        made.append(Fold(fit, seen, places))
    return made


def evaluate(
    candidate: Candidate, folds: Sequence[Fold], *, horizon: int, key: Any
) -> tuple[dict[str, Any], np.ndarray | None]:
    """The validation errors of one candidate, each scaled by the one-step persistence error (MASE).

    **Returns** plain data (`errors` one an origin, `score` their mean, `se`, `seconds`; or `failed`, a sentence), and
    the errors of the forecasts, shape `(origins, horizon, dim)`: what calibrates the prediction intervals.
    """
    began = time.perf_counter()
    record: dict[str, Any] = {"name": candidate.name, "family": candidate.family, "baseline": candidate.baseline}
    record.update(settings=candidate.settings, rank=candidate.rank, score=None, se=None, failed=None)
    residuals = None
    try:
        parts = []
        for fold in folds:
            model = candidate.learner.fit(fold.fit, key=key)
            parts.append(predict(model, fold.seen, fold.origins, horizon).residuals)
        scaled = [np.mean(np.abs(r) / scale_of(f.fit), axis=(1, 2)) for r, f in zip(parts, folds, strict=True)]
        errors = np.concatenate(scaled)
        if not np.isfinite(errors).all() or errors.max() > 1e6:
            raise NumericalError("Its forecasts run away.")
        residuals = np.concatenate(parts)
        se = float(errors.std(ddof=1) / np.sqrt(_independent(folds, horizon))) if errors.size > 1 else None
        record.update(errors=errors, score=float(errors.mean()), se=se)
    except Exception as error:  # one learner that fails must not take the study with it
        record["failed"] = sentence_of(error)
    record["seconds"] = time.perf_counter() - began
    return record, residuals


def _independent(folds: Sequence[Fold], horizon: int) -> float:
    """How many of the forecasts do not overlap."""
    count = 0
    for fold in folds:
        for episode in {origin.episode for origin in fold.origins}:
            rows = [origin.row for origin in fold.origins if origin.episode == episode]
            count += min(len(rows), 1 + (max(rows) - min(rows)) // horizon)
    return max(1, count)


def sentence_of(error: BaseException) -> str:
    """Why something failed, as one sentence."""
    text = " ".join(str(error).split())
    if isinstance(error, CocycleError):
        return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
    return f"It stopped unexpectedly ({type(error).__name__}: {text[:200]})."


def family_best(records: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The best candidate of each kind of learner, best kind first; kinds of which all failed are left out."""
    best: dict[str, dict[str, Any]] = {}
    for record in records:
        if record["failed"] is None:
            known = best.get(record["family"])
            if known is None or record["score"] < known["score"]:
                best[record["family"]] = record
    return sorted(best.values(), key=lambda r: r["score"])


def choose(records: Sequence[dict[str, Any]], folds: Sequence[Fold], horizon: int) -> tuple[dict[str, Any], str]:
    """The chosen candidate and the reason: the simplest that is not worse than the best by one standard error.

    The standard error is that of the paired differences over forecasts that do not overlap. A learner that is not
    better than the best baseline by one standard error is therefore never chosen [@hastie2009, sec. 7.10].
    """
    best_of = family_best(records)
    if not best_of:
        reasons = " ".join(sorted({f"{r['name']}: {r['failed']}" for r in records}))
        raise CocycleError(f"No candidate could be fitted. {reasons}")
    best = best_of[0]
    n = _independent(folds, horizon)

    def close(record) -> bool:
        difference = np.asarray(record["errors"]) - np.asarray(best["errors"])
        spread = float(difference.std(ddof=1)) if difference.size > 1 else 0.0
        return float(difference.mean()) <= spread / np.sqrt(n)

    chosen = min((r for r in best_of if close(r)), key=lambda r: (r["rank"], r["score"]))
    baselines = [r for r in best_of if r["baseline"]]
    if chosen["baseline"]:
        if best is chosen:
            return chosen, f"No learner forecasts better than the baseline {chosen['name']}."
        return chosen, (
            f"{best['name']} has the smallest error ({sig(best['score'])} against {sig(chosen['score'])}), but by less "
            f"than one standard error: nothing beats the baseline {chosen['name']}."
        )
    reason = f"It has the smallest validation error (MASE {sig(chosen['score'])})."
    if best is not chosen:
        reason = (
            f"It is the simplest whose validation error (MASE {sig(chosen['score'])}) lies within one standard error "
            f"of the smallest ({best['name']}, {sig(best['score'])})."
        )
    if baselines:
        other = baselines[0]
        reason += f" That is {against(chosen['score'], other['score'], 'the best baseline, ' + other['name'])}."
    return chosen, reason
