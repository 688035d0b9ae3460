"""One small picture of each system's motion at its defaults."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import jax
import numpy as np

from cocycle.core import (
    CocycleError,
    DelayFlow,
    HamiltonianFlow,
    LagrangianFlow,
    Map,
    NumericalError,
    RandomMap,
    StochasticFlow,
    System,
    write_atomically,
)
from cocycle.evolve import time_scale, trajectory
from cocycle.systems import CATALOGUE, get
from cocycle.viz import portrait, to_png

__all__ = ["picture", "pictures"]


def pictures(
    names: Iterable[str] | None = None,
    *,
    to: Path | str = "docs/images/catalogue",
    progress: Callable[[int, int, str], None] | None = None,
) -> list[str]:
    """Draw every system (or those named) and write `NAME.png`. Returns the names that could not be drawn."""
    chosen = tuple(CATALOGUE) if names is None else tuple(get(name).__name__ for name in names)
    to = Path(to)
    to.mkdir(parents=True, exist_ok=True)
    failed = []
    for count, name in enumerate(chosen, 1):
        try:
            write_atomically(to / f"{name}.png", picture(CATALOGUE[name]()))
        except (CocycleError, NumericalError):
            failed.append(name)
        if progress is not None:
            progress(count, len(chosen), name)
    return failed


def picture(system: System) -> bytes:
    """A PNG of the motion: an orbit in the plane or in space, a cloud of points, a series, a field."""
    return to_png(portrait(**_drawn(system)), colours=48)


def _drawn(system: System) -> dict[str, Any]:
    """The arguments of `portrait`: states, labels and style."""
    scale, names = time_scale(system), system.variables
    key = jax.random.key(0) if isinstance(system, (StochasticFlow, RandomMap)) else None
    discrete = isinstance(system, (Map, RandomMap))
    card = type(system).card
    one_name = card is not None and len(card.variables) == 1 and system.dim >= 8
    per_period = 1 if discrete else 8 if one_name else 60
    periods = 20_000 if isinstance(system, Map) else 400 if discrete else 25 if one_name or key is not None else 80
    rests = card is not None and "fixed-point" in card.tags
    run = trajectory(
        system, periods * scale.period, dt=scale.period / per_period, transient=0.0 if rests else None, key=key
    )
    states, times = np.asarray(run.states), np.asarray(run.times)
    wrapped = np.array([card is not None and card.grows(name) for name in names])
    if one_name:
        return _field(system, np.where(wrapped, np.sin(states), states))
    if key is None:  # an angle; a random walk just grows
        states = np.where(wrapped, np.mod(states, 2 * np.pi), states)
    if isinstance(system, Map) and system.dim == 1:
        return _points(np.stack([states[:-1, 0], states[1:, 0]], axis=1), ("$x_n$", "$x_{n+1}$"))
    if key is not None or (system.dim == 1 and not isinstance(system, DelayFlow)):
        columns = np.concatenate([times[:, None] - times[0], states[:, :3]], axis=1)
        return {"states": columns, "labels": ("t", ", ".join(names[:3])), "style": "series"}
    if isinstance(system, DelayFlow) and system.dim == 1:
        late = max(1, round(float(np.max(np.asarray(system.delays))) / (scale.period / per_period)))
        pairs = np.stack([states[late:, 0], states[:-late, 0]], axis=1)
        return {"states": pairs, "labels": (f"{names[0]}(t)", f"{names[0]}(t - delay)"), "style": "orbit"}
    if isinstance(system, Map) or wrapped.any():
        return _points(states, names)
    if isinstance(system, (HamiltonianFlow, LagrangianFlow)) and system.dim > 2:
        states = states[:, :2]  # the path in the plane of the first two coordinates
    return {"states": states[:, :3], "labels": names, "style": "orbit"}


def _points(states, labels) -> dict[str, Any]:
    return {"states": states[:, :2], "labels": labels, "style": "points"}


def _field(system, states) -> dict[str, Any]:
    """A field on a line, or a row of units, as it moves upwards in time; a field in the plane as it is at the end."""
    shaped = system.unravel(states[-1]) if hasattr(system, "unravel") else states[-1]
    if np.ndim(shaped) >= 2 and min(np.shape(shaped)[-2:]) >= 8:
        return {"states": np.reshape(shaped, (-1, *np.shape(shaped)[-2:]))[0], "labels": ("x", "y"), "style": "field"}
    units = states.shape[1]
    if np.ndim(shaped) == 2:
        units = np.shape(shaped)[1]
    return {"states": states[:, :units], "labels": ("position", "time"), "style": "spacetime"}
