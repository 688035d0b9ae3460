"""SINDy: equations of motion as sparse combinations of candidate functions."""

import dataclasses
from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp
import numpy as np

from cocycle.core import CocycleError, EstimationError, Flow, param
from cocycle.evolve import RK4
from cocycle.learn._data import Episodes
from cocycle.learn._fitted import About, Fitted, FittedMap, about, spread
from cocycle.learn._learner import Learner, check_choice, check_positive
from cocycle.learn.analog import decorrelation

from ._derivatives import differences, smoothed, smoothing_window, weak
from ._library import FunctionLibrary, Polynomial
from ._regression import sparse_regression

__all__ = ["SINDy", "SINDyMap", "SparseFlow", "SparseMap"]


class _Sparse(Fitted):
    """What is observed is the state; its rule is `coefficients @ library(x)`. Abstract."""

    about: About
    coefficients: Any = param()
    stderr: Any = param()
    library: FunctionLibrary = eqx.field(default_factory=Polynomial)

    @property
    def context_length(self):
        return 1

    @property
    def variables(self):
        return self.about.variables

    def states(self, values, inputs=None):
        del inputs
        return jnp.asarray(values)

    def perturbed(self, x, innovation):
        return x + innovation

    def _lines(self, left: str, digits: int) -> list[str]:
        lines = _lines(self.coefficients, self.library.names(self.variables), digits)
        return [f"{left.format(v)} = {line}" for v, line in zip(self.variables, lines, strict=True)]


class SparseFlow(_Sparse, Flow):
    r"""$\dot x = \Xi\,\theta(x)$: `coefficients` `(dim, functions)` in the units of the data, `stderr` likewise.

    Forecasts take `substeps` Runge-Kutta steps per sampling interval; as a `Flow` it takes any solver.
    """

    substeps: int = eqx.field(static=True, default=1)

    def vector_field(self, t, x):
        del t
        return self.coefficients @ self.library(x)

    def advance(self, n, x, u=None):
        del u
        return RK4(substeps=self.substeps).advance(self, n * self.about.dt, x, self.about.dt)

    def equations(self, digits: int = 4) -> list[str]:
        """One line per variable, `dx/dt = ...`, coefficients to `digits` significant digits."""
        return self._lines("d{}/dt", digits)


class SparseMap(_Sparse, FittedMap):
    r"""$x_{n+1} = \Xi\,\theta(x_n)$: `coefficients` `(dim, functions)` in the units of the data, `stderr` likewise."""

    def advance(self, n, x, u=None):
        del n, u
        return self.coefficients @ self.library(x)

    def equations(self, digits: int = 4) -> list[str]:
        """One line per variable, `x' = ...` (the prime marks the next sample)."""
        return self._lines("{}'", digits)


@dataclasses.dataclass(frozen=True)
class _Identification(Learner):
    """What the identification of flows and of maps share: the library of candidate functions. Abstract."""

    library: FunctionLibrary | None = None
    threshold: float = 0.01
    significance: float = 3.0

    def _candidates(self, dim: int) -> FunctionLibrary:
        return self.library or Polynomial(3 if dim <= 6 else 2)

    def _check(self) -> None:
        if self.library is not None and not isinstance(self.library, FunctionLibrary):
            raise CocycleError(f"{type(self).__name__}: library must be a FunctionLibrary, such as Polynomial(3).")
        if not self.threshold >= 0 or not self.significance >= 0:
            raise CocycleError(f"{type(self).__name__}: threshold and significance must not be negative.")

    def fixed(self, **choices):
        degree = choices.get("degree")
        return self if degree is None else self.replace(library=Polynomial(degree))

    def unsuited(self, data):
        functions = self._candidates(data.dim)(np.zeros((1, data.dim))).shape[1]
        if functions > 2000:
            return f"{functions} candidate terms for {data.dim} variables are too many; use a smaller library."
        if data.total < 2 * functions:
            return f"{data.total} samples are too few for {functions} candidate terms; use a smaller library."
        return None


