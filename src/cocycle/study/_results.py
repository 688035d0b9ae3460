"""The shape of `results.json`: typed, documented where it is defined, checked before it is written.

The types below are the schema. `check` compares data with them, `document` prints them as `docs/results-schema.md`.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    TypedDict,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from cocycle.core import CocycleError

__all__ = ["KINDS", "SCHEMA_VERSION", "Results", "check", "document"]

SCHEMA_VERSION = "1.0"
Kind = Literal[
    "fixed-point",
    "periodic",
    "quasi-periodic",
    "chaotic",
    "linear-stochastic",
    "nonlinear-stochastic",
    "nonstationary",
    "noise",
    "undecided",
]
KINDS: tuple[str, ...] = get_args(Kind)
Numbers = float | list[Any] | None


class File(TypedDict):
    """One input file."""

    name: Annotated[str, "file name without its folder"]
    sha256: Annotated[str, "hash of the content"]
    rows: Annotated[int, "samples read from it"]


class SourceInfo(TypedDict):
    """Where the data come from, and what was done to read them."""

    kind: Annotated[Literal["file", "system", "data"], "a file, a named system that was simulated, or data in memory"]
    name: Annotated[str, "of the file or the system"]
    files: Annotated[list[File], "one an input file"]
    hash: Annotated[str, "SHA-256 of the numbers that were studied"]
    variables: Annotated[list[str], "the columns studied"]
    inputs: Annotated[list[str], "the columns treated as known inputs"]
    samples: Annotated[int, "number of samples in all episodes"]
    episodes: Annotated[int, "number of unbroken stretches"]
    dt: Annotated[float, "sampling interval, in `time_unit`"]
    time_unit: Annotated[str, "unit of time; `time` if unknown"]
    start: Annotated[str | float, "first time or date"]
    end: Annotated[str | float, "last time or date"]
    notes: Annotated[list[str], "what was repaired or left out, in sentences"]


class Choice(TypedDict):
    """An automatic choice, why it was made, and how to change it."""

    name: Annotated[str, "what was chosen"]
    value: Annotated[str | float | None, "the choice"]
    reason: Annotated[str, "why, in one sentence"]
    flag: Annotated[str | None, "the flag that overrides it"]
    by: Annotated[Literal["data", "user"], "who chose"]


class Measured(TypedDict):
    """One measurement; a failed one has `failed` and no value."""

    name: Annotated[str, "as in `cocycle.measure`"]
    label: Annotated[str, "in words"]
    variable: Annotated[str | None, "the column measured; null for all together"]
    value: Annotated[Numbers, "the estimate; null if it failed"]
    stderr: Annotated[Numbers, "its standard error"]
    interval: Annotated[list[Any] | None, "95 % interval: low, high"]
    unit: Annotated[str, "of the value"]
    n: Annotated[int | None, "samples behind it"]
    meaning: Annotated[str, "what the value says, in one sentence"]
    notes: Annotated[list[str], "what must be read next to the number"]
    failed: Annotated[str | None, "why there is no number, in one sentence"]


class VerdictInfo(TypedDict):
    """What kind of dynamics it is."""

    kind: Annotated[Kind, "the kind"]
    confidence: Annotated[float, "between 0 and 1"]
    sentence: Annotated[str, "in plain language"]
    evidence: Annotated[dict[str, Any], "by name: value, meaning, sentence"]
    probabilities: Annotated[dict[str, float], "of the kinds"]
    remedy: Annotated[str | None, "for an uncertain verdict: what data would decide"]


class SplitInfo(TypedDict):
    """The cut in time."""

    train: Annotated[int, "samples learned from"]
    test: Annotated[int, "samples kept for the examination"]
    rows: Annotated[list[int], "row of each episode at which its test part begins"]
    at: Annotated[list[Any], "time or date of the cut, one an episode"]
    reason: Annotated[str, "in one sentence"]


class CandidateInfo(TypedDict):
    """A learner with its settings, and its validation error."""

    name: Annotated[str, "learner and settings"]
    family: Annotated[str, "the learner"]
    settings: Annotated[dict[str, Any], "what differs from its defaults"]
    baseline: Annotated[bool, "whether it is a baseline"]
    score: Annotated[float | None, "mean validation error, in units of the one-step persistence error (MASE)"]
    se: Annotated[float | None, "its standard error"]
    seconds: Annotated[float, "time it took"]
    failed: Annotated[str | None, "why it has no score"]


class LearnInfo(TypedDict):
    """The selection, on the training part only."""

    candidates: Annotated[list[CandidateInfo], "all that took part"]
    left_out: Annotated[dict[str, str], "learners that do not apply, with the reason"]
    chosen: Annotated[str, "name of the chosen candidate"]
    reason: Annotated[str, "why"]
    beats_baseline: Annotated[bool, "whether a learner was better than the baselines by one standard error"]
    folds: Annotated[int, "rolling-origin folds"]
    origins: Annotated[int, "forecasts a candidate was judged by"]


class Skill(TypedDict):
    """The skill of one candidate in the test part."""

    name: Annotated[str, "learner and settings"]
    family: Annotated[str, "the learner"]
    baseline: Annotated[bool, "whether it is a baseline"]
    chosen: Annotated[bool, "whether it was chosen (before the test)"]
    mase: Annotated[float | None, "mean absolute error / one-step persistence error in the training part"]
    smape: Annotated[float | None, "symmetric mean absolute percentage error, percent"]
    rmse: Annotated[float | None, "root mean square error / standard deviation in the training part"]
    crps: Annotated[float | None, "continuous ranked probability score / one-step persistence error"]
    valid_time: Annotated[float | None, "median valid prediction time, in units of time"]
    valid_lyapunov: Annotated[float | None, "the same in Lyapunov times, where one exists"]
    coverage: Annotated[float | None, "share of the test samples inside the intervals"]
    failed: Annotated[str | None, "why it has no skill"]


class CoverageInfo(TypedDict):
    """How often the intervals held in the test part."""

    level: Annotated[float, "wanted probability"]
    observed: Annotated[float, "share of test samples inside"]
    low: Annotated[float, "95 % binomial interval, low"]
    high: Annotated[float, "95 % binomial interval, high"]
    trials: Annotated[float, "independent trials behind it"]
    forecasts: Annotated[int, "test forecasts"]


class ForecastInfo(TypedDict):
    """The forecast beyond the end of the data, and the examination of the model that made it."""

    model: Annotated[str, "learner and settings"]
    horizon: Annotated[int, "samples ahead"]
    level: Annotated[float, "probability of the intervals"]
    half_width: Annotated[list[list[float]], "half the interval, by sample ahead and variable"]
    calibration: Annotated[int, "past errors that the intervals rest on"]
    coverage: Annotated[CoverageInfo, "observed in the test part"]
    skill: Annotated[list[Skill], "of every kind of learner in the test part, best first"]
    sentence: Annotated[str, "the outcome of the test, in plain language"]
    notes: Annotated[list[str], "what must be read next to it"]


class FixedPoint(TypedDict):
    """A fixed point of the fitted model."""

    state: Annotated[list[float], "in the observed variables"]
    stability: Annotated[str, "stable node, unstable focus, saddle ..."]
    multipliers: Annotated[list[list[float]], "largest eigenvalues of the step's Jacobian: real, imaginary"]
    residual: Annotated[float, "how far one step moves it, in standard deviations of the data"]
    inside: Annotated[bool, "whether it lies where the data lie"]


class AnalysisInfo(TypedDict):
    """The fitted model, measured with the same measures as the data."""

    equations: Annotated[list[str], "if the model has them"]
    fixed_points: Annotated[list[FixedPoint], "found by Newton's method from many starts"]
    fixed_points_note: Annotated[str, "how the search went, in one sentence"]
    spectrum: Annotated[Measured | None, "Lyapunov spectrum of the fitted model"]
    dimension: Annotated[Measured | None, "its Kaplan-Yorke dimension"]
    free_run: Annotated[str, "what the model does when it runs alone, in one sentence"]
    comparison: Annotated[list[dict[str, Any]], "measures of the data next to those of the model's own motion"]
    truth: Annotated[dict[str, Any] | None, "for a named system: its true spectrum and dimension"]
    notes: Annotated[list[str], "what must be read next to it"]


class Sensitivity(TypedDict):
    """The verdict on altered data."""

    change: Annotated[str, "what was altered"]
    kind: Annotated[str | None, "the verdict"]
    confidence: Annotated[float | None, "its confidence"]
    survives: Annotated[bool, "whether it is the verdict of the whole recording"]
    sentence: Annotated[str, "what it says"]


class Results(TypedDict):
    """Everything that a study found out."""

    schema_version: Annotated[str, "version of this schema; the first number changes when a field changes its meaning"]
    status: Annotated[
        Literal["complete", "partial"], "partial: the study was interrupted; the finished parts are there"
    ]
    command: Annotated[str, "the exact command"]
    created: Annotated[str, "when, UTC"]
    versions: Annotated[dict[str, str], "of the software"]
    seed: Annotated[int, "of everything random"]
    options: Annotated[dict[str, Any], "all settings"]
    source: Annotated[SourceInfo, "the data"]
    seconds: Annotated[dict[str, float], "time each stage took"]
    summary: Annotated[list[str], "the study in a few plain sentences"]
    choices: NotRequired[Annotated[list[Choice], "every automatic choice"]]
    measures: NotRequired[Annotated[list[Measured], "of the data"]]
    verdict: NotRequired[Annotated[VerdictInfo, "what kind of dynamics it is"]]
    split: NotRequired[Annotated[SplitInfo, "training and test part"]]
    learn: NotRequired[Annotated[LearnInfo, "the selection"]]
    forecast: NotRequired[Annotated[ForecastInfo, "the forecast and its examination"]]
    analysis: NotRequired[Annotated[AnalysisInfo, "the fitted model"]]
    sensitivity: NotRequired[Annotated[list[Sensitivity], "does the verdict survive?"]]


def check(value: Any, kind: Any = Results, where: str = "results") -> None:
    """Raise `CocycleError` with the place of the first thing that does not fit the schema."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Annotated, NotRequired):
        check(value, arguments[0], where)
    elif kind is Any:
        return
    elif is_typeddict(kind):
        _check_dictionary(value, kind, where)
    elif origin in (Union, types.UnionType):
        if not any(_fits(value, option, where) for option in arguments):
            # the most telling message is that of the first structured option
            detailed = [option for option in arguments if is_typeddict(option)]
            if detailed and isinstance(value, Mapping):
                check(value, detailed[0], where)
            raise CocycleError(f"{where}: {value!r:.60} is none of {', '.join(_word(a) for a in arguments)}.")
    elif origin is Literal:
        if value not in arguments:
            raise CocycleError(f"{where}: {value!r} is none of {', '.join(map(repr, arguments))}.")
    elif origin is list:
        if not isinstance(value, list):
            raise CocycleError(f"{where}: expected a list; got {type(value).__name__}.")
        for index, item in enumerate(value):
            check(item, arguments[0], f"{where}[{index}]")
    elif origin is dict:
        if not isinstance(value, Mapping):
            raise CocycleError(f"{where}: expected an object; got {type(value).__name__}.")
        for name, item in value.items():
            check(item, arguments[1], f"{where}.{name}")
    elif kind is type(None) or kind is None:
        if value is not None:
            raise CocycleError(f"{where}: expected null; got {value!r:.60}.")
    else:
        allowed = (int, float) if kind is float else kind
        if not isinstance(value, allowed) or (isinstance(value, bool) and kind is not bool):
            raise CocycleError(f"{where}: expected {_word(kind)}; got {value!r:.60}.")


