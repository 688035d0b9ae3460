"""Using a finished study again: its results, and its model on a new context."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from cocycle import core
from cocycle.core import CocycleError, Trajectory

from ._results import check

__all__ = ["Continued", "continue_forecast", "load_results"]


class Continued(NamedTuple):
    """A forecast from a new context with the intervals of the study that made the model."""

    forecast: Trajectory
    low: np.ndarray  # (horizon, dim)
    high: np.ndarray
    labels: np.ndarray  # times or dates
    axis: str
    notes: list[str]


def load_results(directory: str | Path) -> dict[str, Any]:
    """The checked `results.json` of a study; `CocycleError` if the directory holds none."""
    path = Path(directory) / "results.json"
    if not path.exists():
        raise CocycleError(f"{str(directory)!r} holds no finished study: there is no results.json in it.")
    try:
        results = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise CocycleError(f"{path} is damaged (line {error.lineno}); run the study again.") from None
    check(results)
    return results


def continue_forecast(directory: str | Path, context: Any, horizon: int | None = None) -> Continued:
    """Forecast what follows a new recording with the model of an earlier study.

    **Arguments**

    - `directory`: of the study. - `context`: a file, or a `Trajectory`, with the columns and the sampling interval of
      the study. - `horizon`: samples ahead, at most (and by default) the horizon of the study: the intervals are
      calibrated no further.
    """
    results = load_results(directory)
    if "forecast" not in results:
        raise CocycleError(f"The study in {str(directory)!r} has no model yet; finish it with --resume.")
    from ._examine import beyond
    from ._time import Clock

    width = np.asarray(results["forecast"]["half_width"])
    horizon = len(width) if horizon is None else int(horizon)
    if not 1 <= horizon <= len(width):
        raise CocycleError(
            f"The study calibrated its intervals for 1 to {len(width)} samples ahead; got a horizon of {horizon}. "
            "Make a new study with a longer --horizon."
        )
    source = results["source"]
    if not isinstance(context, Trajectory):
        options = results["options"]
        context = core.read(
            context, columns=source["variables"], time_column=options["time_column"], inputs=source["inputs"] or None
        )
    elif context.variables != tuple(source["variables"]):
        context = context.select(source["variables"])
    model = core.load(Path(directory) / "model")
    future, lower, upper, notes = beyond(model, context, horizon, width[:horizon])
    clock = Clock.of(context)
    labels = clock.labels(context, np.asarray(future.times))
    return Continued(future, lower, upper, labels, clock.axis, notes)
