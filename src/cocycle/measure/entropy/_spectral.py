"""Entropies of how power is spread: over frequencies, and over the directions of delay space."""

import math
from typing import Any

import numpy as np

from cocycle.core import CocycleError, Estimate
from cocycle.measure._neighbours import delay_matrix, whole
from cocycle.measure._series import as_series
from cocycle.measure.spectra import power_spectrum

__all__ = ["spectral_entropy", "svd_entropy"]

_GROUPS = 20  # blocks that the jackknife deletes


def _shannon(p: np.ndarray) -> float:
    """Entropy of non-negative numbers that are made to add up to 1."""
    p = p / p.sum()
    p = p[p > 0]
    return abs(float(-(p @ np.log(p))))


def spectral_entropy(
    data: Any, *, segments: int = 8, window: str = "hann", normalise: bool = True, correct_bias: bool = False
) -> Estimate:
    r"""Spectral entropy: how evenly power is spread over frequencies. [@inouye1991]

    $H = -\sum_f p_f \log p_f$ with $p_f$ the power spectrum (Welch, see `power_spectrum`) without the zero frequency,
    divided by its sum. White noise: `log F`, `F` the number of frequencies (1 if normalised). A sine: that of one line
    of the taper, at most log 4 or so, hence $\to 0$ if normalised as the segments grow.

    **Arguments**

    - `data`: `(T,)` or `(T, dim)`, `Trajectory`, Series or DataFrame. Several variables: the mean of their entropies.
    - `segments`, `window`: of `power_spectrum`. More segments: less noise, fewer frequencies.
    - `normalise`: divide by `log F`; otherwise the unit is nats.
    - `correct_bias`: add what is lost because the spectrum is noisy, `psi(k + 1) - log k` nats for a chi-squared law of
      `2 k` degrees of freedom at each frequency: 0.42 nats for a single periodogram, about `1/(2 k)`. Default: not.

    **Returns** an `Estimate`; `stderr` from the chi-squared law of the spectrum (delta method), with the correlation of
    neighbouring frequencies by the taper; of several variables that of the worst one, since they may move together.
    `interval` is centred at the bias-corrected value. Both hold for spectra that are smooth over a bandwidth, not for a
    line. Diagnostics: `bias`, `frequencies` (how many), `frequency` and `spectrum` (without the mean).
    """
    if not isinstance(correct_bias, (bool, np.bool_)):
        raise CocycleError(f"spectral_entropy: `correct_bias` is True or False; got {correct_bias!r}.")
    from scipy.special import digamma

    spectrum = power_spectrum(data, segments=segments, window=window)
    density = np.asarray(spectrum.value).reshape(len(spectrum.diagnostics["frequency"]), -1)[1:]
    half_dof = np.asarray(spectrum.diagnostics["dof"])[1:] / 2
    # bins of a Hann taper are correlated with two neighbours on either side: squared correlations 4/9 and 1/36
    shared = 1 + 2 * (4 / 9 + 1 / 36) if window == "hann" else 1.0
    scale = math.log(len(density)) if normalise else 1.0
    values, errors, biases = [], [], []
    for power in density.T:
        p = power / power.sum()
        values.append(_shannon(p))
        slope = np.where(p > 0, p * (np.log(np.where(p > 0, p, 1.0)) + values[-1]), 0.0)
        linear = shared * float((slope**2 / half_dof).sum())
        second = shared * float((p**2 / (half_dof * (half_dof + 1))).sum())  # what the noise of log p adds to it
        errors.append(math.sqrt(max(linear - second, 0.0) + second / 2))
        biases.append(-float(p @ (digamma(half_dof + 1) - np.log(half_dof))))
    value, bias, top = float(np.mean(values)) / scale, float(np.mean(biases)) / scale, math.log(len(density)) / scale
    stderr = max(errors) / scale
    centre = value - bias
    interval = (float(np.clip(centre - 1.96 * stderr, 0, top)), float(np.clip(centre + 1.96 * stderr, 0, top)))
    diagnostics: dict[str, Any] = {
        "bias": bias,
        "frequencies": len(density),
        "frequency": spectrum.diagnostics["frequency"][1:],
        "spectrum": density if len(values) > 1 else density[:, 0],
    }
    if len(values) > 1:
        diagnostics["per_variable"] = np.array(values) / scale
    return Estimate(
        "spectral_entropy", float(np.clip(centre, 0, top)) if correct_bias else value, stderr, interval, spectrum.n,
        "" if normalise else "nats", diagnostics,
    )  # fmt: skip


