"""Correlation of two series at every lag, with errors that know that samples are not independent."""

from typing import Any

import numpy as np

from cocycle.core import CocycleError, DataError, Estimate
from cocycle.measure._neighbours import autocorrelation, whole
from cocycle.measure._series import Series, as_series

__all__ = ["cross_correlation"]


def cross_correlation(data: Any, *, x: int | str = 0, y: int | str = 1, max_lag: int | None = None) -> Estimate:
    r"""Correlation of $x_t$ with $y_{t+k}$ at lags $-L \ldots L$: at positive lags x goes before y.

    $$r(k) = \frac{1}{T} \sum_t \frac{(x_t - \bar x)(y_{t+k} - \bar y)}{s_x s_y}$$

    Two slow series correlate by chance, more than independent samples would. For a stationary linear
    process [@bartlett1955]

    $$\operatorname{var} r(k) \approx \frac{1}{T - |k|} \sum_v \big[ \rho_{xx}(v) \rho_{yy}(v)
      + \rho_{xy}(k+v) \rho_{xy}(k-v) + \rho_{xy}(k)^2 \{ \rho_{xy}(v)^2 + \tfrac12 \rho_{xx}(v)^2
      + \tfrac12 \rho_{yy}(v)^2 \} - 2 \rho_{xy}(k) \{ \rho_{xx}(v) \rho_{xy}(v+k) + \rho_{xy}(-v) \rho_{yy}(v+k) \}
      \big];$$

    the first term alone is the variance if the two are independent.

    **Arguments**

    - `data`: `(T, dim)`, `Trajectory` or DataFrame, recorded at the same times. - `x`, `y`: columns by number or name.
    - `max_lag`: $L$, samples (default: 4 times what the autocorrelations take to fall below 0.1, 10 to T / 4).

    **Returns** an Estimate with one value a lag; `stderr` by the formula, with sample correlations in it up to 5 such
    times. `diagnostics`: `lags`, `lag` of the extremum of $|r|$, `lag_interval` (the same choice on the two halves of
    the record), `peak`, `p` (the peak under independence, times the number of lags: conservative), `independent`
    (standard errors under independence) and `chance_level`, 1.96 of them, `reason`. Correlation at a lag is not a
    cause: see `transfer_entropy_graph`.
    """
    from scipy.special import ndtr

    series = as_series(data, measure="cross-correlation", min_length=40)
    a, b = (series.values[:, _column(series, c, name)] for c, name in ((x, "x"), (y, "y")))
    rows = len(a)
    memory = max(_memory(a), _memory(b))
    if max_lag is None:
        max_lag = int(np.clip(4 * memory, min(10, rows // 4), rows // 4))
    max_lag = whole(max_lag, "max_lag", 0)
    if max_lag > rows - 20:
        raise DataError(f"cross-correlation: `max_lag` = {max_lag} leaves fewer than 20 of {rows} samples to compare.")
    reach = min(5 * memory, rows // 4)
    wide = 2 * reach + max_lag
    across = _across(a, b, min(wide, rows - 1))
    across = np.pad(across, max(0, wide - (rows - 1)))
    own = [np.concatenate([r[:0:-1], r]) for r in (autocorrelation(c, min(wide, rows - 1)) for c in (a, b))]
    own = [np.pad(r, max(0, wide - (rows - 1))) for r in own]
    v = np.arange(-reach, reach + 1)

    def at(curve: np.ndarray, lag: np.ndarray) -> np.ndarray:
        return curve[wide + lag]

    lags = np.arange(-max_lag, max_lag + 1)
    xx, yy, xy = at(own[0], v), at(own[1], v), at(across, v)
    independent = np.sum(xx * yy)
    variance = np.empty(len(lags))
    for i, k in enumerate(lags):
        r = across[wide + k]
        variance[i] = (
            independent
            + np.sum(at(across, k + v) * at(across, k - v))
            + r**2 * np.sum(xy**2 + 0.5 * xx**2 + 0.5 * yy**2)
            - 2 * r * np.sum(xx * at(across, v + k) + at(across, -v) * at(own[1], v + k))
        )
    curve = at(across, lags)
    count = rows - np.abs(lags)
    chance = np.sqrt(max(independent, 1.0) / count)
    peak = int(np.argmax(np.abs(curve)))
    halves = [_peak(a[part], b[part], max_lag) for part in (slice(0, rows // 2), slice(rows // 2, None))]
    halves = [h for h in halves if h is not None] + [int(lags[peak])]
    p = float(min(1.0, len(lags) * 2 * ndtr(-abs(curve[peak]) / chance[peak])))
    said = "cannot be told from independence" if p > 0.05 else "is more than independent series would show"
    return Estimate(
        "cross_correlation",
        curve,
        np.sqrt(np.maximum(variance, 0.0) / count),
        n=rows,
        diagnostics={
            "reason": f"The extremum, {curve[peak]:+.2f} at lag {lags[peak]}, {said} (p = {p:.2g}).",
            "lags": lags,
            "lag": int(lags[peak]),
            "lag_interval": (min(halves), max(halves)),
            "peak": float(curve[peak]),
            "p": p,
            "independent": chance,
            "chance_level": 1.96 * chance,
        },
    )


def _column(series: Series, given: int | str, argument: str) -> int:
    place = series.variables.index(given) if given in series.variables else given
    if not isinstance(place, (int, np.integer)) or not 0 <= place < len(series.variables):
        raise CocycleError(
            f"cross_correlation: `{argument}`: there is no column {given!r} among the {len(series.variables)} "
            f"variables {', '.join(series.variables[:8])}."
        )
    return int(place)


def _memory(column: np.ndarray) -> int:
    """Samples until the autocorrelation is below 0.1, at least 1."""
    most = max(len(column) // 4, 1)
    fallen = np.flatnonzero(np.abs(autocorrelation(column, most)) < 0.1)
    return int(fallen[0]) if fallen.size else most


def _across(a: np.ndarray, b: np.ndarray, most: int) -> np.ndarray:
    """$r(k)$ at lags `-most .. most`."""
    a, b = a - a.mean(), b - b.mean()
    size = 1 << (len(a) + most - 1).bit_length()  # zeros up to a power of two: no wrap-around
    product = np.fft.irfft(np.conj(np.fft.rfft(a, size)) * np.fft.rfft(b, size), size)
    return np.concatenate([product[size - most :], product[: most + 1]]) / (len(a) * a.std() * b.std())


def _peak(a: np.ndarray, b: np.ndarray, most: int) -> int | None:
    if most >= len(a) or np.ptp(a) == 0 or np.ptp(b) == 0:
        return None
    return int(np.argmax(np.abs(_across(a, b, most)))) - most
