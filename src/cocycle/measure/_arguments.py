"""What is asked of a system: durations, a start, a key. Checked before anything is computed with them."""

from typing import Any

import jax
import numpy as np

from cocycle.core import CocycleError, as_parameter

from ._random import generator

__all__ = ["duration", "finite", "random_key", "start"]


def finite(value: Any, name: str) -> float:
    """One finite number, or a `CocycleError` that names the argument."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = np.nan
    if isinstance(value, str) or not np.isfinite(number):
        raise CocycleError(f"`{name}` is one finite number; got {value!r}.")
    return number


def duration(value: Any, name: str, *, zero: bool = False) -> float:
    """A length of time (or a number of periods), above 0, with `zero` 0 too."""
    number = finite(value, name)
    if number < 0 or (number == 0 and not zero):
        raise CocycleError(f"`{name}` is a number {'of 0 or more' if zero else 'above 0'}; got {number:g}.")
    return number


def start(system: Any, x0: Any, name: str | None = None) -> jax.Array:
    """Where to start: `x0`, of the system's shape and finite; or the system's default state. `name`: of the system."""
    if x0 is None:
        return system.default_state()
    try:
        point = as_parameter(x0)
    except (TypeError, ValueError) as error:
        raise CocycleError(f"`x0` is an array of numbers, one for each variable; got {x0!r}.") from error
    name, shape = name or type(system).__name__, tuple(np.shape(system.default_state()))
    if point.shape != shape:
        raise CocycleError(f"`x0` has shape {point.shape}; {name} starts at one point of shape {shape}.")
    if not np.isfinite(np.asarray(point)).all():
        raise CocycleError(f"`x0` is not finite: {np.asarray(point)}. Start {name} at finite numbers.")
    return point


def random_key(key: Any, measure: str) -> Any:
    """The key as it was given, or a `CocycleError` if it is none."""
    if key is not None:
        generator(key, measure)
    return key