def _fits(value: Any, kind: Any, where: str) -> bool:
    try:
        check(value, kind, where)
    except CocycleError:
        return False
    return True


def _check_dictionary(value: Any, kind: Any, where: str) -> None:
    if not isinstance(value, Mapping):
        raise CocycleError(f"{where}: expected an object ({kind.__name__}); got {type(value).__name__}.")
    hints = _hints(kind)
    for name, hint in hints.items():
        if name in value:
            check(value[name], hint, f"{where}.{name}")
        elif name in _required(kind):
            raise CocycleError(f"{where}: the field {name!r} is missing.")
    for name in value:
        if name not in hints:
            raise CocycleError(f"{where}: the field {name!r} is not in the schema.")


def _required(kind: Any) -> set[str]:
    # `from __future__ import annotations` hides NotRequired from TypedDict's own bookkeeping: read the hints
    return {name for name, hint in _hints(kind).items() if get_origin(hint) is not NotRequired}


def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def _word(kind: Any) -> str:
    """A type as the documentation calls it."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Annotated, NotRequired):
        return _word(arguments[0])
    if kind is Any:
        return "any"
    if kind is type(None):
        return "null"
    if is_typeddict(kind):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    if origin in (Union, types.UnionType):
        return " or ".join(_word(a) for a in arguments)
    if origin is Literal:
        return " or ".join(f"`{a}`" for a in arguments)
    if origin is list:
        return f"list of {_word(arguments[0])}"
    if origin is dict:
        return f"object of {_word(arguments[1])}"
    return {float: "number", int: "integer", str: "text", bool: "true/false"}.get(kind, str(kind))


def document() -> str:
    """The schema as a page in Markdown."""
    lines = [
        "# The file `results.json`",
        "",
        f"Schema version {SCHEMA_VERSION}. Every study writes this file; `cocycle.study.check(results)` compares one",
        "with the schema. Numbers that do not exist (a failed estimate, no error bar) are `null`, never NaN. This page",
        "is generated from the types in `cocycle.study`, and a test keeps the two equal.",
        "",
    ]
    seen: list[Any] = [Results]
    for kind in seen:
        lines += [f"## {kind.__name__}", "", _hints_doc(kind), "", "| field | type | meaning |", "|---|---|---|"]
        for name, hint in _hints(kind).items():
            optional = get_origin(hint) is NotRequired
            meta = get_args(hint)[0] if optional else hint
            meaning = meta.__metadata__[0]
            mark = " (once the stage is finished)" if optional else ""
            lines.append(f"| `{name}` | {_word(meta)} | {meaning}{mark} |")
            seen += [k for k in _nested(meta) if k not in seen]
        lines.append("")
    return "\n".join(lines)


def _hints_doc(kind: Any) -> str:
    return (kind.__doc__ or "").strip().splitlines()[0]


def _nested(kind: Any) -> list[Any]:
    if is_typeddict(kind):
        return [kind]
    return [found for argument in get_args(kind) if not isinstance(argument, str) for found in _nested(argument)]
