"""Ordinal patterns, and the permutation entropy and its weighted forms."""

import math
from typing import Any

import numpy as np

from cocycle.core import CocycleError, Estimate
from cocycle.measure._series import as_series

from ._distribution import Frequencies, combine, definition, estimated, number_of_batches

__all__ = ["check_delay", "check_order", "inversions", "ordinal_frequencies", "ordinal_patterns", "permutation_entropy"]


def ordinal_patterns(data: Any, *, order: int = 5, delay: int = 1) -> np.ndarray:
    """The ordinal pattern of every window of `order` samples, `delay` apart, as a number in `[0, order!)`.

    The number is the Lehmer code `sum_i #{j > i: x_j < x_i} (order - 1 - i)!`: 0 is an increasing window and
    `order! - 1` a decreasing one. **Ties**: equal values count as increasing, in order of time
    [@bandt2002]. `data`: one variable. Returns shape `(T - (order - 1) delay,)`.
    """
    order, delay = check_order(order), check_delay(delay)
    series = as_series(data, measure="counting ordinal patterns", min_length=(order - 1) * delay + 1, univariate=True)
    return _codes(series.column, order, delay)


def check_order(order: int) -> int:
    if not isinstance(order, (int, np.integer)) or not 3 <= order <= 7:
        raise CocycleError(f"Ordinal patterns: order must be a whole number from 3 to 7; got {order!r}.")
    return int(order)


def check_delay(delay: int) -> int:
    if not isinstance(delay, (int, np.integer)) or delay < 1:
        raise CocycleError(f"Ordinal patterns: delay must be a whole number of samples, 1 or more; got {delay!r}.")
    return int(delay)


def _digits(x: np.ndarray, order: int, delay: int) -> np.ndarray:
    """How many of the later samples of a window lie below each of its samples but the last, `(order - 1, windows)`."""
    n = x.size - (order - 1) * delay
    # whether x[t + k delay] < x[t] depends on t and k only, so order - 1 comparisons serve every digit of every window
    below = np.zeros(x.size, np.uint8)
    digits = np.empty((order - 1, n), np.uint8)
    for k in range(1, order):
        below[: x.size - k * delay] += x[k * delay :] < x[: x.size - k * delay]
        i = order - 1 - k  # digit i compares with the k samples that follow it in the window
        digits[i] = below[i * delay : i * delay + n]
    return digits


def _codes(x: np.ndarray, order: int, delay: int) -> np.ndarray:
    digits = _digits(x, order, delay)
    codes = np.zeros(digits.shape[1], np.uint8 if order <= 5 else np.uint16)
    for i in range(order - 1):
        codes += digits[i] * codes.dtype.type(math.factorial(order - 1 - i))
    return codes


def inversions(x: np.ndarray, order: int, delay: int) -> np.ndarray:
    """How many pairs of each window are out of order, which is how many swaps sort it."""
    return _digits(x, order, delay).sum(axis=0, dtype=np.uint16)


def _weights(x: np.ndarray, order: int, delay: int, weighting: str | None, mean_share: float) -> np.ndarray | None:
    if weighting is None:
        return None
    n = x.size - (order - 1) * delay
    windows = np.stack([x[i * delay : i * delay + n] for i in range(order)])
    if weighting == "variance":
        return windows.var(axis=0)
    steps = np.abs(np.diff(windows, axis=0)).mean(axis=0)
    return mean_share * np.abs(windows).mean(axis=0) + (1 - mean_share) * steps


def ordinal_frequencies(
    data: Any, measure: str, order: int, delay: int | None, weighting: str | None = None, mean_share: float = 0.5
) -> tuple[list[Frequencies], dict[str, Any], list[str]]:
    """Frequencies of the patterns of each variable, diagnostics and notes."""
    order = check_order(order)
    if delay is None:
        from cocycle.measure.embedding import select_delay

        delay = round(float(select_delay(data)))
    delay = check_delay(delay)
    series = as_series(data, measure=measure, min_length=(order - 1) * delay + 10)
    windows = series.values.shape[0] - (order - 1) * delay
    batches = number_of_batches(windows, (order - 1) * delay + 1)
    patterns = math.factorial(order)
    columns = [
        Frequencies(_codes(x, order, delay), patterns, batches, _weights(x, order, delay, weighting, mean_share))
        for x in series.values.T
    ]
    notes = []
    if windows < 5 * patterns:
        notes.append(
            f"{windows} windows are few for {patterns} patterns (order {order}): the value is biased "
            f"{'high' if measure == 'statistical complexity' else 'low'}; choose a lower order."
        )
    equal = sum(
        int((x[k * delay :] == x[: x.size - k * delay]).sum()) for x in series.values.T for k in range(1, order)
    )
    ties = equal / (len(columns) * windows * (order - 1))
    if ties > 0.02:
        notes.append(
            f"{ties:.0%} of the compared values are equal (ties count as increasing, in order of time): the data are "
            "coarsely quantised and the value depends on this convention."
        )
    diagnostics = {
        "order": order,
        "delay": delay,
        "windows": windows,
        "ties": ties,
        "missing_patterns": [int(patterns - c.seen.size) for c in columns],
        "probabilities": np.stack([c.p for c in columns]) if len(columns) > 1 else columns[0].p,
        "variables": series.variables,
    }
    return columns, diagnostics, notes


