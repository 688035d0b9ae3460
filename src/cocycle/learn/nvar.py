"""NVAR ("next-generation reservoir computing"): polynomials of a few delayed samples, fitted by least squares."""

import dataclasses
from math import comb
from types import MappingProxyType
from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp
import numpy as np

from cocycle.core import CocycleError, param

from . import _polynomials
from ._data import Episodes
from ._fitted import About, DelayModel, about, spread, windows, with_inputs
from ._learner import Learner, check_positive
from ._least_squares import Factored, factor

__all__ = ["NVAR", "PolynomialDelayMap"]


class PolynomialDelayMap(DelayModel):
    r"""$x_{n+1} = x_n + S\,(b + W\,\Phi(z))$, `z` the delayed samples and inputs, standardised; $\Phi$ all monomials.

    **Fields**: `intercept` `(obs,)`; `weights` `(obs, features)`; `order`, `delays`, `stride` as in `NVAR`.
    """

    about: About
    intercept: Any = param()
    weights: Any = param()
    input_center: Any = None
    input_scale: Any = None
    order: int = eqx.field(static=True, default=2)
    delays: int = eqx.field(static=True, default=1)
    stride: int = eqx.field(static=True, default=1)
    lags: int = eqx.field(static=True, default=1)

    def predict(self, window, u=None):
        z = (window[:: self.stride] - self.about.center) / self.about.scale
        z = z.reshape(-1)
        if self.input_center is not None:
            if u is None:
                raise CocycleError("This model was fitted with inputs: call step(n, x, u).")
            z = jnp.concatenate([z, (u - self.input_center) / self.input_scale])
        change = self.intercept + self.weights @ _polynomials.evaluate(z, self.order)
        return window[0] + self.about.scale * change


@dataclasses.dataclass(frozen=True)
class NVAR(Learner):
    r"""Nonlinear vector autoregression: the increment is a polynomial of delayed samples. [@gauthier2021]

    $$x_{n+1} - x_n = b + W\,\Phi_{\le q}(x_n, x_{n-s}, \dots, x_{n-(k-1)s}).$$

    **Settings**

    - `delays` $k$ and `stride` $s$ (in samples); `order` $q$, the highest total degree (Gauthier et al. use degrees 1
      and 2).
    - `ridge`: penalty without unit (per sample, on standardised features). Left out, it is the one whose *iterated*
      forecasts, started along the training data, have the least error: the one-step error says nothing about the
      stability of the iterated map, and with delays the least-squares map is often unstable. (With inputs: generalised
      cross-validation.)

    Left out, the others follow the data: one delay for three variables or more, else enough delays for four columns; a
    stride of a third of the decorrelation time; degree 4, or lower where there would be more than a third as many
    features as samples.

    The fit is an orthogonal factorisation, never the normal equations: on clean data with a full state a one-step
    polynomial map of high degree (`NVAR(delays=1, order=8, ridge=0)`) is limited by rounding only. On noisy data use a
    low degree and a ridge, or let `candidates` and out-of-sample skill decide.
    """

    delays: int | None = None
    stride: int | None = None
    order: int | None = None
    ridge: float | None = None

    uses_inputs: ClassVar[bool] = True

    title: ClassVar[str] = "NVAR"
    fixes: ClassVar = MappingProxyType({"degree": "order", "dimension": "delays", "delay": "stride"})

    def __post_init__(self):
        check_positive(self, delays=1, stride=1, order=1)
        if self.ridge is not None and not self.ridge >= 0:
            raise CocycleError(f"NVAR: ridge must not be negative; got {self.ridge}.")

    def minimum(self, dim):
        delays = self.delays or _default_delays(dim)
        return (delays - 1) * (self.stride or 1) + 2 + max(8, 2 * delays * dim)

    @classmethod
    def grid(cls, data):
        dim = data.dim
        delays = (1, 2) if dim > 2 else (1, 2, 4) if dim == 2 else (1, 2, 4, 6)
        out: list[Learner] = []
        for k in delays:
            for order in (2, 3, 5):
                if _features(k * dim + data.n_inputs, order) <= min(data.total / 3, 500):
                    out.append(cls(k, None, order))
        return out or [cls()]

    def unsuited(self, data):
        delays = self.delays or _default_delays(data.dim)
        if self.order is None:
            return None
        features = _features(delays * data.dim + data.n_inputs, self.order)
        if features > 20_000:
            return f"{features} polynomial terms are too many; lower `order` or `delays`."
        return None

    def learn(self, data, key, on_step):
        delays = self.delays or _default_delays(data.dim)
        stride = self.stride or _default_stride(data, delays)
        lags = (delays - 1) * stride + 1
        columns = delays * data.dim + data.n_inputs
        order = self.order or _default_order(columns, data.total)
        values = np.concatenate(data.values)
        center, scale = values.mean(axis=0), spread(values)
        u_center = u_scale = None
        if data.inputs is not None:
            known = np.concatenate(data.inputs)
            u_center, u_scale = known.mean(axis=0), spread(known)
        features, changes = [], []
        for i, episode in enumerate(data.values):
            if len(episode) <= lags:
                continue
            z = windows((episode[:-1] - center) / scale, delays, stride)
            if data.inputs is not None:
                z = np.concatenate([z, (data.inputs[i][lags - 1 : -1] - u_center) / u_scale], axis=1)
            features.append(_polynomials.evaluate(z, order))
            changes.append((episode[lags:] - episode[lags - 1 : -1]) / scale)
        problem = factor(np.concatenate(features), np.concatenate(changes))
        ridge = self.ridge
        if ridge is None and data.inputs is not None:
            ridge = problem.cross_validated()
        if ridge is None:
            ridge = _steady_ridge(problem, [(v - center) / scale for v in data.values], delays, stride, order)
        fit = problem.solve(ridge)
        on_step(1, 1)
        start = windows(data.at_least(lags).values[-1], lags)[-1]
        return with_inputs(
            PolynomialDelayMap(
                about=about(data, start, fit.residuals * scale, fit.freedom, data.n_inputs),
                intercept=fit.intercept,
                weights=fit.coefficients.T,
                input_center=None if u_center is None else jnp.asarray(u_center),
                input_scale=None if u_scale is None else jnp.asarray(u_scale),
                order=order,
                delays=delays,
                stride=stride,
                lags=lags,
            )
        )


