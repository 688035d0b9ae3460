"""Prequential code length: what it costs to write a record down with a model that is learnt on the way."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

import numpy as np

from cocycle.core import CocycleError, DataError, Estimate, EstimationError
from cocycle.measure._blocks import error_of_mean
from cocycle.measure._neighbours import whole
from cocycle.measure._series import as_series
from cocycle.measure._symbols import as_symbols

from ._symbolic import ContextTreeWeighting, SymbolCode

__all__ = ["Predictor", "Refitted", "prepared", "prequential_code_length"]

_BLOCKS = 32  # of the record, for the error bar


class Predictor(Protocol):
    """A probability model that learns. Both methods return nats a row; rows at the start may be left out."""

    def learning(self, values: np.ndarray) -> np.ndarray:
        """Of each row, given those before it, from which it has been learnt. `values`: `(T, dim)`."""
        ...

    def learned(self, values: np.ndarray, new: np.ndarray | None = None) -> np.ndarray:
        """Of each row of `new` (default: of `values`), for the model that has learnt all of `values`."""
        ...


@dataclass(frozen=True)
class Refitted:
    """Any model that can be fitted, as a sequential predictor: it is fitted again each time the record has doubled.

    - `nats(past, following)`: fit to `past` `(T, dim)` and return the nats of each row of `following`, `(rows,)`. The
      rows before a row may serve as inputs of its prediction (lags, state), but not for fitting. A first few rows may
      be left out where `following` begins a record and their inputs are missing.
    - `first`: rows for the first fit; they are given and not encoded. - `growth`: factor between two fits.

    Whether it looks ahead is tested: changing the last row must not change the cost of the others.
    """

    nats: Callable[[np.ndarray, np.ndarray], Any]
    first: int = 50
    growth: float = 2.0

    def __post_init__(self):
        whole(self.first, "first", 2)
        if not self.growth > 1:
            raise CocycleError(f"Refitted: `growth` is greater than 1; got {self.growth!r}.")

    def learning(self, values: np.ndarray) -> np.ndarray:
        if len(values) < 2 * self.first:
            raise DataError(f"Refitted: first={self.first} rows for the first fit need {2 * self.first} rows in all.")
        edges = [self.first]
        while edges[-1] < len(values):
            edges.append(min(len(values), max(edges[-1] + 1, round(self.growth * edges[-1]))))
        found = [self._ask(values[:a], values[a:b], all_rows=True) for a, b in pairwise(edges)]
        changed = values[edges[0] : edges[1]].copy()
        changed[-1] = values[0] if (values[0] != changed[-1]).any() else changed[-1] + 1.0
        again = self._ask(values[: edges[0]], changed, all_rows=True)
        if not np.allclose(again[:-1], found[0][:-1], rtol=1e-6, atol=1e-9):
            raise CocycleError(
                "Refitted: `nats` looks ahead: the cost of a row changes with a later one, so this is no code. Predict "
                "row i of `following` from `past` and `following[:i]` only."
            )
        return np.concatenate(found)

    def learned(self, values: np.ndarray, new: np.ndarray | None = None) -> np.ndarray:
        return self._ask(values, values if new is None else new, all_rows=False)

    def _ask(self, past: np.ndarray, following: np.ndarray, all_rows: bool) -> np.ndarray:
        found = np.asarray(self.nats(past.copy(), following.copy()), dtype=float)
        if found.ndim != 1 or found.size > len(following) or (all_rows and found.size < len(following)):
            raise CocycleError(
                f"Refitted: `nats` returned shape {found.shape} for {len(following)} rows; one number a row is needed."
            )
        if not np.isfinite(found).all():
            raise EstimationError(
                f"Refitted: `nats` returned {found[~np.isfinite(found)][0]} for row {len(past)} or later: a value that "
                "is impossible by the model, or a density without width. Give the model a floor of noise."
            )
        return found


def prepared(data: Any, predictor: Any, classes: int | None, measure: str) -> tuple[np.ndarray, Any, dict[str, Any]]:
    """The rows to encode, the predictor for them, and diagnostics."""
    constant = isinstance(predictor, SymbolCode) and predictor.letters is not None
    symbolic = isinstance(predictor, SymbolCode) or classes is not None
    series = as_series(data, measure=measure, min_length=100, univariate=symbolic, allow_constant=constant)
    if not callable(getattr(predictor, "learning", None)) or not callable(getattr(predictor, "learned", None)):
        raise CocycleError(
            f"{measure}: a predictor has the methods `learning` and `learned`; got {predictor!r}. Wrap a function in "
            "`Refitted`."
        )
    if not symbolic:
        return series.values, predictor, {"variables": series.variables}
    if isinstance(predictor, SymbolCode) and predictor.letters is not None and classes is None:
        symbols = series.column.astype(np.int64)  # the alphabet was given, so the values must be its letters
        if (symbols != series.column).any() or symbols.min() < 0 or symbols.max() >= predictor.letters:
            raise DataError(
                f"{measure}: with letters={predictor.letters} the values must be 0, 1, ..., {predictor.letters - 1}. "
                "Leave `letters` out to take the distinct values as symbols."
            )
        return symbols[:, None], predictor, {"letters": predictor.letters}
    symbols, letters = as_symbols(series.column, classes, measure)
    if isinstance(predictor, SymbolCode):
        predictor = predictor.of(letters)
    return symbols.astype(np.int64)[:, None], predictor, {"letters": letters}


def prequential_code_length(data: Any, predictor: Any = None, *, classes: int | None = None) -> Estimate:
    r"""The length of a record in the code of a predictor that learns while it reads. [@dawid1984]

    $$L(x_{1:n}) = \sum_{t=1}^{n} -\log P(x_t \mid x_{1:t-1})$$

    in nats (divide by $\log 2$ for bits). $L/n$ is never below the entropy rate on average; it is above it by what the
    model class misses and by the cost of learning, about $\frac{k}{2} \log n$ nats in all for $k$ parameters
    [@rissanen1984]. The shorter code is the better model, without a penalty to choose.

    **Arguments**

    - `data`: `(T,)` symbols or numbers, or `(T, dim)` numbers.
    - `predictor`: `ContextTreeWeighting()` (default) or `KrichevskyTrofimov(order)` for symbols;
      `BayesianAutoregression(order)` for numbers; `Refitted(function)` for any model of your own; or an object with the
      methods `learning` and `learned`.
    - `classes`: sort the values into so many classes of equal size; `None`: take them as they are. The edges of the
      classes are taken from the whole record and are not part of the code.

    **Returns** an `Estimate` in nats. `stderr`: how much the length of another record of this length would differ, from
    the scatter of 32 blocks. For numbers the lengths are those of densities: they may be negative, and depend on the
    unit of the data (multiplying by $s$ adds $\log s$ a value); only differences between predictors have a meaning,
    and only on the same rows. Diagnostics: `per_row` (nats a row), `losses` (nats of each), `given` (rows at the start
    that are not encoded), `letters`, `running_length` and `running_mean` (nats, and nats a row) after `rows`. Raises
    `EstimationError` where a predictor is exact to rounding error.
    """
    predictor = ContextTreeWeighting() if predictor is None else predictor
    values, predictor, diagnostics = prepared(data, predictor, classes, "prequential code length")
    losses = np.asarray(predictor.learning(values), dtype=float)
    if not np.isfinite(losses).all():
        raise EstimationError(
            "prequential code length: the predictor gave a row probability 0 or a density without width. Give it a "
            "floor of noise."
        )
    blocks = np.array([part.mean() for part in np.array_split(losses, _BLOCKS)])
    rows, running = np.arange(1, losses.size + 1), np.cumsum(losses)
    diagnostics |= {"per_row": float(losses.mean()), "losses": losses, "given": len(values) - losses.size}
    diagnostics |= {
        "rows": rows,
        "running_length": running,
        "running_mean": running / rows,
        "read_on": "running_length",
    }
    stderr = float(error_of_mean(blocks)) * losses.size
    return Estimate("prequential_code_length", running[-1], stderr, None, losses.size, "nats", diagnostics)
