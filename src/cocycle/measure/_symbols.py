"""From numbers to symbols: the alphabet that codes and complexities of sequences are about."""

import numpy as np

from cocycle.core import DataError

from ._neighbours import whole

__all__ = ["as_symbols"]


def as_symbols(x: np.ndarray, classes: int | None, measure: str) -> tuple[np.ndarray, int]:
    """Symbols 0, 1, ... of a column, and how many kinds there are: `classes` of equal size, or the distinct values."""
    if classes is None:
        values, symbols = np.unique(x, return_inverse=True)
        if values.size > 256:
            raise DataError(
                f"{measure}: {values.size} distinct values are too many symbols. Say how many `classes` to sort them "
                "into."
            )
        return symbols.astype(np.uint8), values.size
    classes = whole(classes, "classes", 2)
    if classes > 256:
        raise DataError(f"{measure}: classes is at most 256; got {classes}.")
    edges = np.quantile(x, np.arange(1, classes) / classes)
    return np.searchsorted(edges, x, "left").astype(np.uint8), classes
