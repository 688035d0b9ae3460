"""The atlas as pages of Markdown: one a paper, and an index, from the stored results."""

import json
import shutil
from pathlib import Path
from typing import Any

from ._paper import Script
from ._run import find, stored

__all__ = ["pages"]


def pages(to: Path | str = "docs/atlas", *, results: Path | str = "docs/images/atlas") -> int:
    """Write the index and one page a paper below `to`, replacing what is there; how many papers.

    `results` is where `cocycle atlas run` wrote; of the two sizes the page shows the larger one that was run.
    """
    to, results = Path(to), Path(results)
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    scripts = find()
    found = {script.key: _latest(script.key, results) for script in scripts}
    for script in scripts:
        page = _page(script, found[script.key], f"../{results.relative_to(to.parent)}")
        (to / f"{script.key}.md").write_text(page, encoding="utf-8")
    (to / "index.md").write_text(_index(scripts, found), encoding="utf-8")
    return len(scripts)


def _latest(key: str, results: Path) -> dict[str, Any] | None:
    for size in ("paper", "smoke"):
        if (record := stored(key, size, results)) is not None:
            return record
    return None


def _index(scripts: tuple[Script, ...], found: dict[str, dict[str, Any] | None]) -> str:
    lines = [
        "# The atlas",
        "",
        "The field's papers, run: one script each, and what the paper claims checked against what came out. A claim "
        "that fails stays here as failed. `cocycle atlas run KEY` reruns a page.",
        "",
        "| paper | chapter | claims that hold | size |",
        "|---|---|---|---|",
    ]
    for script in scripts:
        record = found[script.key]
        held = (
            "not run" if record is None else f"{sum(c['passed'] for c in record['claims'])} of {len(record['claims'])}"
        )
        size = "" if record is None else f"{record['size']}, {record['seconds']:g} s"
        lines.append(f"| [{script.title}]({script.key}.md) | {script.chapter} | {held} | {size} |")
    return "\n".join(lines) + "\n"


def _page(script: Script, record: dict[str, Any] | None, images: str) -> str:
    rest = (script.module.__doc__ or "").strip().removeprefix(script.title).lstrip(". \n")
    lines = [f"# {script.title}", "", script.paper.cite, "", rest, ""]
    if record is None:
        lines += ["Not run since the script changed: `cocycle atlas run " + script.key + " --size paper`.", ""]
    else:
        lines += [f"![What came out]({images}/{script.key}.{record['size']}.png)", "", "## Claims", ""]
        lines += ["| claim | expected | got | | where |", "|---|---|---|---|---|"]
        for claim in record["claims"]:
            got = f"{claim['got']:.4g}" + (f" ± {claim['stderr']:.2g}" if claim["stderr"] else "")
            held = "holds" if claim["passed"] else "**fails**" + (f": {claim['fails']}" if claim["fails"] else "")
            lines.append(f"| {claim['text']} | {_expected(claim)} | {got} | {held} | {claim['where']} |")
        size = json.dumps(dict(script.size(record["size"])))
        lines += ["", f"Size `{record['size']}`: `{size}`, {record['seconds']:g} s, seed {record['seed']}.", ""]
    if script.paper.uses:
        lines += ["Uses " + ", ".join(f"`{name}`" for name in script.paper.uses) + ".", ""]
    lines += ["## The script", "", "```python", script.path.read_text(encoding="utf-8").strip(), "```"]
    return "\n".join(lines) + "\n"


def _expected(claim: dict[str, Any]) -> str:
    expect = claim["expect"]
    if isinstance(expect, list):
        low, high = ("" if v is None else f"{v:g}" for v in expect)
        return f"{low} to {high}" if low and high else f"at least {low}" if low else f"at most {high}"
    return f"{expect:g}" + (f" ± {claim['tol']:g}" if claim["tol"] else "")
