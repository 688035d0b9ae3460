"""Entropies of a series told as classes of amplitude: dispersion entropy, and block entropies of symbols."""

import math
from typing import Any

import numpy as np

from cocycle.core import CocycleError, DataError, Estimate
from cocycle.measure._neighbours import whole
from cocycle.measure._series import as_series

from ._distribution import Frequencies, combine, definition, estimated, number_of_batches

__all__ = ["block_entropy", "dispersion_entropy", "words"]

_MOST_STATES = 200_000


def words(symbols: np.ndarray, letters: int, length: int, delay: int = 1) -> np.ndarray:
    """Each window of `length` symbols, `delay` apart, as one number in base `letters`."""
    n = symbols.size - (length - 1) * delay
    codes = np.zeros(n, np.int64)
    for k in range(length):
        codes = codes * letters + symbols[k * delay : k * delay + n]
    return codes


def _few_enough(measure: str, letters: int, length: int) -> int:
    if letters**length > _MOST_STATES:
        raise CocycleError(
            f"{measure}: {letters} symbols make {letters}^{length} words of length {length}, over {_MOST_STATES}; "
            "no record is long enough for so many. Take shorter words or fewer symbols."
        )
    return letters**length


def _few_windows(windows: int, states: int) -> list[str]:
    if windows >= 5 * states:
        return []
    return [f"{windows} windows are few for {states} possible words: the value is biased low; choose shorter words."]


def dispersion_entropy(
    data: Any,
    *,
    m: int = 2,
    classes: int = 6,
    delay: int = 1,
    scale: Any = None,
    kind: str = "shannon",
    q: float | None = None,
    normalise: bool = True,
    correct_bias: bool | str = False,
) -> Estimate:
    r"""Dispersion entropy: the entropy of short words of amplitude classes. [@rostaghi2016]

    Each value goes into class $\lceil c\, \Phi((x - \mu)/\sigma) \rceil$ of `classes` $= c$, $\Phi$ the normal
    distribution function with the mean and standard deviation of the data; $H = -\sum_w p(w) \log p(w)$ over the $c^m$
    words $w$ of `m` classes, `delay` apart. Normal white noise: $m \log c$ (1 if normalised); a period-p orbit: at most
    $\log p$. Unlike ordinal patterns the words keep amplitudes, and ties do not matter.

    **Arguments**

    - `data`: `(T,)` or `(T, dim)`, `Trajectory`, Series or DataFrame. Several variables: the mean of their entropies.
    - `m`, `classes`, `delay`: whole numbers, `m` and `delay` 1 or more, `classes` 2 or more.
    - `scale`: $\sigma$, one number or one a variable; default the standard deviation of each variable.
    - `kind`, `q`, `normalise`, `correct_bias`: as `permutation_entropy`.

    **Returns** an `Estimate`; `stderr` as in `permutation_entropy`, with the error that the estimated $\mu$ and
    $\sigma$ make. That is linear in them: where the data have a sharp edge (one-sided data) that lies on the end of a
    class, it can be a third or three times of what it should be; check with other `classes`. Diagnostics:
    `missing_words`, `bias`.
    """
    m, classes, delay = whole(m, "m"), whole(classes, "classes", 2), whole(delay, "delay")
    entropy = definition(kind, q, "dispersion_entropy")
    states = _few_enough("dispersion_entropy", classes, m)
    series = as_series(data, measure="dispersion entropy", min_length=(m - 1) * delay + 20)
    sigma = series.values.std(axis=0) if scale is None else np.broadcast_to(scale, series.values.shape[1:])
    if not (np.isfinite(sigma) & (np.asarray(sigma) > 0)).all():
        raise CocycleError(f"dispersion_entropy: scale must be positive; got {scale!r}.")
    windows = len(series.values) - (m - 1) * delay
    batches = number_of_batches(windows, (m - 1) * delay + 1)
    columns = [
        _dispersion(x, float(s), m, classes, delay, batches, scale is None) for x, s in zip(series.values.T, sigma)
    ]
    top = entropy.top(states)
    return combine(
        "dispersion_entropy",
        [estimated(c, entropy, correct_bias, "dispersion_entropy") for c in columns],
        columns[0],
        scale=top if normalise else 1.0,
        top=1.0 if normalise else top,
        unit="" if normalise or entropy.kind == "tsallis" else "nats",
        correct_bias=correct_bias,
        diagnostics={
            "m": m,
            "classes": classes,
            "delay": delay,
            "windows": windows,
            "missing_words": [int(states - c.seen.size) for c in columns],
            "probabilities": np.stack([c.p for c in columns]) if len(columns) > 1 else columns[0].p,
        },
        notes=_few_windows(windows, states),
    )