def _default_delays(dim: int) -> int:
    return 1 if dim >= 3 else -(-4 // dim)


def _default_stride(data: Episodes, delays: int) -> int:
    from .analog import decorrelation

    if delays == 1:
        return 1
    longest = data.longest
    room = (len(longest) - 20 - 2 * delays * data.dim) // (delays - 1)
    return int(np.clip(round(decorrelation(longest) / 3), 1, max(1, room)))


def _features(columns: int, order: int) -> int:
    return comb(columns + order, order) - 1


def _default_order(columns: int, samples: int) -> int:
    return next((q for q in (4, 3, 2) if _features(columns, q) <= min(samples / 3, 3000)), 1)


_RIDGES = (0.0, *np.logspace(-16, 0, 17))


def _steady_ridge(problem: Factored, episodes: list[np.ndarray], delays: int, stride: int, order: int) -> float:
    """The ridge with the least iterated error: the mean over leads of the log of the error over many origins.

    All ridges and origins run together; leads reach eight decorrelation times, between 20 and 200 samples.
    """
    from .analog import decorrelation

    longest = max(episodes, key=len)
    lags = (delays - 1) * stride + 1
    horizon = int(np.clip(8 * decorrelation(longest), 20, 200))
    horizon = max(1, min(horizon, (len(longest) - lags) // 2))
    origins = np.unique(np.linspace(lags - 1, len(longest) - 1 - horizon, 40).astype(int))
    solutions = [problem.coefficients(ridge) for ridge in _RIDGES]
    intercept = np.stack([b for b, _ in solutions])[:, None]
    weights = np.stack([c for _, c in solutions])
    window = np.stack([longest[origins - lag] for lag in range(lags)], axis=1)
    window = np.broadcast_to(window, (len(_RIDGES), *window.shape)).copy()
    score = np.zeros(len(_RIDGES))
    with np.errstate(over="ignore", invalid="ignore"):
        for lead in range(1, horizon + 1):
            z = window[:, :, ::stride].reshape(*window.shape[:2], -1)
            new = window[:, :, 0] + intercept + np.matmul(_polynomials.evaluate(z, order), weights)
            new = np.where(np.abs(new) < 30, new, np.nan)  # 30 standard deviations away is gone for good
            window = np.concatenate([new[:, :, None], window[:, :, :-1]], axis=2)
            error = np.sqrt(np.mean((new - longest[origins + lead]) ** 2, axis=(1, 2)))
            score += np.log(np.clip(np.where(np.isfinite(error), error, 100.0), 1e-14, 100.0))
    return float(_RIDGES[int(np.argmin(score))])
