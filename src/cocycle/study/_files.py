"""The files that a study leaves beside its report: the forecast, the recording, the model."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import numpy as np

from cocycle.core import replacing, write_atomically

if TYPE_CHECKING:
    from ._study import _Run

__all__ = ["forecast_csv", "write_files"]


def write_files(run: _Run, results: dict[str, Any]) -> None:
    """`trajectory.nc`, `forecast.csv` (once there is a forecast) and `report.html`."""
    from ._report import render

    directory = run.store.directory
    episodes = run.recording.episodes
    for index, episode in enumerate(episodes):
        name = "trajectory.nc" if len(episodes) == 1 else f"trajectory-{index + 1}.nc"
        with replacing(directory / name) as temporary:
            episode.to_netcdf(temporary)
    forecast = run.store.get("forecast")
    if forecast is not None:
        text = forecast_csv(
            run.recording.clock.axis, forecast["labels"], run.recording.info["variables"],
            forecast["states"], forecast["low"], forecast["high"],
        )  # fmt: skip
        write_atomically(directory / "forecast.csv", text)
    write_atomically(directory / "report.html", render(run, results))


def forecast_csv(axis: str, labels: Any, variables: list[str], states: Any, low: Any, high: Any) -> str:
    """A table: the time, and for each variable the forecast and the limits of its interval."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([axis, *(f"{v}{suffix}" for v in variables for suffix in ("", "_low", "_high"))])
    bounds = [np.asarray(a, dtype=float) for a in (states, low, high)]
    for index, label in enumerate(np.asarray(labels).tolist()):
        row = [repr(float(b[index, j])) for j in range(len(variables)) for b in bounds]
        writer.writerow([label, *row])
    return out.getvalue()
