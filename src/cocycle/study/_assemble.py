"""From stored stages to `results.json`: what is finished, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._results import SCHEMA_VERSION
from ._store import plain

if TYPE_CHECKING:
    from ._study import _Run

__all__ = ["assemble"]


def assemble(run: _Run, status: str) -> dict[str, Any]:
    """The results of a study as far as it got (schema `Results`)."""
    from ._study import now, versions

    store = run.store
    results: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "status": status,
        "command": run.command,
        "created": now(),
        "versions": versions(),
        "seed": run.options.seed,
        "options": run.options.to_dict(),
        "source": dict(run.recording.info),
        "seconds": {},
        "summary": [],
    }
    if (choices := store.get("choices")) is not None:
        results["choices"] = list(choices["choices"])
        results["split"] = {
            "train": sum(run.parts.rows),
            "test": sum(len(t) for t in run.parts.test),
            "rows": run.parts.rows,
            "at": [
                run.recording.clock.labels(e, [t])[0] for e, t in zip(run.recording.episodes, run.parts.at, strict=True)
            ],
            "reason": run.parts.reason,
        }
    if (found := store.get("characterise")) is not None:
        results["measures"] = found["measures"]
        results["choices"] += _settled(found, run)
        results["source"]["notes"] = results["source"]["notes"] + found["notes"]
    if (verdict := store.get("verdict")) is not None:
        results["verdict"] = verdict
    if (selected := store.get("select")) is not None:
        results["learn"] = {
            "candidates": [
                {k: r.get(k) for k in ("name", "family", "settings", "baseline", "score", "se", "seconds", "failed")}
                for r in selected["records"]
            ],
            "left_out": selected["left_out"],
            "chosen": selected["chosen"],
            "reason": selected["reason"],
            "beats_baseline": selected["beats"],
            "folds": selected["folds"],
            "origins": selected["origins"],
        }
    if (forecast := store.get("forecast")) is not None:
        results["forecast"] = forecast["info"]
    if (analysis := store.get("analysis")) is not None:
        results["analysis"] = {k: v for k, v in analysis.items() if k not in ("run", "curves")}
    if (rows := store.get("sensitivity")) is not None:
        results["sensitivity"] = rows
    results["summary"] = summary(results)
    return plain(results)


def _settled(found: dict[str, Any], run: _Run) -> list[dict[str, Any]]:
    """Choices that the measures made themselves, read from their diagnostics."""
    rows = []
    for name, key, flag, fixed, of in (
        ("Theiler window", "theiler", "--theiler", run.options.theiler, ("largest_lyapunov", "correlation_dimension")),
        ("Recurrence threshold", "threshold", "--threshold", run.options.threshold, ("determinism", "recurrence_rate")),
    ):
        entry = {"name": name, "flag": flag}
        if fixed is not None:
            rows.append({**entry, "value": fixed, "reason": "Given.", "by": "user"})
            continue
        for measure in of:
            value = (found["curves"].get(measure) or {}).get(key)
            if isinstance(value, (int, float)):
                reason = {
                    "theiler": "Samples closer in time than the memory of the data do not count as neighbours.",
                    "threshold": "The distance within which 5 % of all pairs of states lie.",
                }[key]
                rows.append({**entry, "value": value, "reason": reason, "by": "data"})
                break
    if run.options.degree is not None:
        rows.append(
            {"name": "Degree", "flag": "--degree", "value": run.options.degree, "reason": "Given.", "by": "user"}
        )
    return rows


def summary(results: dict[str, Any]) -> list[str]:
    """The study in a few plain sentences."""
    lines = []
    if "verdict" in results:
        lines.append(results["verdict"]["sentence"])
        if results["verdict"]["remedy"]:
            lines.append(results["verdict"]["remedy"])
    if "learn" in results:
        learn = results["learn"]
        lead = f"Of {len(learn['candidates'])} candidate models {learn['chosen']} was chosen."
        lines.append(f"{lead} {learn['reason']}")
    if "forecast" in results:
        lines.append(results["forecast"]["sentence"])
    if "analysis" in results:
        lines.append(results["analysis"]["free_run"])
    if results.get("sensitivity"):
        rows = results["sensitivity"]
        lost = [r for r in rows if not r["survives"]]
        if not lost:
            lines.append(f"The verdict survives {_listed([r['change'] for r in rows])}.")
        else:
            lines.append(
                "The verdict does not survive "
                + _listed([f"{r['change']} ({r['kind'] or 'no verdict'})" for r in lost])
                + "."
            )
    if results["status"] == "partial":
        lines.append("The study was interrupted: what was finished is here; run it again with --resume to go on.")
    return lines


def _listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]
