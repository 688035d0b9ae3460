"""Persistency of a stationary Gaussian process from its correlation: independent intervals, by Slepian's model."""

from collections.abc import Callable
from typing import Any

import numpy as np

from cocycle.core import CocycleError, Estimate, EstimationError, NotApplicableError

__all__ = ["persistency_exponent"]

_TAIL = 1e-8  # correlation from which on it is continued as an exponential
_NODES = 24


def persistency_exponent(correlation: Callable[[np.ndarray], Any], *, dt: float | None = None) -> Estimate:
    r"""How fast a stationary Gaussian process of mean 0 forgets its sign: independent-interval approximation.
    [@mcfadden1958; @majumdar1996; @bengtsson2024]

    $P(\text{no zero up to } t) \sim e^{-\theta t}$. Seen from a crossing, the process is Slepian's model; the mean of
    its sign after a time t,

    $$E(t) = -\frac{1}{\sqrt{-r''(0)}} \frac{d}{dt} \arcsin r(t),$$

    is matched to that of a process that switches sign after independent intervals. If $E$ falls from 1 to 0 it is the
    survival function of a time X, the intervals are sums of X over a geometric number (1/2) of terms, a proper law, and
    $\theta$ solves

    $$\langle e^{\theta X} \rangle = 2, \qquad \text{that is} \qquad \theta \int_0^\infty e^{\theta t} E(t)\, dt = 1.$$

    Matching the correlation $\frac{2}{\pi} \arcsin r$ of the signs gives the same. The approximation is that intervals
    are independent: good to a few per cent for correlations that fall smoothly, and with no bound of its own. What is
    proven is Slepian's inequality [@slepian1962]: $r(t) \ge e^{-\lambda t}$ for all t implies $\theta \le \lambda$.

    A rough process ($r''(0)$ infinite) crosses infinitely often, and has this approximation only when sampled: give
    `dt`, and the intervals are whole numbers of samples. [@nyberg2018] Of $r = e^{-\lambda t}$ alone
    (Ornstein-Uhlenbeck, the only Markov process among them) the exponent is known, and returned exactly:
    $\theta = \lambda$.

    A process that is self-similar in t (a random walk, the diffusion field of a random start) is stationary in
    $\ln t$, and its persistency falls as $t^{-\theta}$.

    **Arguments**

    - `correlation`: $r$, of an array of times 0 or more to an array, 1 at time 0, falling towards 0.
    - `dt`: sampling interval; `None`: the process in continuous time.

    **Returns** an `Estimate` in 1/time. `stderr` is numerical (difference between two grids) and does not hold what
    the approximation costs. Diagnostics: `crossing_rate` (Rice; exact), `mean_interval`, `slepian_bound` (of the
    continuous process; the sampled one's exponent is below it too), `proper` (whether E falls, so that the intervals
    have a law), `decay_rate` of the correlation, `method`, and with `dt` the law of the intervals: `times`,
    `probability`.

    Raises `NotApplicableError` for correlations that do not fall steadily (oscillating ones, for which the
    approximation fails), for rough processes without `dt`, and where the correlation falls more slowly than an
    exponential, when persistency does too.
    """
    if dt is not None and (not isinstance(dt, (int, float, np.number)) or not 0 < float(dt) < np.inf):
        raise CocycleError(f"persistency_exponent: dt is a time greater than 0; got {dt!r}.")
    grid = np.geomspace(1e-9, 1e9, 1801)
    values = _checked(correlation, grid)
    scale = float(grid[np.argmax(values < 0.5)])
    cut = float(grid[np.argmax(values < _TAIL)])
    inside = (grid <= cut) & (values < 1 - 1e-9)
    slopes = -np.log(values[inside]) / grid[inside]
    logs = np.log(_at(correlation, cut * np.array([0.45, 0.5, 0.9, 1.0])))
    before, decay = float((logs[0] - logs[1]) / (0.05 * cut)), float((logs[2] - logs[3]) / (0.1 * cut))
    if decay < 0.7 * before:
        raise NotApplicableError(
            f"persistency_exponent: the correlation falls more slowly than an exponential (rate {before:.3g} at time "
            f"{cut / 2:.3g}, {decay:.3g} at {cut:.3g}); so does its persistency, which has no exponent."
        )
    bound = float(max(slopes.max(), decay)) if decay < 1.05 * before else np.inf
    common = {"slepian_bound": bound, "decay_rate": decay}
    if dt is None and np.ptp(slopes) < 1e-6 * slopes.max():
        extra = {"method": "Markov: exact", "crossing_rate": np.inf, "mean_interval": 0.0, "proper": True}
        return Estimate("persistency_exponent", decay, 1e-6 * decay, None, None, "1/time", common | extra)
    if dt is None:
        curvature = _curvature(correlation, scale)
        mean = np.pi / np.sqrt(curvature)
        theta, error = _refined(lambda nodes: _continuous(correlation, mean, cut, decay, nodes))
        times = np.linspace(1e-3 * scale, cut / 2, 2000)
        steps = -np.diff(np.arcsin(_at(correlation, times)))
        extra = {
            "method": "Slepian, independent intervals",
            "proper": bool((np.diff(steps) < 1e-9 * steps.max()).all()),
        }
    else:
        theta, extra = _sampled(correlation, float(dt), cut, decay)
        mean, error = extra.pop("mean_interval"), 1e-9 * theta
    notes = () if extra["proper"] else ("The matched intervals have no proper law: the approximation is formal here.",)
    common |= extra | {"crossing_rate": float(1 / mean), "mean_interval": float(mean)}
    return Estimate("persistency_exponent", theta, error, None, None, "1/time", common, notes)


def _at(correlation, times):
    return np.asarray(correlation(np.atleast_1d(times)), dtype=float)


