"""Entropy of a distribution, by Shannon, Renyi or Tsallis; and its estimate from a sequence of symbols.

One definition and one estimator for every encoding: ordinal patterns, dispersion patterns, blocks of symbols, swaps.
"""

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from cocycle.core import CocycleError, Estimate

from ._undersampled import ESTIMATORS

__all__ = ["Definition", "Frequencies", "Part", "combine", "definition", "estimated", "number_of_batches", "plug_in"]


@dataclass(frozen=True)
class Definition:
    """An entropy $S(p)$ with its first and second derivatives: what a plug-in estimate and its error are made of."""

    kind: str
    q: float

    def value(self, p: np.ndarray) -> float:
        """$S(p)$ in nats; `p` without zeros."""
        if self.kind == "shannon":
            return abs(float(-(p @ np.log(p))))
        power = float((p**self.q).sum())
        return math.log(power) / (1 - self.q) if self.kind == "renyi" else (1 - power) / (self.q - 1)

    def top(self, states: int) -> float:
        """The largest value on so many states, that of the uniform distribution."""
        return (1 - states ** (1 - self.q)) / (self.q - 1) if self.kind == "tsallis" else math.log(states)

    def gradient(self, p: np.ndarray) -> np.ndarray:
        if self.kind == "shannon":
            return -np.log(p) - 1
        slope = self.q / (1 - self.q) * p ** (self.q - 1)
        return slope / (p**self.q).sum() if self.kind == "renyi" else slope

    def curvature(self, p: np.ndarray) -> tuple[np.ndarray, float]:
        """The second derivative: its diagonal, and the factor of `gradient gradient^T` that is added to it."""
        if self.kind == "shannon":
            return -1 / p, 0.0
        diagonal = -self.q * p ** (self.q - 2)
        if self.kind == "tsallis":
            return diagonal, 0.0
        return diagonal / (p**self.q).sum(), self.q - 1


def definition(kind: str, q: float | None, measure: str) -> Definition:
    """The entropy asked for, or a `CocycleError` that names the argument."""
    if kind not in ("shannon", "renyi", "tsallis"):
        raise CocycleError(f"{measure}: `kind` is 'shannon', 'renyi' or 'tsallis'; got {kind!r}.")
    if kind == "shannon":
        if q not in (None, 1):
            raise CocycleError(
                f"{measure}: the Shannon entropy has q = 1; for q = {q!r} say kind='renyi' or 'tsallis'."
            )
        return Definition("shannon", 1.0)
    if q is None or not 0 < q < 100:
        raise CocycleError(f"{measure}: kind={kind!r} needs its order `q`, a number between 0 and 100; got {q!r}.")
    return Definition("shannon", 1.0) if abs(q - 1) < 1e-9 else Definition(kind, float(q))


