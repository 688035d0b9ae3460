"""What takes part in the selection: every learner of the library, with a few settings each, simplest first."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cocycle.core import CocycleError, Trajectory, suggestion

from ._options import Options

__all__ = ["BASELINES", "TITLES", "Candidate", "candidates"]

# From simple to complicated: of two that forecast equally well, the earlier one is chosen. A learner that is not listed
# ranks last.
SIMPLICITY = [
    "mean",
    "persistence",
    "seasonal-naive",
    "ar",
    "dmd",
    "sindy",
    "nvar",
    "havok",
    "simplex",
    "smap",
    "echo-state",
    "reservoir",
    "esn",
    "kernel",
    "mlp",
]
BASELINES = frozenset({"mean", "persistence", "seasonal-naive"})


# settings that quick studies try of learners that take long
QUICK = {"dmd": 2, "havok": 1, "simplex": 2, "smap": 1, "echo-state": 2, "sindy-map": 2}
TITLES = {
    "mean": "the mean",
    "persistence": "persistence",
    "seasonal-naive": "seasonal naive",
    "ar": "linear autoregression",
    "dmd": "dynamic mode decomposition",
    "havok": "HAVOK",
    "sindy": "SINDy",
    "sindy-map": "SINDy (map)",
    "nvar": "NVAR",
    "simplex": "simplex projection",
    "smap": "S-map",
    "echo-state": "echo-state network",
}


@dataclass(frozen=True)
class Candidate:
    """A learner with its settings. `rank` orders by simplicity; `settings` is what the report prints."""

    name: str
    family: str
    learner: Any
    settings: Mapping[str, Any]
    baseline: bool
    rank: int


def candidates(
    train: Sequence[Trajectory], options: Options, *, delay: int, dimension: int
) -> tuple[list[Candidate], dict[str, str]]:
    """All candidates for this data, and for every learner that does not apply the reason why.

    `delay` and `dimension` are those of the characterisation; `options` may fix the degree of polynomials.
    """
    from cocycle.learn import LEARNERS

    found: list[Candidate] = []
    left_out: dict[str, str] = {}
    data = list(train)
    for family, kind in _wanted(LEARNERS, options).items():
        try:
            grid = kind.candidates(data)
        except CocycleError as error:
            left_out[family] = str(error)
            continue
        if not grid:
            left_out[family] = kind().applicable(data) or "It has no settings that suit this data."
            continue
        tuned = _distinct([_overridden(learner, options) for learner in grid])
        most = QUICK.get(family, options.budget.candidates) if options.quick else options.budget.candidates
        for learner in _evenly(tuned, most):
            settings = _settings(learner)
            rank = SIMPLICITY.index(family) if family in SIMPLICITY else len(SIMPLICITY)
            found.append(Candidate(_name(family, settings), family, learner, settings, family in BASELINES, rank))
    if not any(c.baseline for c in found):
        raise CocycleError("No baseline applies to this data: " + " ".join(left_out.values()))
    return sorted(found, key=lambda c: (c.rank, c.name)), left_out


def _wanted(learners: Mapping[str, Any], options: Options) -> dict[str, Any]:
    """The learners that take part: all, or those asked for and the baselines."""
    if options.learners is None:
        return dict(learners)
    for name in options.learners:
        if name not in learners:
            raise CocycleError(
                f"There is no learner {name!r}; there are: {', '.join(learners)}.{suggestion(name, learners)}"
            )
    return {name: kind for name, kind in learners.items() if name in options.learners or name in BASELINES}


def _overridden(learner: Any, options: Options) -> Any:
    """The learner with what the user fixed (`--degree`, `--delay`, `--dimension`), where it has such a setting."""
    fields = {f.name for f in dataclasses.fields(learner)}
    wanted = {"degree": options.degree, "delay": options.delay, "stride": options.delay, "dimension": options.dimension}
    if type(learner).__name__ == "NVAR":
        wanted.update(order=options.degree, delays=options.dimension)
    changes = {name: value for name, value in wanted.items() if value is not None and name in fields}
    return learner.replace(**changes) if changes else learner


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


def _name(family: str, settings: Mapping[str, Any]) -> str:
    """What the report calls a candidate: `SINDy (library Polynomial(order=2), threshold 0.02)`."""
    title = TITLES.get(family, family)
    if not settings:
        return title
    inner = ", ".join(
        f"{k.replace('_', ' ')} {'none' if v is None else f'{v:.3g}' if isinstance(v, float) else v}"
        for k, v in settings.items()
    )
    return f"{title[:-1]}, {inner})" if title.endswith(")") else f"{title} ({inner})"
