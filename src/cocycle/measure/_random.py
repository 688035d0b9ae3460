"""From a JAX key to a numpy generator: measures on data compute with numpy, and are random only through a key."""

from typing import Any

import jax
import numpy as np

from cocycle.core import CocycleError

__all__ = ["generator"]


def generator(key: Any, measure: str) -> np.random.Generator:
    """A numpy generator determined by `key`; `None` means seed 0, so that a measure without a key is repeatable."""
    if key is None:
        return np.random.default_rng(0)
    try:
        words = np.asarray(jax.random.key_data(key))
    except TypeError as error:
        raise CocycleError(f"{measure}: key must come from `jax.random.key(seed)`; got {key!r}.") from error
    if words.ndim != 1:
        raise CocycleError(f"{measure} takes one key; got an array of keys of shape {words.shape[:-1]}.")
    return np.random.default_rng([int(w) for w in words])
