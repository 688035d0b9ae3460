"""Does the verdict survive? The same question asked of half the data, of noisier data, of coarser samples."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from cocycle.core import Trajectory

from ._options import Options
from ._select import sentence_of

__all__ = ["alterations", "sensitivity"]

_LEAST = 100  # samples below which an altered recording says nothing


def alterations(data: Trajectory, noise: np.ndarray, options: Options) -> list[tuple[str, Callable[[], Trajectory]]]:
    """What is altered, and how.

    `noise` is the standard deviation of the noise in each variable: the one-step error of the best model, an upper
    limit. To double it, independent Gaussian noise of `sqrt(3)` times as much is added (variances add: 1 + 3 = 2^2).
    """
    n = len(data)

    def noisy() -> Trajectory:
        rng = np.random.default_rng(options.seed)
        states = np.asarray(data.states, float)
        added = np.sqrt(3.0) * noise * rng.standard_normal(states.shape)
        return Trajectory(data.times, states + added, variables=data.variables, meta=data.meta)

    rows: list[tuple[str, Callable[[], Trajectory]]] = []
    if n >= 2 * _LEAST:
        rows.append(("the first half of the data", lambda: data[: n // 2]))
        if not options.quick:
            rows.append(("the second half of the data", lambda: data[n // 2 :]))
    if np.isfinite(noise).all() and (noise > 0).any():
        rows.append(("twice the noise", noisy))
    if not options.quick and n >= 2 * _LEAST:
        rows.append(("every second sample", lambda: data[::2]))
    return rows


def sensitivity(change: str, altered: Trajectory, kind: str, decide: Callable[[Trajectory], Any]) -> dict[str, Any]:
    """The verdict `decide` gives on altered data, next to the `kind` of the whole recording (schema `Sensitivity`)."""
    try:
        verdict = decide(altered)
    except Exception as error:  # an altered recording may be too short or too plain for a verdict
        return {"change": change, "kind": None, "confidence": None, "survives": False, "sentence": sentence_of(error)}
    return {
        "change": change,
        "kind": verdict["kind"],
        "confidence": verdict["confidence"],
        "survives": verdict["kind"] == kind,
        "sentence": verdict["sentence"],
    }
