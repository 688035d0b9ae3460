"""Where a recording lies in the entropy-complexity plane, and at which time scale it says most."""

from typing import Any

import numpy as np

from cocycle.core import CocycleError, Estimate
from cocycle.measure._neighbours import whole
from cocycle.measure._series import as_series
from cocycle.measure.entropy import complexity_bounds, permutation_entropy, statistical_complexity

__all__ = ["entropy_complexity_scan"]

_MEASURE = "the entropy-complexity scan"
_LAGS = 60  # looked at by default
_SHARE = 10  # a window of ordinal patterns spans at most this part of the record


def entropy_complexity_scan(data: Any, *, order: int = 5, lags: Any = None) -> Estimate:
    r"""The place of a recording in the entropy-complexity plane, at the lag where it is most complex.

    Permutation entropy $H$ and statistical complexity $C$ [@rosso2007] are computed at every lag. Sampled too finely, a
    motion looks monotone ($H$ and $C$ low); too coarsely, random ($H$ near 1, $C$ near 0). The lag of the greatest $C$
    is the time scale at which order relations say most about the dynamics [@soriano2011].

    **Arguments**

    - `data`: `(T,)` or `(T, dim)` (the mean over variables), `Trajectory`, Series or DataFrame.
    - `order`: length of the patterns, 3 to 7.
    - `lags`: samples between the points of a pattern, whole numbers; default: up to 60 lags from 1 to the longest at
      which a pattern spans a tenth of the record.

    **Returns** an `Estimate` with `value = [H, C]` (both normalised) at the best lag and their standard errors. The
    error bars are those at a given lag: the greatest of many complexities is biased upwards by up to about two of them.
    Diagnostics: `lag` (samples), `scale` (its time), `lags`, `entropy`, `entropy_stderr`, `complexity`,
    `complexity_stderr` (one per lag), `bounds` (least and greatest complexity possible at that entropy), `plane` (both
    at all entropies), `reason`.

    A note says so where no lag is told from white noise, where the best lag is the first or last of the scan (the scale
    then lies beyond it), and where patterns are too many for the record.
    """
    series = as_series(data, measure=_MEASURE, min_length=_SHARE * (max(3, order) - 1) + 10)
    length = len(series.values)
    chosen = _lags(lags, length, order)
    entropies = [permutation_entropy(series.values, order=order, delay=int(lag)) for lag in chosen]
    complexities = [statistical_complexity(series.values, order=order, delay=int(lag)) for lag in chosen]
    h, c = (np.array([e.value for e in found]) for found in (entropies, complexities))
    h_error, c_error = (np.array([e.stderr for e in found]) for found in (entropies, complexities))
    best = int(np.argmax(c))
    lag = int(chosen[best])
    # few samples make white noise look complex: what it would give is the bias of the plug-in value
    excess = c - np.array([e.diagnostics["bias"] for e in complexities])
    notes = list(complexities[best].notes)
    if not (excess > 5 * np.maximum(c_error, 1e-12)).any():
        notes.append("At no lag is the recording told from white noise: the lag means nothing.")
        reason = "nothing stands out from white noise"
    else:
        reason = f"greatest complexity of {len(chosen)} lags from {chosen[0]} to {chosen[-1]}"
        if len(chosen) > 1 and best in (0, len(chosen) - 1):
            end = "first" if best == 0 else "last"
            notes.append(f"The best lag, {lag}, is the {end} of the scan: the informative scale may lie beyond it.")
    _, low, high = complexity_bounds(order, np.clip(h[best : best + 1], 0, 1))
    return Estimate(
        "entropy_complexity_scan",
        [h[best], c[best]],
        [h_error[best], c_error[best]],
        n=complexities[best].n,
        diagnostics={
            "lag": lag,
            "scale": lag * series.dt,
            "lags": chosen,
            "entropy": h,
            "entropy_stderr": h_error,
            "complexity": c,
            "complexity_stderr": c_error,
            "bounds": (float(low[0]), float(high[0])),
            "plane": complexities[best].diagnostics["plane"],
            "order": int(order),
            "reason": reason,
        },
        notes=tuple(notes),
    )


def _lags(lags, length, order):
    longest = max(1, length // (_SHARE * (order - 1)))
    if lags is None:
        return np.unique(np.geomspace(1, longest, _LAGS).round().astype(int))
    chosen = np.unique([whole(lag, "lags") for lag in np.atleast_1d(np.asarray(lags, dtype=object))])
    if not len(chosen):
        raise CocycleError(f"{_MEASURE}: give at least one lag, or leave out `lags`.")
    most = (length - 10) // (order - 1)
    if chosen[-1] > most:
        raise CocycleError(
            f"{_MEASURE}: at lag {chosen[-1]} a pattern of {order} samples does not fit {length} samples ten "
            f"times; the longest lag possible is {most}."
        )
    return chosen
