"""The law of the squared coherence estimated from n segments of Gaussian data, and intervals from it."""

import numpy as np

__all__ = ["coherence_interval"]


def _cumulative(n: float, zeta: np.ndarray, true: np.ndarray) -> np.ndarray:
    """P(estimate <= tanh(zeta)^2) for each true squared coherence `(m,)` on its row of `zeta`, `(m, points)`.

    The density of the estimate z, with c the truth, is
    (n - 1) (1 - c)^n (1 - z)^(n - 2) (1 - c z)^(1 - 2n) 2F1(1 - n, 1 - n; 1; c z), and 2F1 is the mean over a circle
    of |1 + sqrt(c z) exp(i phi)|^(2n - 2) (Laplace's integral of a Legendre function): no overflow in logarithms.
    """
    z, rest = np.tanh(zeta) ** 2, 1 / np.cosh(zeta) ** 2  # rest = 1 - z, accurate near 1
    c = true[:, None]
    points = int(np.clip(6 * np.sqrt(n), 48, 600))
    circle = np.cos(2 * np.pi * (np.arange(points) + 0.5) / points)
    root = np.sqrt(c * z)[:, :, None]
    angular = (n - 1) * np.log(np.maximum(1 + root**2 + 2 * root * circle, 1e-300))
    top = angular.max(axis=-1, keepdims=True)
    series = top[..., 0] + np.log(np.exp(angular - top).mean(axis=-1))
    # dz = 2 tanh(zeta) (1 - z) dzeta
    log_density = n * np.log1p(-c) + (n - 1) * np.log(rest) - (2 * n - 1) * np.log1p(-c * z) + series
    density = np.exp(log_density - log_density.max(axis=1, keepdims=True)) * np.tanh(zeta)
    steps = (density[:, 1:] + density[:, :-1]) * np.diff(zeta, axis=1)
    area = np.concatenate([np.zeros((len(true), 1)), np.cumsum(steps, axis=1)], axis=1)
    return area / area[:, -1:]


def coherence_interval(estimate: np.ndarray, n: float, confidence: float) -> tuple[np.ndarray, np.ndarray]:
    """Interval for the true squared coherence by inverting its exact law [@carter1987], tabulated in atanh."""
    width = 1 / np.sqrt(2 * n)
    seen = np.arctanh(np.sqrt(np.clip(estimate, 0, 1 - 1e-12)))
    truths = np.arange(0, seen.max() + 6 * width, width / 2)
    span = 8 * width + 3 / (n - 1)
    zeta = np.linspace(np.maximum(truths - span, 0), truths + span, 200, axis=1)
    quantiles = np.empty((2, len(truths)))
    tail = (1 - confidence) / 2
    quantiles = np.empty((2, len(truths)))
    for rows in np.array_split(np.arange(len(truths)), max(1, len(truths) // 8)):
        for row, law in zip(rows, _cumulative(n, zeta[rows], np.tanh(truths[rows]) ** 2), strict=True):
            quantiles[:, row] = np.interp([tail, 1 - tail], law, zeta[row])
    low = np.interp(seen, quantiles[1], truths, left=0.0)  # the truth under which this much is at its upper tail
    high = np.interp(seen, quantiles[0], truths, left=0.0)
    return np.minimum(np.tanh(low) ** 2, estimate), np.maximum(np.tanh(high) ** 2, estimate)
