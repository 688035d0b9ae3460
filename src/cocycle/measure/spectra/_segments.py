"""Tapered segments of a record and their Fourier coefficients: what Welch's spectra and cross-spectra average."""

from typing import Any, NamedTuple

import numpy as np

from cocycle.core import CocycleError, DataError
from cocycle.measure._series import Series

__all__ = ["Segments", "detrended", "hann", "segmented", "without_partner"]


class Segments(NamedTuple):
    """Coefficients `(segments, F, dim)`, scaled so that the mean of their squares is the one-sided density.

    `dof` `(F,)`: degrees of freedom of that mean; `overlap`: 2 where segments overlap by half, else 1.
    """

    coefficients: np.ndarray
    frequency: np.ndarray
    dof: np.ndarray
    length: int
    overlap: int


def segmented(series: Series, segments: Any, window: str, detrend: str, measure: str) -> Segments:
    """Cut, taper and transform; segments overlap by half under a Hann taper."""
    if window not in ("hann", "boxcar"):
        raise CocycleError(f"{measure}: window must be 'hann' or 'boxcar'; got {window!r}.")
    if not isinstance(segments, (int, np.integer)) or segments < 1:
        raise CocycleError(f"{measure}: segments must be a whole number, 1 or more; got {segments!r}.")
    values = detrended(series.values, detrend, measure)
    overlap = 2 if window == "hann" else 1
    length = overlap * len(values) // (segments + overlap - 1)
    if length < 8:
        raise DataError(f"{measure}: {len(values)} samples in {segments} segments leave {length} each; use fewer.")
    length -= length % overlap
    taper = hann(length) if window == "hann" else np.ones(length)
    parts = np.stack([values[s : s + length] for s in range(0, len(values) - length + 1, length // overlap)])
    coefficients = np.fft.rfft(parts * taper[:, None], axis=1) * np.sqrt(2 * series.dt / (taper**2).sum())
    single = without_partner(length)
    coefficients[:, single] /= np.sqrt(2)
    used = len(parts)
    shared = ((taper[length // 2 :] @ taper[: length // 2]) / (taper @ taper)) ** 2 if overlap == 2 else 0.0
    dof = np.full(coefficients.shape[1], 2 * used / (1 + 2 * shared * (used - 1) / used))
    dof[single] /= 2
    return Segments(coefficients, np.fft.rfftfreq(length, series.dt), dof, length, overlap)


def without_partner(length: int) -> list[int]:
    """The frequencies that have no negative partner: zero, and the highest of an even length."""
    return [0, -1] if length % 2 == 0 else [0]


def hann(length: int) -> np.ndarray:
    return 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(length) / length)


def detrended(values: np.ndarray, how: str, measure: str) -> np.ndarray:
    if how == "none":
        return values
    if how not in ("constant", "linear"):
        raise CocycleError(f"{measure}: detrend must be 'constant', 'linear' or 'none'; got {how!r}.")
    values = values - values.mean(axis=0)
    if how == "linear":
        t = np.arange(len(values)) - (len(values) - 1) / 2
        values = values - t[:, None] * (t @ values / (t @ t))
    return values
