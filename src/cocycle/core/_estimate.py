"""`Estimate`: a number with its error bar and the evidence needed to distrust it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np

from ._errors import CocycleError

__all__ = ["Estimate"]


@dataclass(frozen=True, repr=False)
class Estimate:
    """What every measurement returns: a value, its uncertainty, and how it came about.

    **Fields**

    - `name`: what was measured, e.g. `"lyapunov_spectrum"`.
    - `value`: a float or an array.
    - `stderr`: standard error(s), same shape as `value`; `None` where an interval is given instead.
    - `interval`: `(low, high)` at 95 %; built from `stderr` as `value -+ 1.96 stderr` if not given.
    - `n`: how many (effective) samples the value rests on.
    - `unit`: e.g. `"1/time"`, `"nats"`, `""`.
    - `diagnostics`: convergence history, scaling region, surrogate p-value, ... by name.
    - `notes`: sentences that a reader must see next to the number.

    An `Estimate` of a single number converts with `float()`, any with `numpy.asarray()`.
    """

    name: str
    value: Any
    stderr: Any = None
    interval: tuple[Any, Any] | None = None
    n: int | None = None
    unit: str = ""
    diagnostics: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def __post_init__(self):
        value = np.array(self.value, dtype=float)  # a copy: later changes to the caller's array must not reach us
        object.__setattr__(self, "value", float(value) if value.ndim == 0 else value)
        if self.stderr is not None:
            stderr = np.array(self.stderr, dtype=float)
            if stderr.shape != value.shape:
                raise CocycleError(
                    f"Estimate {self.name!r}: stderr has shape {stderr.shape} but value has shape "
                    f"{value.shape}; give one standard error per value."
                )
            object.__setattr__(self, "stderr", float(stderr) if stderr.ndim == 0 else stderr)
            if self.interval is None:
                object.__setattr__(self, "interval", (self.value - 1.96 * stderr, self.value + 1.96 * stderr))
        object.__setattr__(self, "diagnostics", MappingProxyType(dict(self.diagnostics)))

    def __float__(self) -> float:
        value = np.asarray(self.value)
        if value.size != 1:
            raise CocycleError(
                f"Estimate {self.name!r} holds {value.size} numbers; take `.value[i]` instead of float()."
            )
        return float(value.reshape(()))

    def __array__(self, dtype=None, copy=None):
        return np.array(self.value, dtype=dtype or float)

    def __getitem__(self, index) -> Estimate:
        """One entry, e.g. `spectrum[0]`, with its own error bar."""
        if np.ndim(self.value) == 0:
            raise CocycleError(f"Estimate {self.name!r} is a single number; it cannot be indexed.")
        interval = self.interval
        return Estimate(
            f"{self.name}[{index}]",
            np.asarray(self.value)[index],
            None if self.stderr is None else np.asarray(self.stderr)[index],
            None if interval is None else (np.asarray(interval[0])[index], np.asarray(interval[1])[index]),
            self.n,
            self.unit,
            {},
            self.notes,
        )

    def __repr__(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        if np.ndim(self.value) == 0:
            body = _pretty(self.value, self.stderr)
            if self.stderr is None and self.interval is not None:
                body += f" [{float(self.interval[0]):.4g}, {float(self.interval[1]):.4g}]"
        else:
            flat = np.asarray(self.value).ravel()
            errs = [None] * flat.size if self.stderr is None else list(np.asarray(self.stderr).ravel())
            parts = [_pretty(v, e) for v, e in zip(flat[:8], errs[:8], strict=True)]
            body = "[" + ", ".join(parts) + (", ..." if flat.size > 8 else "") + "]"
        return f"Estimate({self.name} = {body}{unit})"

    def plot(self) -> Any:
        """Its evidence as a figure (plotly; `cc.viz.to_svg` for print), chosen by what is in `diagnostics`.

        The convergence history, the scaling region with its local slopes, the surrogates, the curve that the value was
        read from, each with its error bar; where there is none of these, the value alone with its error bar. See
        `cocycle.viz.evidence`.
        """
        import cocycle  # figures stand later in the line of imports: asked for only when one is wanted

        return cocycle.viz.evidence(self)

    def to_dict(self) -> dict[str, Any]:
        """A plain, JSON-ready dictionary (arrays become lists; diagnostics that are not data are dropped)."""
        out: dict[str, Any] = {"name": self.name, "value": _plain(self.value), "unit": self.unit}
        if self.stderr is not None:
            out["stderr"] = _plain(self.stderr)
        if self.interval is not None:
            out["interval"] = [_plain(self.interval[0]), _plain(self.interval[1])]
        if self.n is not None:
            out["n"] = int(self.n)
        if self.notes:
            out["notes"] = list(self.notes)
        diagnostics = {k: _plain(v) for k, v in self.diagnostics.items()}
        out["diagnostics"] = {k: v for k, v in diagnostics.items() if v is not _NOT_PLAIN}
        return out


_NOT_PLAIN = object()


def _plain(value):
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, Mapping):
        return {str(k): p for k, v in value.items() if (p := _plain(v)) is not _NOT_PLAIN}
    if isinstance(value, Estimate):
        return value.to_dict()
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            if not isinstance(value, (list, tuple)):
                return _NOT_PLAIN
            items = [_plain(v) for v in value]
            return _NOT_PLAIN if any(item is _NOT_PLAIN for item in items) else items
    except (TypeError, ValueError):
        return _NOT_PLAIN
    if array.dtype.kind == "f":  # JSON has no NaN: say null
        if array.ndim == 0:
            return float(array) if np.isfinite(array) else None
        items = array.astype(object)
        items[~np.isfinite(array)] = None
        return items.tolist()
    return array.tolist()


def _pretty(value, stderr) -> str:
    value = float(value)
    if stderr is None or not np.isfinite(stderr) or stderr <= 0:
        return f"{value:.6g}"
    digits = max(0, min(12, 1 - int(np.floor(np.log10(stderr)))))
    return f"{value:.{digits}f} +- {float(stderr):.2g}"
