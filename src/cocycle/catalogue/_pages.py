"""The catalogue as pages of Markdown: one a system, and an index with a picture and the numbers of each."""

import inspect
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from cocycle import core
from cocycle.core import Source, System
from cocycle.systems import CATALOGUE, computed, record_of

from ._bibliography import bibliography
from ._checks import agreement, judge

__all__ = ["pages"]

# The order of the index: refinements before what they refine.
_KINDS: Mapping[str, tuple[type[System], ...]] = {
    "Hamiltonian and Lagrangian flows": (core.HamiltonianFlow, core.LagrangianFlow),
    "Fields": (core.SemilinearFlow,),
    "Flows": (core.Flow,),
    "Maps": (core.Map,),
    "Delay equations": (core.DelayFlow,),
    "Stochastic flows": (core.StochasticFlow,),
    "Random maps": (core.RandomMap,),
}
_SHOWN = (
    "Flows",
    "Maps",
    "Hamiltonian and Lagrangian flows",
    "Delay equations",
    "Stochastic flows",
    "Random maps",
    "Fields",
)


def pages(to: Path | str = "docs/catalogue", *, images: str = "../images/catalogue") -> int:
    """Write the index, one page a system and the list of all sources below `to`, replacing what is there; how many
    systems.

    `images` is where the pictures lie, seen from there. Nothing is simulated: cards and stored numbers are enough.
    """
    to = Path(to)
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    references = bibliography()
    for name, cls in CATALOGUE.items():
        (to / f"{name}.md").write_text(_page(name, cls, images, references), encoding="utf-8")
    (to / "index.md").write_text(_index(images), encoding="utf-8")
    (to / "sources.md").write_text(_sources(references), encoding="utf-8")
    return len(CATALOGUE)


def _sources(references: Mapping[str, str]) -> str:
    """Every entry of the bibliography with an anchor, by which the pages' citations find it."""
    lines = ["# Sources", "", "What the pages, docstrings and cards cite, by key.", ""]
    for key in sorted(references):
        lines += [f'<a id="{key}"></a>**{key}** {references[key]}', ""]
    return "\n".join(lines)


def _kind(cls: type[System]) -> str:
    return next(title for title, kinds in _KINDS.items() if issubclass(cls, kinds))


def number(value: float | None, error: float | None) -> str:
    """A number with its error bar, in as many digits as the error leaves; tiny ones with a power of ten."""
    if value is None:
        return "−∞"
    if error is None or not np.isfinite(error) or error <= 0:
        return f"{value:.6g}"
    size = int(np.floor(np.log10(max(abs(value), error))))
    if size < -4:
        digits = max(0, 1 + size - int(np.floor(np.log10(error))))
        return f"({value / 10.0**size:.{digits}f} ± {error / 10.0**size:.{digits}f})e{size}"
    digits = max(0, 1 - int(np.floor(np.log10(error))))
    return f"{value:.{digits}f} ± {error:.{digits}f}"


def _spectrum(found: Mapping[str, Any], most: int) -> str:
    pairs = list(zip(found.get("lyapunov", ()), found.get("lyapunov_stderr", ())))
    return ", ".join(number(v, e) for v, e in pairs[:most]) + (", ..." if len(pairs) > most else "")


# -- the index ----------------------------------------------------------------------------------------------------


def _index(images: str) -> str:
    groups: dict[str, list[str]] = {title: [] for title in _SHOWN}
    for name, cls in CATALOGUE.items():
        groups[_kind(cls)].append(name)
    verified = sum(cls.card.status is core.Status.VERIFIED for cls in CATALOGUE.values() if cls.card)
    lines = [
        "# The catalogue",
        "",
        f"{len(CATALOGUE)} systems, {verified} of them verified. Each is one short file: its equation, which is "
        "checked against the code, its parameters, its sources. The numbers are computed by `cocycle catalogue build`, "
        "each with a standard error; a number that could not be computed to its tolerance is missing. Exponents are "
        "per unit of time (of a map: per step), the largest first; *D* is the Kaplan-Yorke dimension.",
        "",
        "`cocycle list --kind map --field neuroscience` filters on the command line, `cc.systems.find` in Python; "
        "[The systems](../systems.md) tells how to use them.",
        "",
        " · ".join(f"[{title}](#{_anchor(title)}) ({len(names)})" for title, names in groups.items() if names),
    ]
    for title, names in groups.items():
        if names:
            lines += [
                "",
                f"## {title}",
                "",
                "| | system | field | dim | exponents | *D* |",
                "|---|---|---|---:|---|---|",
            ]
            lines += [_row(name, images) for name in names]
    return "\n".join(lines) + "\n"


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-")