def permutation_entropy(
    data: Any,
    *,
    order: int = 5,
    delay: int | None = 1,
    weighting: str | None = None,
    mean_share: float = 0.5,
    kind: str = "shannon",
    q: float | None = None,
    normalise: bool = True,
    correct_bias: bool | str = False,
) -> Estimate:
    r"""Permutation entropy: the entropy of the order relations within short windows. [@bandt2002]

    $H = -\sum_\pi p(\pi) \log p(\pi)$ over the `order!` ordinal patterns of windows `x_t, x_{t + delay}, ...`. It is 0
    for a monotone series, `log order!` (1 if normalised) for white noise, whatever its distribution, and invariant
    under increasing transforms of the data.

    **Arguments**

    - `data`: `(T,)` or `(T, dim)`, `Trajectory`, Series or DataFrame. Several variables: the mean of their entropies.
    - `order`: 3 to 7. Needs well over `order!` samples (a note says so).
    - `delay`: samples between the points of a window; `None` chooses by `select_delay`.
    - `weighting`: `None`, every window counts the same; `"variance"`, by its variance (weighted permutation entropy)
      [@fadlallah2013]; `"amplitude"`, by `mean_share` times its mean absolute value plus the rest times its mean
      absolute step (amplitude-aware) [@azami2016]. With weights the value is no longer invariant under transforms.
    - `kind`, `q`: `"shannon"`; `"renyi"`, $\log(\sum p^q) / (1 - q)$ [@renyi1961]; `"tsallis"`,
      $(1 - \sum p^q) / (q - 1)$ [@tsallis1988]; `q` > 0.
    - `normalise`: divide by the value of the uniform distribution; otherwise the unit is nats.
    - `correct_bias`: subtract the leading bias of the plug-in value, `-(K - 1)/(2n)` for independent windows
      [@miller1955] with `K` patterns seen. Windows overlap and data have memory, so `K - 1` is replaced by the sum over
      patterns of (long-run variance / p), estimated from batch means. Default: the plug-in value of the literature.
      Where many patterns were seen once or never, name an estimator (Shannon entropy only): `"miller-madow"`
      [@miller1955], `"jackknife"` [@zahl1977], `"grassberger"` [@grassberger2003], `"chao-shen"` [@chao2003] or
      `"nsb"` [@nemenman2002], which needs the number of possible patterns. They take windows as independent draws;
      `stderr` is then a jackknife over batches of the record (too large for `"grassberger"` where no bias is left,
      since its terms alternate with odd and even counts).

    Ties count as increasing, in order of time; their share is in `diagnostics["ties"]`.

    **Returns** an `Estimate`. `stderr` is that of the plug-in estimator (delta method, first and second order), with
    the correlation between overlapping windows kept by batch means; `interval` is centred at the bias-corrected value.
    Diagnostics: `probabilities` by Lehmer code, `missing_patterns`, `bias`, `ties`.
    """
    if weighting not in (None, "variance", "amplitude"):
        raise CocycleError(f"permutation_entropy: `weighting` is None, 'variance' or 'amplitude'; got {weighting!r}.")
    if not 0 <= mean_share <= 1:
        raise CocycleError(f"permutation_entropy: `mean_share` is between 0 and 1; got {mean_share!r}.")
    entropy = definition(kind, q, "permutation_entropy")
    columns, diagnostics, notes = ordinal_frequencies(
        data, "permutation entropy", order, delay, weighting, mean_share
    )  # fmt: skip
    top = entropy.top(columns[0].states)
    return combine(
        "permutation_entropy",
        [estimated(c, entropy, correct_bias, "permutation_entropy") for c in columns],
        columns[0],
        scale=top if normalise else 1.0,
        top=1.0 if normalise else top,
        unit="" if normalise or entropy.kind == "tsallis" else "nats",
        correct_bias=correct_bias,
        diagnostics=diagnostics,
        notes=notes,
    )
