"""The verdict: what kind of dynamics made a recording, how sure that is, and on what evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cocycle.core import DataError, Trajectory
from cocycle.measure import as_series

from ._verdict_evidence import evidence as evidence_of
from ._verdict_evidence import would_decide
from ._verdict_rules import KINDS, decide

__all__ = ["KINDS", "Verdict", "verdict"]

LEAST = 100

_PLAIN = {
    "fixed-point": "comes to rest at a fixed point",
    "periodic": "is periodic",
    "quasi-periodic": "is quasi-periodic (several incommensurate frequencies)",
    "chaotic": "is deterministic chaos",
    "linear-stochastic": "is a linear stochastic process (noise through a linear filter)",
    "nonlinear-stochastic": "is a nonlinear stochastic process (noise drives a nonlinear system)",
    "nonstationary": "is nonstationary: its law changes during the recording",
    "noise": "is noise without memory",
}


@dataclass(frozen=True)
class Verdict:
    """What kind of dynamics made a recording.

    **Fields**

    - `kind`: one of `KINDS`, or `"undecided"`.
    - `confidence`: calibrated probability, between 0 and 1, that `kind` is right on a system like those of the corpus
      (for `"undecided"`: that of the most probable kind). See docs/verdict.md for how it was calibrated.
    - `evidence`: name -> `{"value", "meaning", "sentence"}`, the most important first.
    - `sentence`: the verdict in plain language.
    - `probabilities`: kind -> probability.
    - `would_decide`: for an uncertain verdict, what data would decide; else `None`.
    """

    kind: str
    confidence: float
    evidence: dict[str, dict[str, Any]]
    sentence: str
    probabilities: dict[str, float] = field(default_factory=dict)
    would_decide: str | None = None

    @property
    def remedy(self) -> str | None:
        """Another name of `would_decide`."""
        return self.would_decide

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "kind": self.kind,
            "confidence": self.confidence,
            "sentence": self.sentence,
            "evidence": {name: dict(entry) for name, entry in self.evidence.items()},
            "probabilities": dict(self.probabilities),
            "would_decide": self.would_decide,
        }


def verdict(
    data: Any, *, quick: bool = False, key: Any = None, on_step: Callable[[str, float], None] | None = None
) -> Verdict:
    """Decide what kind of dynamics made a recording.

    **Arguments**

    - `data`: a `Trajectory`, an array `(T,)` or `(T, dim)`, a pandas Series or DataFrame; evenly sampled, at least
      100 samples.
    - `quick`: fewer reference points and surrogates, about half the time.
    - `key`: a `jax.random.key` for reference points and surrogates; `None` means seed 0.
    - `on_step`: called with a text and the fraction done.

    Returns a `Verdict`. Raises `DataError` for data that cannot be judged (missing values, fewer than 100 samples).
    The kinds, the method, and how often it is right on unseen systems are in docs/verdict.md.
    """
    from ._verdict_features import features

    values = _values(data)
    spread = values.max(axis=0) - values.min(axis=0)
    moving = spread > 1e-12 * np.maximum(np.abs(values).max(axis=0), 1e-300)
    if not moving.any():
        sentence = "This recording is constant: the system rests at a fixed point, or the instrument does not respond."
        entry = {"value": 0.0, "meaning": "largest minus smallest value", "sentence": "Nothing moves at all."}
        return Verdict("fixed-point", 1.0, {"spread": entry}, sentence, {"fixed-point": 1.0})
    steps = {"spectrum": 0.05, "stationarity": 0.25, "prediction": 0.35, "divergence": 0.65, "surrogates": 0.8}
    tell = None if on_step is None else lambda name: on_step(name, steps[name])
    seed = 0 if key is None else _seed(key)
    f = features(values[:, moving], quick=quick, seed=seed, on_step=tell)
    kind, confidence, probabilities = decide(f)
    found, speaks_for, against = evidence_of(f, kind)
    lacking = would_decide(f, kind, confidence, probabilities, values.shape[0])
    reasons = [found[name]["sentence"] for name in (speaks_for or list(found))[:2]]
    if against and confidence < 0.9:
        reasons.append(f"Against it: {found[against[0]]['sentence'][0].lower()}{found[against[0]]['sentence'][1:]}")
    return Verdict(kind, confidence, found, _sentence(kind, confidence, probabilities, reasons), probabilities, lacking)


def _values(data: Any) -> np.ndarray:
    """Checked numbers `(T, dim)` of evenly spaced data, none of them filled in."""
    mask = data.mask if isinstance(data, Trajectory) else None
    if mask is not None and not np.asarray(mask).all():
        row = int(np.argmin(np.asarray(mask)))
        raise DataError(f"The verdict: sample {row} is missing. Judge the longest part without gaps.")
    return as_series(data, measure="The verdict", min_length=LEAST, allow_constant=True).values


def _seed(key: Any) -> int:
    import jax

    return int(np.asarray(jax.random.key_data(key)).ravel()[-1])


def _sentence(kind: str, confidence: float, probabilities: dict[str, float], reasons: list[str]) -> str:
    if kind == "undecided":
        first, second = sorted(probabilities, key=lambda k: -probabilities[k])[:2]
        head = (
            f"The data cannot tell {first} ({probabilities[first]:.0%}) from {second} "
            f"({probabilities[second]:.0%}) dynamics."
        )
    else:
        strength = "almost certainly " if confidence > 0.95 else "probably " if confidence < 0.75 else ""
        head = f"This recording {strength}{_PLAIN[kind]} (confidence {confidence:.0%})."
    return " ".join([head, *reasons])
