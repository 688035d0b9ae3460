"""Derivatives of fields on the grid of a system, independent of the system's own: by Fourier modes, or collocation.

Arrays hold one field for each state along the last axis; a vector field has one axis more, in front.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from ._tree import EquationError

__all__ = ["Interval", "Periodic", "smooth"]


class Periodic:
    """A ring or a periodic box. Operators are factors of the Fourier modes."""

    def __init__(self, system: Any, shape: tuple[int, ...]):
        self.system, self.shape, self.axes = system, shape, "xyz"[: len(shape)]
        self.length = np.broadcast_to(np.asarray(system.length, float), len(shape))

    def along(self, axis: str, values: Any) -> Any:
        """Values along one axis, shaped to be combined with fields."""
        return np.reshape(values, [-1 if a == axis else 1 for a in self.axes] + [1])

    def coordinate(self, axis: str) -> Any:
        n, length = self.shape[self.axes.index(axis)], self.length[self.axes.index(axis)]
        grid = np.asarray(getattr(self.system, "grid", ()))
        return self.along(axis, grid if grid.shape == (n,) else length / n * np.arange(n))

    def operator(self, name: str) -> Any:
        """A derivative such as `xx`, or `laplace`."""
        if name == "laplace":
            return sum((self.operator(2 * axis) for axis in self.axes), np.complex128(0))
        factor = np.complex128(1)
        for axis in name:
            if axis not in self.axes:
                raise EquationError(f"the field has no axis {axis!r}, only {', '.join(self.axes)}")
            k = self.axes.index(axis)
            n = self.shape[k]
            factor = factor * self.along(axis, 2j * np.pi / self.length[k] * np.fft.fftfreq(n, 1 / n))
        return factor

    def apply(self, operator: Any, field: Any, ends: Any = None) -> Any:
        return self._filtered(field, lambda modes: operator * modes)

    def invert(self, response: Any, field: Any) -> Any:
        """The field of which an operator makes `field`, by its response to `delta`; of mean 0 if that is free."""
        factors = self._modes(response)
        free = np.abs(factors) <= 1e-12 * np.abs(factors).max()
        return self._filtered(field, lambda modes: np.where(free, 0, modes) / np.where(free, 1, factors))

    @property
    def delta(self) -> Any:
        """A field with all Fourier modes equal to 1."""
        delta = np.zeros((*self.shape, 1))
        delta[(0,) * len(self.shape)] = 1
        return delta

    def _modes(self, field: Any) -> Any:
        return np.fft.fftn(field, axes=range(len(self.shape)))

    def _filtered(self, field: Any, change: Callable) -> Any:
        result = np.fft.ifftn(change(self._modes(field)), axes=range(len(self.shape)))
        rounding = 1e-9 * np.abs(result).max(initial=0.0)
        return result if np.iscomplexobj(field) or np.abs(result.imag).max(initial=0.0) > rounding else result.real


class Interval:
    """The inner points `grid` of an interval with given values at its two ends. Operators are matrices."""

    shape: tuple[int, ...]
    axes = "x"
    delta = np.float64(1)  # equations on an interval give `u_t` up to a factor only

    def __init__(self, system: Any, ends: tuple[float, float]):
        x = np.concatenate([[ends[0]], np.asarray(system.grid), [ends[1]]])
        if (np.diff(x) <= 0).any():
            raise EquationError(f"the grid does not lie between the ends {ends[0]:g} and {ends[1]:g}")
        self.shape = (len(x) - 2,)
        apart = x[:, None] - x + np.eye(len(x))
        weights = 1 / np.prod(apart, axis=1)  # barycentric
        first = weights / weights[:, None] / apart
        np.fill_diagonal(first, 0)
        self.first = first - np.diag(first.sum(axis=1))

    def coordinate(self, axis: str) -> Any:
        raise EquationError("the position on an interval is not known here")

    def operator(self, name: str) -> Any:
        return np.linalg.matrix_power(self.first, 2 if name == "laplace" else len(name))

    def apply(self, operator: Any, field: Any, ends: Any = None) -> Any:
        if ends is None:
            raise EquationError("no values are given at the ends of the interval: write `u(-1) = a`")
        left, right = (np.broadcast_to(end, (1, field.shape[-1])) for end in ends)
        return (operator @ np.concatenate([left, field, right]))[1:-1]

    def invert(self, response: Any, field: Any) -> Any:
        return field / response


def smooth(positions: list[Any], points: Any) -> Any:
    """The long waves of periodic fields, of which products and derivatives are exact on the grid; `points` are rows."""
    out = np.array(points)
    for at in positions:
        axes = tuple(range(1, at.ndim + 1))
        modes = np.fft.fftn(points[:, at], axes=axes)
        for axis, n in zip(axes, at.shape):
            short = np.abs(np.fft.fftfreq(n, 1 / n)) > max(2, n // 16)
            modes = modes * ~short.reshape([-1 if a == axis else 1 for a in range(at.ndim + 1)])
        out[:, at] = np.fft.ifftn(modes, axes=axes).real
    return out