@dataclasses.dataclass(frozen=True)
class SINDy(_Identification):
    r"""Sparse identification of nonlinear dynamics, for flows: $\dot x = \Xi\,\theta(x)$ with few terms. [@brunton2016]

    **Settings**

    - `library`: the candidate functions; default all monomials up to degree 3 (2 from seven variables on).
      Libraries add: `Polynomial(2) + Fourier(1)`.
    - `method`: how derivatives are dealt with. `"weak"` (default): integrals against test functions, no derivative of
      the data [@messenger2021]; `"savitzky-golay"`: local polynomials; `"finite-difference"`: central differences of
      order 6, for data without noise.
    - `window`: width in samples of the test functions or local polynomials; left out, it follows the data
      (twice the decorrelation time; half the widest polynomial window whose residual is still noise).
    - `threshold`: a term goes if dropping it, and fitting the others again, adds an error below this fraction of the
      derivative's root mean square; of several such terms the one of highest degree goes first. It has no unit:
      rescaling a variable changes nothing.
    - `significance`: a term must be this many standard errors from zero.

    The state must be observed in full, densely in time (some 20 samples or more per oscillation). The model prints
    itself: `model.equations()`; `model.stderr` holds standard errors of the coefficients (they do not include
    the bias that noise in the samples puts into nonlinear terms).
    """

    method: str = "weak"
    window: int | None = None

    title: ClassVar[str] = "SINDy"

    def __post_init__(self):
        check_choice(self, "method", ("weak", "savitzky-golay", "finite-difference"))
        check_positive(self, window=5)
        self._check()

    def minimum(self, dim):
        return max(30, 3 * (self.window or 9))

    @classmethod
    def grid(cls, data):
        return [
            cls(Polynomial(order), threshold=threshold) for order in _orders(data) for threshold in (0.005, 0.02, 0.1)
        ]

    def learn(self, data, key, on_step):
        library = self._candidates(data.dim)
        width = self.window or self._width(data)
        data = data.at_least(max(width + 2, 10))
        rows = [self._rows(values, data.dt, library, width) for values in data.values]
        design, target = np.concatenate([r[0] for r in rows]), np.concatenate([r[1] for r in rows])
        on_step(1, 3)
        if len(design) < 2 * design.shape[1]:
            raise EstimationError(
                f"SINDy: {len(design)} equations for {design.shape[1]} terms. Give more data or a smaller library."
            )
        correlated = 8 if self.method == "weak" else width
        fit = sparse_regression(
            design, target, library.complexity(data.dim), self.threshold, self.significance, correlated
        )
        on_step(2, 3)
        scale = spread(np.concatenate(data.values))
        substeps, errors = _steps_and_errors(fit.coefficients, library, data, scale)
        record = about(data, data.values[-1][-1], errors)
        on_step(3, 3)
        return SparseFlow(record, fit.coefficients, fit.stderr, library, substeps=substeps)

    def _width(self, data: Episodes) -> int:
        longest = data.longest
        room = max(5, (len(longest) // 4) | 1)
        if self.method == "finite-difference":
            return 7
        if self.method == "savitzky-golay":
            # half the widest: a slope suffers from smoothing more than a value, and noise averages out over the rows
            return max(7, min(smoothing_window(longest, room), room) // 2 | 1)
        return int(np.clip(2 * decorrelation(longest) | 1, 9, max(9, room)))

    def _rows(self, values, dt, library, width):
        if self.method == "finite-difference":
            return differences(values, dt, library)
        if self.method == "savitzky-golay":
            return smoothed(values, dt, library, width | 1)
        half = max(2, width // 2)
        return weak(values, dt, library, half, max(1, half // 4, len(values) // 20_000))


@dataclasses.dataclass(frozen=True)
class SINDyMap(_Identification):
    r"""Sparse identification for maps: $x_{n+1} = \Xi\,\theta(x_n)$ with few terms. [@brunton2016]

    **Settings**: `library`, `threshold`, `significance` as for `SINDy`. `model.equations()` prints the map.
    """

    title: ClassVar[str] = "SINDy (map)"
    few: ClassVar[int] = 2

    def __post_init__(self):
        self._check()

    def minimum(self, dim):
        return 20

    @classmethod
    def grid(cls, data):
        return [cls(Polynomial(order), threshold) for order in _orders(data) for threshold in (0.005, 0.05)]

    def learn(self, data, key, on_step):
        library = self._candidates(data.dim)
        data = data.at_least(2)
        design = np.concatenate([library(v[:-1]) for v in data.values])
        target = np.concatenate([v[1:] for v in data.values])
        fit = sparse_regression(design, target, library.complexity(data.dim), self.threshold, self.significance, 1)
        on_step(1, 1)
        terms = np.count_nonzero(fit.coefficients) / data.dim
        record = about(data, data.values[-1][-1], fit.residuals, terms)
        return SparseMap(record, fit.coefficients, fit.stderr, library)


def _orders(data: Episodes) -> list[int]:
    return [q for q in (2, 3, 5) if Polynomial(q)(np.zeros((1, data.dim))).shape[1] <= min(300, data.total / 4)]


def _lines(coefficients: Any, names: list[str], digits: int) -> list[str]:
    lines = []
    for row in np.asarray(coefficients):
        text = ""
        for value, name in zip(row, names, strict=True):
            if value == 0:
                continue
            number = f"{abs(value):.{digits}g}" + (f" {name}" if name else "")
            sign = ("-" if value < 0 else "") if not text else (" - " if value < 0 else " + ")
            text += sign + number
        lines.append(text or "0")
    return lines


def _one_step(coefficients, library, x, dt, substeps):
    """What `SparseFlow.advance` computes, for all rows of `x` and without compiling."""

    def f(y):
        return library(y) @ coefficients.T

    h = dt / substeps
    for _ in range(substeps):
        k1 = f(x)
        k2 = f(x + h / 2 * k1)
        k3 = f(x + h / 2 * k2)
        x = x + h / 6 * (k1 + 2 * k2 + 2 * k3 + f(x + h * k3))
    return x


def _steps_and_errors(coefficients, library, data: Episodes, scale) -> tuple[int, np.ndarray]:
    """Enough Runge-Kutta steps per sample for an error of 1e-8 standard deviations, and the one-step errors."""
    longest = data.longest
    rows = np.unique(np.linspace(0, len(longest) - 2, 400).astype(int))
    with np.errstate(over="ignore", invalid="ignore"):
        substeps, coarse = 1, _one_step(coefficients, library, longest[rows], data.dt, 1)
        while substeps < 32:
            fine = _one_step(coefficients, library, longest[rows], data.dt, 2 * substeps)
            change = np.abs((fine - coarse) / scale).max(axis=1)
            substeps, coarse = 2 * substeps, fine
            # one doubling gains a factor of 16; the worst few rows may be blowing up
            if np.quantile(np.where(np.isfinite(change), change, np.inf), 0.95) <= 1.6e-7:
                break
        errors = longest[rows + 1] - coarse
        good = np.isfinite(errors).all(axis=1) & (np.abs(errors / scale) < 30).all(axis=1)
    if good.mean() < 0.9:
        raise EstimationError(
            "SINDy: the fitted equations blow up within one sample from much of the data. Use a smaller library, a "
            "higher threshold or another method."
        )
    return substeps, errors[good]