def _row(name: str, images: str) -> str:
    cls, found = CATALOGUE[name], record_of(name)
    card: Any = cls.card
    dimension = number(*found["kaplan_yorke"]) if "kaplan_yorke" in found else ""
    mark = "" if card.status is core.Status.VERIFIED else f" ({card.status.value})"
    picture = f'<img src="{images}/{name}.png" alt="" width="120" loading="lazy">'
    title = f"[{card.title}]({name}.md){mark}"
    return f"| {' | '.join((picture, title, card.field, str(cls().dim), _spectrum(found, 3), dimension))} |"


# -- one system ----------------------------------------------------------------------------------------------------


def _page(name: str, cls: type[System], images: str, references: Mapping[str, str]) -> str:
    card: Any = cls.card
    system, found = cls(), record_of(name)
    lines = [f"# {card.title}", ""]
    if card.status is not core.Status.VERIFIED:
        lines += [f'!!! warning "{card.status.value.capitalize()}"', f"    {card.reason or 'Not all checks pass.'}", ""]
    lines += [f"![The motion of {card.title} at its defaults]({images}/{name}.png){{ align=right width=360 }}", ""]
    lines += [_cited(inspect.getdoc(cls) or "", references), ""]
    key = ", key=jax.random.key(0)" if issubclass(cls, (core.StochasticFlow, core.RandomMap)) else ""
    lines += ["```python", *(["import jax", ""] if key else []), "import cocycle as cc", ""]
    lines += [f"run = cc.trajectory(cc.systems.{name}(), periods=50{key})", "```", ""]
    lines += ["## Card", "", "| | |", "|---|---|"]
    lines += [f"| {key} | {value} |" for key, value in _card_rows(name, cls, system)]
    lines += _presets(card)
    lines += _known(card) + _computed(cls, found) + _agreement(system, found) + _checks(system, found)
    lines += ["", "## Sources", ""]
    lines += [f"- <a id='{key}'></a>{references.get(key, key)}" for key in card.cite]
    return "\n".join(lines) + "\n"


def _cited(text: str, references: Mapping[str, str]) -> str:
    """Citations in brackets as links to the sources at the foot of the page."""

    def one(match: re.Match[str]) -> str:
        parts = []
        for part in match[1].split(";"):
            key, _, place = part.strip().removeprefix("@").partition(",")
            if key not in references:
                return match[0]
            parts.append(f"[{_short(references[key])}](#{key})" + (f",{place}" if place else ""))
        return "(" + "; ".join(parts) + ")"

    return re.sub(r"\[(@[^\]]+)\]", one, text)


def _short(reference: str) -> str:
    """`Lorenz 1963` from the full reference."""
    year = re.search(r"\b(1[6-9]\d\d|20\d\d)\b", reference)
    authors = re.split(r"\s+and\s+|,\s", reference.split(":")[0])
    last = [author.split()[-1] for author in authors if author.strip()]
    names = last[0] if len(last) == 1 else f"{last[0]} and {last[1]}" if len(last) == 2 else f"{last[0]} et al."
    return f"{names} {year[1]}" if year else names


