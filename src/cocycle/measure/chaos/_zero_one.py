"""The 0-1 test for chaos."""

import math
from typing import Any, cast

import numpy as np

from cocycle.core import CocycleError, Estimate, EstimationError
from cocycle.measure._random import generator
from cocycle.measure._series import as_series

__all__ = ["zero_one_test"]

_LONGEST = 20_000  # samples; more only costs time
_FEWEST = 80
_SMOOTH = 10.0  # range over mean increment above which a record counts as oversampled


def zero_one_test(data: Any, *, key=None, n_c: int = 100, damping: float = 0.5, step: int | None = None) -> Estimate:
    """The 0-1 test for chaos, K: near 0 for regular motion, near 1 for chaos, from one observable and no embedding.

    Drives a plane rotation with the data, `p_c(n) = sum_j phi_j cos(c j)`, `q_c` likewise with sines: bounded if the
    motion is regular, diffusing if it is chaotic. `K_c` is the correlation of `n` with the mean square displacement
    `M_c(n)`, `n = 1 .. T/10`, less its oscillating part [@gottwald2004new; @gottwald2009] and with the damping term
    `damping * var(phi) sin(sqrt(2) n)` that hides small displacements [@dawes2008]; `K` is the median over `n_c`
    random `c` in `(pi/5, 4 pi/5)`, which avoids resonance with any single frequency of the data. (The oscillating
    part is proportional to the squared mean of the data; it vanishes because the data are centred first.)

    It separates regular from chaotic deterministic motion. **Noise gives 1 as well**: test for nonlinearity first
    (`surrogate_test`).

    **Arguments**

    - `data`: `(T,)` or `(T, dim)`; at least 80 samples after thinning, better 1,000. Several variables: each is
      tested, and every `K_c` is the mean over them. Beyond 20,000 samples the middle 20,000 are used.
    - `key`: `jax.random.key(seed)` for the `c`; `None` is seed 0. - `n_c`: how many.
    - `damping`: 0 gives the original test.
    - `step`: use every `step`-th sample. Default: a record sampled too finely (range over mean absolute increment above
      10 [@toker2020simple]), for which the test wrongly says "regular", is thinned until it no longer is.

    **Returns** an `Estimate` of K; `stderr` from the spread over `c` (of the median) and over the quarters of the
    record. Diagnostics: `k_c`, `c`, `step`, `reason` (why that step), `quarters`. Raises `EstimationError` if the
    record covers too little of the motion.
    """
    if not isinstance(n_c, (int, np.integer)) or n_c < 10:
        raise CocycleError(f"zero_one_test: n_c must be a whole number, 10 or more; got {n_c!r}.")
    if step is not None and (not isinstance(step, (int, np.integer)) or step < 1):
        raise CocycleError(f"zero_one_test: step must be a whole number of samples, 1 or more; got {step!r}.")
    if not damping >= 0:
        raise CocycleError(f"zero_one_test: damping must be 0 or more; got {damping!r}.")
    series = as_series(data, measure="the 0-1 test", min_length=_FEWEST)
    values, notes = series.values, []
    if step is None:
        step = _thinning(values)
        reason = (
            "sampled coarsely enough: every sample is used"
            if step == 1
            else f"oversampled (range over mean increment above {_SMOOTH:g}): every {step}th sample is used"
        )
    else:
        reason = "given"
    step = int(step)
    values = values[::step]
    if len(values) > _LONGEST:
        start = (len(values) - _LONGEST) // 2
        notes.append(f"The middle {_LONGEST} of {len(values)} samples were used.")
        values = values[start : start + _LONGEST]
    if len(values) < _FEWEST:
        raise EstimationError(
            f"zero_one_test: {len(series.values)} samples, taken every {step} as the slowness of the data asks, leave "
            f"{len(values)}, fewer than {_FEWEST}: the record covers too little of the motion. Give a longer one."
        )
    if len(values) < 300:
        notes.append(f"Only {len(values)} samples after thinning: K is unreliable below about 300.")
    rng = generator(key, "zero_one_test")
    c = rng.uniform(math.pi / 5, 4 * math.pi / 5, n_c)
    k_c = np.mean([_correlations(x, c, damping) for x in values.T], axis=0)
    value = float(np.median(k_c))
    quarters = _quarters(values, c, damping)
    median_error = np.std([np.median(rng.choice(k_c, n_c)) for _ in range(200)])
    stderr = math.hypot(float(median_error), float(np.std(quarters, ddof=1)) / 2 if len(quarters) else 0.0)
    diagnostics = {
        "c": c,
        "k_c": k_c,
        "read_on": "k_c",
        "step": step,
        "reason": reason,
        "quarters": quarters,
        "damping": float(damping),
    }
    interval = (max(value - 1.96 * stderr, -1.0), min(value + 1.96 * stderr, 1.0))
    return Estimate("zero_one_test", value, stderr, interval, len(values), "", diagnostics, tuple(notes))


def _thinning(values: np.ndarray) -> int:
    """The least step for which no variable is oversampled; the median over variables."""
    steps = []
    for x in values.T:
        spread, step = np.ptp(x), 1
        while step < len(x) // 2 and spread > _SMOOTH * np.abs(x[step:] - x[:-step]).mean():
            step += 1
        steps.append(step)
    return int(np.median(steps))


def _correlations(x: np.ndarray, c: np.ndarray, damping: float) -> np.ndarray:
    """`K_c` for every `c`, shape `(n_c,)`."""
    from scipy.fft import next_fast_len

    x = (x - x.mean()) / x.std()
    length, lags = x.size, x.size // 10
    window = length - lags
    n = np.arange(1, lags + 1)
    padded = cast(int, next_fast_len(length))  # enough: no lag up to `lags` wraps round
    damped = damping * np.sin(math.sqrt(2) * n)
    out = np.empty(c.size)
    per_chunk = max(1, 2_000_000 // padded)  # about 100 MB
    for a in range(0, c.size, per_chunk):
        part = c[a : a + per_chunk, None]
        z = np.cumsum(x * np.exp(1j * part * np.arange(1, length + 1)), axis=1)
        z -= z.mean(axis=1, keepdims=True)  # less cancellation below
        # mean over j <= window of |z(j + n) - z(j)|^2 = sums of squares less twice a correlation, by FFT
        square = np.concatenate([np.zeros((len(part), 1)), np.cumsum(np.abs(z) ** 2, axis=1)], axis=1)
        spectra = np.fft.fft(z, padded, axis=1), np.fft.fft(z[:, :window], padded, axis=1)
        cross = np.fft.ifft(spectra[0] * np.conj(spectra[1]), axis=1).real
        moved = square[:, n + window] - square[:, n] + square[:, window : window + 1] - 2 * cross[:, 1 : lags + 1]
        displacement = moved / window + damped
        displacement -= displacement.mean(axis=1, keepdims=True)
        ramp = n - n.mean()
        size = np.sqrt((displacement**2).sum(axis=1) * (ramp**2).sum())
        out[a : a + per_chunk] = displacement @ ramp / np.where(size > 0, size, 1.0)
    return out


def _quarters(values: np.ndarray, c: np.ndarray, damping: float) -> np.ndarray:
    parts = [p for p in np.array_split(values, 4) if len(p) >= 40 and (np.ptp(p, axis=0) > 0).all()]
    if len(parts) < 2:
        return np.array([])
    few = c[: max(10, c.size // 2)]
    return np.array([np.median(np.mean([_correlations(x, few, damping) for x in p.T], axis=0)) for p in parts])
