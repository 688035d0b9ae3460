"""What all makers of surrogates share: the count, and the shape that goes back."""

import numpy as np

from cocycle.core import CocycleError

__all__ = ["as_count", "as_shape"]


def as_shape(samples: np.ndarray, data_dim: int) -> np.ndarray:
    return samples[..., 0] if data_dim == 1 else samples


def as_count(n: int, measure: str) -> int:
    if not isinstance(n, (int, np.integer)) or n < 1:
        raise CocycleError(f"{measure}: n must be a whole number of surrogates, 1 or more; got {n!r}.")
    return int(n)
