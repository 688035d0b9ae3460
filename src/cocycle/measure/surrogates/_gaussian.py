"""Stationary Gaussian series with a given correlation, by embedding in a circulant."""

from collections.abc import Callable
from typing import Any

import numpy as np

from cocycle.core import CocycleError
from cocycle.measure._random import generator

__all__ = ["gaussian_process"]

_NEGATIVE = 1e-7  # share of the eigenvalues' sum that rounding, or a cut of the correlation, may make negative


def gaussian_process(
    correlation: Callable[[np.ndarray], Any], length: int, *, dt: float = 1.0, k: int = 1, key: Any = None
) -> np.ndarray:
    r"""Stationary Gaussian series of mean 0 with a given correlation, exact. [@dietrich1997]

    The covariance matrix of `length` samples is a corner of a circulant of twice the size, which the Fourier transform
    diagonalises:

    $$x = \mathrm{Re} \sum_j \sqrt{\lambda_j / M}\; z_j e^{2 \pi i j n / M}, \qquad
      \lambda_j = \sum_n r(|n| \Delta t) e^{-2 \pi i j n / M}.$$

    Where an eigenvalue $\lambda_j$ is negative the circulant is enlarged, up to 16 times the series. A series with
    `correlation(0) != 1` has that variance.

    **Arguments**: `correlation`: of an array of times 0 or more, to an array. `length`: samples. `dt`: sampling
    interval. `k`: how many independent series. `key`: from `jax.random.key`.

    **Returns** an array `(length,)`, or `(k, length)` for `k > 1`. Raises `CocycleError` if no circulant is positive:
    the function is no correlation, or falls too slowly.
    """
    for name, value in (("length", length), ("k", k)):
        if not isinstance(value, (int, np.integer)) or value < 1:
            raise CocycleError(f"gaussian_process: {name} must be a whole number, 1 or more; got {value!r}.")
    if not isinstance(dt, (int, float, np.number)) or not 0 < float(dt) < np.inf:
        raise CocycleError(f"gaussian_process: dt must be greater than 0; got {dt!r}.")
    rng = generator(key, "gaussian_process")
    half = int(2 ** np.ceil(np.log2(max(length - 1, 1))))
    for _ in range(5):
        values = np.asarray(correlation(dt * np.arange(half + 1)), dtype=float)
        if values.shape != (half + 1,) or not np.isfinite(values).all() or values[0] <= 0:
            raise CocycleError(
                "gaussian_process: correlation takes an array of times and returns as many finite numbers, greater "
                f"than 0 at time 0; got shape {values.shape}."
            )
        power = np.fft.hfft(values, 2 * half)
        if -power[power < 0].sum() <= _NEGATIVE * power[power > 0].sum():
            break
        half *= 2
    else:
        raise CocycleError(
            f"gaussian_process: no circulant of up to {half} lags is positive (least eigenvalue {power.min():.2g}): "
            "the function is no correlation, or falls too slowly for this length. Shorten the series."
        )
    scale = np.sqrt(np.maximum(power, 0) / (2 * half))
    pairs = (k + 1) // 2  # real and imaginary parts are independent
    noise = rng.normal(size=(pairs, 2 * half, 2)) @ np.array([1, 1j])
    drawn = np.fft.fft(scale * noise, axis=1)[:, :length]
    series = np.concatenate([drawn.real, drawn.imag])[:k]
    return series[0] if k == 1 else series