def _signs(correlation, times):
    """Correlation of the signs of the process."""
    return 2 / np.pi * np.arcsin(np.minimum(_at(correlation, times), 1.0))


def _checked(correlation, grid: np.ndarray) -> np.ndarray:
    with np.errstate(all="ignore"):
        values, start = _at(correlation, grid), _at(correlation, 0.0)
    if values.shape != grid.shape or abs(start[0] - 1) > 1e-12:
        raise CocycleError(
            "persistency_exponent: correlation takes an array of times and returns as many numbers, 1 at time 0; got "
            f"shape {values.shape} for {grid.shape}, and {start[0]!r} at 0."
        )
    small = values < _TAIL
    if not small.any() or not np.isfinite(values[: np.argmax(small) + 1]).all():
        raise NotApplicableError(
            "persistency_exponent: the correlation does not fall to 0 within times of 1e9, or is not finite on the "
            "way. Give one that does, in a sensible unit of time."
        )
    first = np.argmax(small)
    if values[first] < 0 or (np.diff(values[: first + 1]) > 1e-12).any():
        raise NotApplicableError(
            "persistency_exponent: the correlation oscillates or turns negative. Then successive intervals depend on "
            "each other, and the independent-interval approximation fails. Simulate: gaussian_process, persistency."
        )
    return values


def _curvature(correlation, scale: float) -> float:
    """-r''(0) from 2 (1 - r(h)) / h^2 on halved steps, extrapolated; odd powers of h allowed (random acceleration)."""
    steps = scale * 0.2 * 0.5 ** np.arange(9)
    raw = 2 * (1 - _at(correlation, steps)) / steps**2
    if raw[-1] > 1.2 * raw[-3] or not np.isfinite(raw).all():
        raise NotApplicableError(
            "persistency_exponent: the process is rough: its correlation has no second derivative at 0, and it crosses "
            "zero infinitely often. Give `dt`: sampled, its intervals are whole numbers of samples."
        )
    table = raw[:7]  # beyond, rounding
    for order in range(1, 7):
        table = table[1:] + np.diff(table) / (2.0**order - 1)
    return float(table[-1])


def _refined(solve) -> tuple[float, float]:
    coarse, fine = solve(_NODES), solve(2 * _NODES)
    return fine, max(abs(fine - coarse), 1e-9 * fine)


def _continuous(correlation, mean: float, cut: float, decay: float, nodes: int) -> float:
    """Root of 1 = (mean theta / 2) (1 + theta int exp(theta t) (2 / pi) arcsin r dt), the condition by parts."""
    edges = np.concatenate([[0.0], cut * np.geomspace(1e-7, 1, 60)])
    x, w = np.polynomial.legendre.leggauss(nodes)
    width = np.diff(edges)[:, None] / 2
    times, weights = (edges[:-1, None] + width * (x + 1)).ravel(), (width * w).ravel()
    signs = _signs(correlation, times)
    last = float(_signs(correlation, cut)[0])

    def excess(theta):
        tail = last * np.exp(theta * cut) / (decay - theta)
        return mean * theta / 2 * (1 + theta * (weights @ (np.exp(theta * times) * signs) + tail)) - 1

    return _root(excess, decay)


def _sampled(correlation, dt: float, cut: float, decay: float) -> tuple[float, dict[str, Any]]:
    """The same in steps: with A(z) = sum A_n z^n of the signs' correlations, f = (1 - H) / (1 + H), at its pole."""
    lags = int(np.ceil(cut / dt)) + 1
    if lags > 10**6:
        raise EstimationError(
            f"persistency_exponent: dt = {dt:.3g} takes {lags:.2g} samples until the correlation is below {_TAIL:g}. "
            "Use a longer dt."
        )
    n = np.arange(lags + 1)
    signs = _signs(correlation, dt * n)
    mean = 2 / (1 - signs[1])  # in samples: the chance of a switch is (1 - A_1) / 2
    fall = np.exp(-decay * dt)

    def excess(theta):
        z = np.exp(theta * dt)
        # the tail beyond the last lag is geometric
        series = signs @ np.exp(theta * dt * n) + signs[-1] * np.exp(theta * dt * lags) * fall * z / (1 - fall * z)
        return mean * (z - 1) * (1 + (z - 1) * series) / (2 * z) - 1

    theta = _root(excess, decay)
    law = _interval_law(_signs(correlation, dt * np.arange(min(lags + 64, 2000))))
    extra = {
        "method": "sampled, independent intervals", "proper": bool((law > -1e-9).all()), "mean_interval": mean * dt,
        "times": dt * np.arange(1, len(law) + 1), "probability": law,
    }  # fmt: skip
    return theta, extra


def _interval_law(signs: np.ndarray) -> np.ndarray:
    """Probability of intervals of 1, 2, ... samples: coefficients of (1 - H) / (1 + H)."""
    from scipy.signal import lfilter

    fall = -np.diff(signs)
    h = np.append(1.0, np.diff(fall) / fall[0])
    start = np.zeros(len(h))
    start[0] = 1.0
    return np.asarray(lfilter(np.append(0.0, -h[1:]), np.append(2.0, h[1:]), start))[1:]


def _root(excess, decay: float) -> float:
    """The one root between 0, where the excess is -1, and the correlation's own rate, where it has a pole."""
    from scipy.optimize import brentq

    high = 1 - 1e-12
    if excess(decay * high) < 0:
        raise EstimationError(
            f"persistency_exponent: no exponent below the correlation's own rate {decay:.4g}; its intervals have no "
            "law with an exponential tail."
        )
    return decay * float(np.asarray(brentq(lambda share: excess(decay * share), 0.0, high, xtol=1e-14)))
