"""Two studies side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from ._reuse import load_results

__all__ = ["compare"]


def compare(first: str | Path, second: str | Path) -> list[dict[str, Any]]:
    """What two studies found, row by row.

    **Returns** rows with `what`, `first`, `second` (text), and `differs`: true or false, by two standard errors of the
    difference where there are error bars, `None` where that cannot be said.
    """
    a, b = load_results(first), load_results(second)
    rows = [
        _row("Source", a["source"]["name"], b["source"]["name"]),
        _row("Data (hash)", a["source"]["hash"][:12], b["source"]["hash"][:12]),
        _row("Samples", a["source"]["samples"], b["source"]["samples"]),
        _row("Sampling interval", a["source"]["dt"], b["source"]["dt"]),
    ]
    if "verdict" in a and "verdict" in b:
        rows.append(_row("Verdict", a["verdict"]["kind"], b["verdict"]["kind"]))
        rows.append({**_row("Confidence", a["verdict"]["confidence"], b["verdict"]["confidence"]), "differs": None})
    rows += _measures(a, b)
    if "learn" in a and "learn" in b:
        rows.append(_row("Chosen model", a["learn"]["chosen"], b["learn"]["chosen"]))
    if "forecast" in a and "forecast" in b:
        rows.append(_row("Horizon (samples)", a["forecast"]["horizon"], b["forecast"]["horizon"]))
        mine, theirs = _chosen(a), _chosen(b)
        for key, label in (("mase", "Test error (MASE)"), ("crps", "Test CRPS"), ("smape", "Test sMAPE (%)")):
            if mine[key] is not None and theirs[key] is not None:
                rows.append({**_row(label, mine[key], theirs[key]), "differs": None})
        one, two = a["forecast"]["coverage"], b["forecast"]["coverage"]
        apart = one["low"] > two["high"] or two["low"] > one["high"]
        rows.append({"what": "Coverage of the intervals", "first": f"{one['observed']:.3f}",
                     "second": f"{two['observed']:.3f}", "differs": apart})  # fmt: skip
    return rows


def _chosen(results: dict[str, Any]) -> dict[str, Any]:
    return next(s for s in results["forecast"]["skill"] if s["chosen"])


def _measures(a: dict[str, Any], b: dict[str, Any]) -> list[dict[str, Any]]:
    rows = []
    others = {(m["name"], m["variable"]): m for m in b.get("measures", [])}
    for mine in a.get("measures", []):
        theirs = others.get((mine["name"], mine["variable"]))
        if theirs is None:
            # one variable each, under different names, is still the same question
            mates = [m for m in a["measures"] if m["name"] == mine["name"]]
            same = [m for m in b.get("measures", []) if m["name"] == mine["name"]]
            theirs = same[0] if len(same) == len(mates) == 1 else None
        if theirs is None:
            continue
        label = mine["label"] + (f" of {mine['variable']}" if mine["variable"] else "")
        differs = None
        if mine["value"] is not None and theirs["value"] is not None and mine["stderr"] and theirs["stderr"]:
            error = float(np.hypot(mine["stderr"], theirs["stderr"]))
            differs = bool(abs(float(mine["value"]) - float(theirs["value"])) > 2 * error)
        rows.append({"what": label, "first": _shown(mine), "second": _shown(theirs), "differs": differs})
    return rows


def _shown(record: dict[str, Any]) -> str:
    from ._format import number

    return "failed" if record["value"] is None else number(record["value"], record["stderr"])


def _row(what: str, first: Any, second: Any) -> dict[str, Any]:
    text = lambda v: f"{v:.4g}" if isinstance(v, float) else str(v)  # noqa: E731
    return {"what": what, "first": text(first), "second": text(second), "differs": first != second}