def svd_entropy(data: Any, *, order: int = 3, delay: int = 1, normalise: bool = True) -> Estimate:
    r"""SVD entropy: how evenly a delay embedding fills its directions. [@roberts1999]

    $H = -\sum_i p_i \log p_i$ with $p_i = \sigma_i / \sum_j \sigma_j$ the singular values of the matrix of delay
    vectors of `order` samples, `delay` apart, mean removed. White noise: `log order` (1 if normalised). A sine has two
    singular values, with squares in the ratio $(n + s) : (n - s)$, $n$ the order, $s = |\sin n \omega / \sin \omega|$;
    AR(1) with coefficient $a$ at order 2 in the ratio $(1 + a) : (1 - a)$. Linear: it sees only the autocorrelation.

    **Arguments**

    - `data`: `(T,)` or `(T, dim)`, `Trajectory`, Series or DataFrame. Several variables: the mean of their entropies.
    - `order`: 2 or more; `delay`: in samples. - `normalise`: divide by `log order`; otherwise the unit is nats.

    **Returns** an `Estimate`; `stderr` by deleting one of 20 blocks at a time. Diagnostics: `components`
    (1, 2, ...) and `singular_values`, shares, `(order,)` or `(order, dim)`.
    """
    from scipy.special import stdtrit

    order, delay = whole(order, "order", 2), whole(delay, "delay")
    series = as_series(data, measure="SVD entropy", min_length=(order - 1) * delay + 20)
    scale = math.log(order) if normalise else 1.0
    values, changes, shares = [], [], []
    for x in series.values.T:
        vectors = delay_matrix((x - x.mean())[:, None], delay, order)
        blocks = np.array_split(vectors, _GROUPS)
        sums = np.array([block.sum(axis=0) for block in blocks])
        squares = np.array([block.T @ block for block in blocks])
        sizes = np.array([len(block) for block in blocks])

        def singular(total, square, n):
            mean = total / n
            power = np.linalg.eigvalsh(square / n - np.outer(mean, mean))[::-1]
            return np.sqrt(np.where(power > 1e-13 * power[0], power, 0.0))  # what is below is rounding

        whole_record = singular(sums.sum(axis=0), squares.sum(axis=0), sizes.sum())
        values.append(_shannon(whole_record) / scale)
        shares.append(whole_record / whole_record.sum())
        without = zip(sums.sum(axis=0) - sums, squares.sum(axis=0) - squares, sizes.sum() - sizes, strict=True)
        changes.append([_shannon(singular(*rest)) / scale for rest in without])
    change = np.mean(changes, axis=0)
    stderr = math.sqrt((_GROUPS - 1) / _GROUPS * float(((change - change.mean()) ** 2).sum()))
    value, half = float(np.mean(values)), float(stdtrit(_GROUPS - 1, 0.975)) * stderr
    top = math.log(order) / scale
    bias = (_GROUPS - 1) * (float(change.mean()) - value)
    centre = value - bias
    diagnostics: dict[str, Any] = {
        "components": np.arange(1, order + 1),
        "singular_values": np.stack(shares, axis=1) if len(shares) > 1 else shares[0],
        "bias": bias,
    }
    if len(values) > 1:
        diagnostics["per_variable"] = np.array(values)
    interval = (float(np.clip(centre - half, 0, top)), float(np.clip(centre + half, 0, top)))
    rows = len(series.values) - (order - 1) * delay
    return Estimate("svd_entropy", value, stderr, interval, rows, "" if normalise else "nats", diagnostics)