def _dispersion(
    x: np.ndarray, sigma: float, m: int, classes: int, delay: int, batches: int, estimated: bool
) -> Frequencies:
    from scipy.special import ndtri

    mean, edges = x.mean(), ndtri(np.arange(1, classes) / classes)
    z = (x - mean) / sigma

    def codes(shift: float = 0.0, stretch: float = 0.0) -> np.ndarray:
        return words(np.searchsorted(edges, (z - shift) * math.exp(-stretch), "left"), classes, m, delay)

    f = Frequencies(codes(), classes**m, batches)
    step = min(0.5, max(0.05, 4 / math.sqrt(x.size)))  # wide enough for values to cross the edges of classes
    used = z[: f.batches * f.length].reshape(f.batches, f.length)

    def slope(**change):
        up, down = (np.bincount(codes(**{k: s * v for k, v in change.items()}), minlength=f.states) for s in (1, -1))
        return (up - down) / (2 * step * f.n)

    f.adjust(slope(shift=step), used.sum(axis=1))
    if estimated:
        f.adjust(slope(stretch=step), (used**2 - 1).sum(axis=1) / 2)
    return f


def block_entropy(
    data: Any,
    *,
    length: int = 2,
    bins: int | None = None,
    rate: bool = False,
    kind: str = "shannon",
    q: float | None = None,
    correct_bias: bool | str = False,
) -> Estimate:
    r"""The entropy of blocks of successive symbols, or the entropy rate from it. [@shannon1948]

    $H_L = -\sum_w p(w) \log p(w)$ over the words $w$ of `length` $= L$ successive symbols. With `rate`,
    $h_L = H_L - H_{L-1}$, the entropy of the next symbol given the $L - 1$ before it ($H_0 = 0$), which falls to the
    entropy rate as $L$ grows and is exact for a Markov chain of order $L - 1$. In nats. For the histogram of one value,
    `length=1` and `bins`.

    **Arguments**

    - `data`: `(T,)`, one variable.
    - `length`: of the words, 1 or more. The number of words that could occur must stay well below `T` (a note says so).
    - `bins`: equal intervals from the least to the greatest value, which are the symbols; `None`: the distinct values
      themselves are (at most 256 of them).
    - `rate`: the difference of successive block entropies.
    - `kind`, `q`, `correct_bias`: as `permutation_entropy`.

    **Returns** an `Estimate`; `stderr` by batch means (delta method), `interval` centred at the bias-corrected value.
    The intervals of a histogram are taken as given.
    """
    length = whole(length, "length")
    entropy = definition(kind, q, "block_entropy")
    series = as_series(data, measure="block entropy", min_length=length + 20, univariate=True)
    x = series.column
    if bins is None:
        values, symbols = np.unique(x, return_inverse=True)
        letters = values.size
        if letters > 256:
            raise DataError(
                f"block entropy: {letters} distinct values are too many symbols. Say how many `bins` to sort them into."
            )
    else:
        letters = whole(bins, "bins", 2)
        symbols = np.minimum(((x - x.min()) / np.ptp(x) * letters).astype(int), letters - 1)
    states = _few_enough("block_entropy", letters, length)
    windows = x.size - length + 1
    batches = number_of_batches(windows, length)
    longest = words(symbols, letters, length)
    frequencies = Frequencies(longest, states, batches)
    part = estimated(frequencies, entropy, correct_bias, "block_entropy")
    if rate and length > 1:  # the same windows, without their last symbol
        less = Frequencies(longest // letters, states // letters, batches)
        part = part.minus(estimated(less, entropy, correct_bias, "block_entropy"))
    return combine(
        "entropy_rate" if rate else "block_entropy",
        [part],
        frequencies,
        top=entropy.top(states),
        unit="" if entropy.kind == "tsallis" else "nats",
        correct_bias=correct_bias,
        diagnostics={
            "length": length,
            "symbols": letters,
            "seen": int(frequencies.seen.size),
            "windows": windows,
            "probabilities": frequencies.p,
        },
        notes=_few_windows(windows, states) if frequencies.seen.size * 5 > windows else [],
    )