def _card_rows(name: str, cls: type[System], system: System):
    card: Any = cls.card
    yield "in Python", f"`cc.systems.{name}()`"
    yield "kind", f"{_kind(cls).removesuffix('s')}, {card.field}"
    units = card.units or ("",) * len(card.variables)
    names = ", ".join(f"`{v}`" + (f" ({u})" if u else "") for v, u in zip(card.variables, units))
    yield "variables", names + (f" ({system.dim} entries)" if system.dim != len(card.variables) else "")
    small = {key: np.asarray(value) for key, value in system.parameters().items() if np.size(value) <= 6}
    texts = {key: np.array2string(v, precision=6, separator=", ") for key, v in small.items() if v.dtype != object}
    if texts:
        yield "parameters", ", ".join(f"`{key}` = {text}" for key, text in texts.items())
    if card.state is not None and len(card.state) <= 12:
        yield "default state", ", ".join(f"{v:g}" for v in card.state)
    for key, words in (("period", "dominant period"), ("dt", "sampling interval"), ("transient", "transient")):
        if getattr(card, key):
            yield words, f"{getattr(card, key):g}"
    if card.unbounded:
        yield "grow without bound", ", ".join(f"`{v}`" for v in card.unbounded)
    yield "tags", ", ".join(sorted(card.tags))


def _presets(card) -> list[str]:
    rows = []
    for key, values in card.presets.items():
        changes = ", ".join(f"`{k}` = {v}" for k, v in values.items())
        rows.append(f"| `{key}` | {changes or 'the defaults'} |")
    return ["", "## Presets", "", "| preset | parameters |", "|---|---|", *rows] if rows else []


def _known(card) -> list[str]:
    if not card.known:
        return []
    words = {Source.EXACT: "exact", Source.PAPER: "printed", Source.COMPUTED: "computed"}
    rows = []
    for key, known in card.known.items():
        flat = np.asarray(known.value, dtype=float)
        value = ", ".join(f"{v:.6g}" for v in flat.ravel()[:8]) + (", ..." if flat.size > 8 else "")
        if flat.ndim == 2 and flat.size <= 16:
            value = "; ".join("(" + ", ".join(f"{v:.6g}" for v in row) + ")" for row in flat)
        dispute = f" **Disputed**: {known.disputed}" if known.disputed else ""
        rows.append(f"| {key.replace('_', ' ')} | {value} | {words[known.source]} | {_plain(known.where)}{dispute} |")
    return ["", "## Known", "", "| | value | | where from |", "|---|---|---|---|", *rows]


def _plain(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*").replace("_", "\\_")


def _computed(cls: type[System], found: Mapping[str, Any]) -> list[str]:
    if not found:
        return ["", "No numbers are stored: run `cocycle catalogue build`."]
    rows = []
    for key, words in (
        ("lyapunov", "Lyapunov exponents"),
        ("kaplan_yorke", "Kaplan-Yorke dimension"),
        ("divergence", "mean divergence"),
        ("period", "dominant period"),
    ):
        numbers = computed(cls)
        if key in numbers and np.size(numbers[key].value):
            value, error = np.atleast_1d(numbers[key].value), np.atleast_1d(numbers[key].stderr)
            shown = ", ".join(number(v if np.isfinite(v) else None, e) for v, e in zip(value[:8], error))
            rows.append(f"| {words} | {shown}{', ...' if len(value) > 8 else ''} |")
    for key, why in found.get("refused", {}).items():
        rows.append(f"| {key.replace('_', ' ')} | refused: {why} |")
    length = f", over {found['time']:g} time units" if "time" in found else ""
    return ["", "## Computed", "", f"With standard errors{length}.", "", "| | |", "|---|---|", *rows] if rows else []


def _agreement(system: System, found: Mapping[str, Any]) -> list[str]:
    compared = agreement(system, found) if found else {}
    if not compared:
        return []
    verdicts = [(agrees, sentence) for _, agrees, sentence in compared.values()]
    return ["", *(f"{'Agrees' if agrees else 'Disagrees'}: {_plain(sentence)}." for agrees, sentence in verdicts)]


def _checks(system: System, found: Mapping[str, Any]) -> list[str]:
    rows = [
        f"| {check.removeprefix('check_').replace('_', ' ')} | {_plain(outcome)} |"
        for check, outcome in (judge(system, found) if found else {}).items()
        if not outcome.startswith("does not apply")
    ]
    return ["", "## Checks", "", "| | |", "|---|---|", *rows] if rows else []
