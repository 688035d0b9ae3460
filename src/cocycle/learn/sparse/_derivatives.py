"""From samples to equations for the coefficients: differences, local polynomials, or the weak form.

Each method turns an episode into rows `(features, rates)` such that `rates = features @ coefficients` up to noise.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

__all__ = ["differences", "noise_level", "smoothed", "smoothing_window", "weak"]

Library = Callable[[np.ndarray], np.ndarray]
Rows = tuple[np.ndarray, np.ndarray]


def differences(x: np.ndarray, dt: float, library: Library) -> Rows:
    """Central differences of order 6; the three samples at either end are left out."""
    weights = np.array([-1.0, 9.0, -45.0, 0.0, 45.0, -9.0, 1.0]) / (60.0 * dt)
    return library(x[3:-3]), _filtered(x, weights)


def smoothed(x: np.ndarray, dt: float, library: Library, window: int, degree: int = 4) -> Rows:
    """Savitzky-Golay: a polynomial of `degree` fitted to each `window` of samples gives value and slope."""
    values, slopes = _local_polynomial(window, degree)
    return library(_filtered(x, values)), _filtered(x, slopes / dt)


def weak(x: np.ndarray, dt: float, library: Library, half: int, spacing: int, power: int = 8) -> Rows:
    r"""The weak form: rows are integrals against bumps $\phi(s) = (1 - s^2)^p$ on windows of `2 half + 1` samples.

    $\int \phi\,\dot x\,dt = -\int \dot\phi\,x\,dt$ needs no derivative of the data, and the trapezoidal rule is
    accurate to high order because $\phi$ vanishes smoothly at the ends. [@messenger2021]
    """
    s = np.arange(-half, half + 1) / (half + 1)
    bump = (1 - s**2) ** power
    slope = -2 * power * s * (1 - s**2) ** (power - 1) / ((half + 1) * dt)
    starts = np.arange(0, len(x) - 2 * half, spacing)
    size = bump.sum()
    return _windowed(library(x), bump / size, starts), _windowed(x, -slope / size, starts)


def noise_level(x: np.ndarray) -> np.ndarray:
    """Standard deviation of white noise on each column of a smooth signal, from differences of order 6 and 8.

    High differences remove what is smooth. Where the two orders disagree, the signal itself is not smooth at this
    sampling; the smaller is an upper bound of the noise.
    """
    from math import comb

    out = []
    for order in (6, 8):
        size = np.sqrt(float(comb(2 * order, order)))
        out.append(np.sqrt(np.mean(np.diff(x, n=order, axis=0) ** 2, axis=0)) / size)
    return np.minimum(*out)


def smoothing_window(x: np.ndarray, longest: int, degree: int = 4) -> int:
    """The widest window whose residual is still noise: its variance is that of `noise_level` up to sampling error."""
    noise = np.maximum(noise_level(x), 1e-14 * np.abs(x).max(axis=0) + 1e-300)
    best = degree + 3 - degree % 2
    window = best
    while window <= longest:
        values, _ = _local_polynomial(window, degree)
        half = window // 2
        residual = x[half : len(x) - half] - _filtered(x, values)
        expected = noise**2 * (1 - values[half])
        if np.any(np.mean(residual**2, axis=0) > (1 + 3 * np.sqrt(2 / len(residual))) * expected):
            break
        best = window
        window += max(2, 2 * (window // 10))
    return best


def _local_polynomial(window: int, degree: int) -> tuple[np.ndarray, np.ndarray]:
    half = window // 2
    s = np.arange(-half, half + 1) / half
    inverse = np.linalg.pinv(np.vander(s, degree + 1, increasing=True))
    return inverse[0], inverse[1] / half


def _filtered(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Correlation of each column with `weights`, where the window fits."""
    view = np.lib.stride_tricks.sliding_window_view(x, len(weights), axis=0)
    return view @ weights


def _windowed(x: np.ndarray, weights: np.ndarray, starts: np.ndarray) -> np.ndarray:
    view = np.lib.stride_tricks.sliding_window_view(x, len(weights), axis=0)
    return view[starts] @ weights