def number_of_batches(windows: int, span: int) -> int:
    """Batches of the record so long that their means are nearly independent: ten times what one window spans."""
    return int(np.clip(windows // (10 * span), 4, 50))


class Frequencies:
    """The (weighted) frequencies `p (states,)` of symbols, and how they vary from one batch of the record to the next.

    `deviation (batches, seen)`: sums over each batch of the indicator of each seen symbol, less its mean.
    """

    def __init__(self, codes: np.ndarray, states: int, batches: int, weights: np.ndarray | None = None):
        self.n, self.states, self.batches = codes.size, states, batches
        self.length = self.n // batches
        used = batches * self.length
        place = np.repeat(np.arange(batches) * states, self.length)
        place += codes[:used]
        table = np.bincount(
            place, None if weights is None else weights[:used], minlength=batches * states
        ).reshape(batches, states)  # fmt: skip
        counts = table.sum(axis=0)
        if used < self.n:
            rest = None if weights is None else weights[used:]
            counts = counts + np.bincount(codes[used:], rest, minlength=states)
        self.counts, self.table = (None, None) if weights is not None else (counts, table)
        total = counts.sum()
        self.p = counts / total
        self.seen = np.flatnonzero(counts)
        of_batch = table.sum(axis=1, keepdims=True)  # with weights, p is a ratio of sums
        self.deviation = (table[:, self.seen] - of_batch * self.p[self.seen]) * (self.n / total)

    def adjust(self, slope: np.ndarray, influence: np.ndarray) -> None:
        """Add the effect of an estimated parameter of the encoding: `slope` is dp/dparameter, shape `(states,)`;
        `influence` what each batch adds to n times the parameter, shape `(batches,)`."""
        self.deviation = self.deviation + np.outer(influence, slope[self.seen])

    def sums(self, gradient: np.ndarray) -> np.ndarray:
        """Sums over each batch of the values `gradient[symbol]`, centred; shape `(batches,)`."""
        sums = self.deviation @ gradient
        return sums - sums.mean()

    def spread(self) -> np.ndarray:
        """Long-run variance of each seen symbol's indicator, from batch means."""
        return self.deviation.var(axis=0, ddof=1) / self.length

    def covariance(self, a: np.ndarray, b: np.ndarray) -> float:
        """Long-run covariance of two sequences given by their batch sums."""
        return float(a @ b / (self.batches - 1) / self.length)


class Part(NamedTuple):
    """A function of frequencies: its value, the batch sums of its first-order error, 2 n^2 times its second-order
    variance, and its bias."""

    value: float
    sums: np.ndarray
    quadratic: float
    bias: float

    def minus(self, other: "Part") -> "Part":
        return Part(
            self.value - other.value, self.sums - other.sums, self.quadratic + other.quadratic, self.bias - other.bias
        )


def plug_in(f: Frequencies, s: Definition) -> Part:
    """The entropy of the observed frequencies, with its error and its bias to second order.

    For independent symbols the Shannon bias is -(K - 1)/(2n) with K seen [@miller1955]; here K - 1 is the sum of
    (long-run variance / p), so that overlapping windows and data with memory are covered.
    """
    p = f.p[f.seen]
    gradient = s.gradient(p)
    diagonal, factor = s.curvature(p)
    sums = f.sums(gradient)
    weighted = diagonal * f.spread()
    bias = (weighted.sum() + factor * f.covariance(sums, sums)) / (2 * f.n)
    return Part(s.value(p), sums, float(weighted @ weighted), float(bias))


def estimated(f: Frequencies, s: Definition, correct_bias: bool | str, measure: str) -> Part:
    """The entropy with the bias of the estimator asked for: to second order, or as the named estimator has it."""
    if isinstance(correct_bias, (bool, np.bool_)):
        return plug_in(f, s)
    if correct_bias not in ESTIMATORS:
        raise CocycleError(
            f"{measure}: `correct_bias` is True, False or one of {', '.join(map(repr, ESTIMATORS))}; "
            f"got {correct_bias!r}."
        )
    if s.kind != "shannon" or f.counts is None or f.table is None:
        raise CocycleError(
            f"{measure}: correct_bias={correct_bias!r} estimates the Shannon entropy of counts; with weights, or "
            "another `kind`, say True."
        )
    estimator = ESTIMATORS[correct_bias]

    def of(counts: np.ndarray) -> float:
        return estimator(counts[counts > 0], f.states)

    whole, part = plug_in(f, s), of(f.counts)
    left_out = np.array([of(f.counts - batch) for batch in f.table])
    # a jackknife over the batches, written as what each adds to n times the value
    sums = (f.batches - 1) * f.length * (left_out.mean() - left_out)
    return Part(whole.value, sums, 0.0, whole.value - part)


def combine(
    name: str,
    parts: list[Part],
    frequencies: Frequencies,
    *,
    scale: float = 1.0,
    low: float = 0.0,
    top: float = math.inf,
    unit: str = "",
    correct_bias: bool | str = False,
    diagnostics: dict[str, Any],
    notes: list[str],
) -> Estimate:
    """Mean over variables, divided by `scale`; the interval is centred at the bias-corrected value."""
    from scipy.special import stdtrit

    n = frequencies.n
    mean_sums = np.mean([part.sums for part in parts], axis=0)
    # the estimated gradient is itself noisy, which adds twice the second-order variance: take it out
    second = float(np.mean([part.quadratic for part in parts])) / n**2
    linear = frequencies.covariance(mean_sums, mean_sums) / n
    stderr = math.sqrt(max(linear - second, 0.0) + second / 2) / scale
    value = float(np.mean([part.value for part in parts])) / scale
    bias = float(np.mean([part.bias for part in parts])) / scale
    half = float(stdtrit(frequencies.batches - 1, 0.975)) * stderr
    centre = value - bias
    interval = (float(np.clip(centre - half, low, top)), float(np.clip(centre + half, low, top)))
    if correct_bias:
        value = float(np.clip(centre, low, top))
    if len(parts) > 1:
        diagnostics = {**diagnostics, "per_variable": np.array([part.value for part in parts]) / scale}
    return Estimate(name, value, stderr, interval, n, unit, {**diagnostics, "bias": bias}, tuple(notes))
