"""What takes part in the selection: every learner of the library, with a few settings each, simplest first."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cocycle.core import CocycleError, Trajectory, suggestion

from ._options import Options

__all__ = ["Candidate", "candidates", "title"]


@dataclass(frozen=True)
class Candidate:
    """A learner with its settings. `rank` orders by simplicity; `settings` is what the report prints."""

    name: str
    family: str
    learner: Any
    settings: Mapping[str, Any]
    baseline: bool
    rank: int


def candidates(train: Sequence[Trajectory], options: Options) -> tuple[list[Candidate], dict[str, str]]:
    """All candidates for this data, and for every learner that does not apply the reason why.

    What `options` fixes (delay, dimension, degree) holds for every learner that has such a setting.
    """
    from cocycle.learn import LEARNERS

    for name in options.learners or ():
        if name not in LEARNERS:
            raise CocycleError(
                f"There is no learner {name!r}; there are: {', '.join(LEARNERS)}.{suggestion(name, LEARNERS)}"
            )
    found: list[Candidate] = []
    left_out: dict[str, str] = {}
    data = list(train)
    for rank, (family, kind) in enumerate(LEARNERS.items()):
        if not (kind.baseline or options.learners is None or family in options.learners):
            continue
        try:
            grid = kind.candidates(data)
        except CocycleError as error:
            left_out[family] = str(error)
            continue
        if not grid:
            left_out[family] = kind().applicable(data) or "It has no settings that suit this data."
            continue
        fixed = {"delay": options.delay, "dimension": options.dimension, "degree": options.degree}
        tuned = _distinct([learner.fixed(**fixed) for learner in grid])
        most = kind.few if options.quick else options.budget.candidates
        for learner in _evenly(tuned, most):
            settings = _settings(learner)
            found.append(Candidate(_name(kind.title, settings), family, learner, settings, kind.baseline, rank))
    if not any(c.baseline for c in found):
        raise CocycleError("No baseline applies to this data: " + " ".join(left_out.values()))
    return found, left_out


def _distinct(learners: Sequence[Any]) -> list[Any]:
    kept: list[Any] = []
    for learner in learners:
        if learner not in kept:
            kept.append(learner)
    return kept


def _evenly(items: Sequence[Any], most: int) -> list[Any]:
    """At most `most` of the items: the middle one of as many equal parts of the list."""
    n = len(items)
    if n <= most:
        return list(items)
    return [items[round((i + 0.5) * n / most - 0.5)] for i in range(most)]


def _settings(learner: Any) -> dict[str, Any]:
    """What differs from the learner's defaults, in plain values."""
    out = {}
    for f in dataclasses.fields(learner):
        value = getattr(learner, f.name)
        if f.default is dataclasses.MISSING or value != f.default:
            out[f.name] = value if isinstance(value, (int, float, str, bool)) or value is None else str(value)
    return out


def _name(title: str, settings: Mapping[str, Any]) -> str:
    """What the report calls a candidate: `SINDy (library polynomials to degree 2, threshold 0.02)`."""
    if not settings:
        return title
    inner = ", ".join(
        f"{k.replace('_', ' ')} {'none' if v is None else f'{v:.3g}' if isinstance(v, float) else v}"
        for k, v in settings.items()
    )
    return f"{title[:-1]}, {inner})" if title.endswith(")") else f"{title} ({inner})"


def title(family: str) -> str:
    """What a report calls a kind of learner."""
    from cocycle.learn import LEARNERS

    return LEARNERS[family].title if family in LEARNERS else family
