"""What can go wrong, as types. Every message names what, where and the remedy."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

__all__ = [
    "CocycleError",
    "DataError",
    "EstimationError",
    "NotApplicableError",
    "NumericalError",
    "suggestion",
]


class CocycleError(ValueError):
    """Misuse or failure reported by cocycle. Base of every error that the library raises on purpose."""


class DataError(CocycleError):
    """The data cannot be used as given: the message names the row, the column and the remedy."""


class NotApplicableError(CocycleError):
    """The question does not apply to this system or this data (a gradient of a jump process, say)."""


class NumericalError(CocycleError, ArithmeticError):
    """A computation failed: divergence, step-size underflow, non-convergence.

    **Attributes**

    - `time`: where it failed, in the system's units of time (`None` where time has no meaning).
    - `state`: the last good state, or `None`.
    """

    def __init__(self, message: str, *, time: float | None = None, state=None):
        super().__init__(message)
        self.time = time
        self.state = state


class EstimationError(NumericalError):
    """A fit or an estimate did not succeed (no scaling region, not converged): no number is returned."""


def suggestion(name: str, known: Iterable[str]) -> str:
    """`" Did you mean 'Lorenz63'?"` for a near miss, else an empty string. Case is ignored."""
    by_lower: dict[str, str] = {}
    for candidate in known:
        by_lower.setdefault(candidate.lower(), candidate)
    close = difflib.get_close_matches(name.lower(), list(by_lower), n=3, cutoff=0.6)
    if not close:
        return ""
    return " Did you mean " + " or ".join(repr(by_lower[c]) for c in close) + "?"
