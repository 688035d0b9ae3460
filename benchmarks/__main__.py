"""Run every benchmark and write docs/benchmarks.md. `python -m benchmarks [--store] [name ...]`

With names only those are run, and nothing is written, but with `--store`: their rows then replace the stored ones.

Each environment (a version of Python and JAX) keeps its last whole run in `results/`; the page shows all of them.
"""

import dataclasses
import datetime
import importlib.metadata
import json
import pathlib
import platform
import sys

from . import catalogue, cold, dimensions, fields, flows, maps, measures, settings, stages, work_precision
from ._harness import Row

ALL = {
    "trajectory": flows.trajectory,
    "spectrum": flows.spectrum,
    "ensemble": flows.ensemble,
    "kuramoto_sivashinsky": flows.kuramoto_sivashinsky,
    "catalogue": catalogue.catalogue,
    "dimensions": dimensions.dimensions,
    "fields": fields.fields,
    "maps": maps.maps,
    "settings": settings.settings,
    "stages": stages.stages,
    "entropies": measures.entropies,
    "recurrence": measures.recurrence,
    "work_precision": work_precision.work_precision,
    "cold": cold.cold,
}
HERE = pathlib.Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
PEERS = ("jax", "heyoka", "diffrax", "tsdynamics", "pynamicalsys", "dysts", "jitcode", "numba", "exponax")
HEAD = """# Benchmarks

Written by `make benchmarks`. Ours and the peer run in turn in one process (diffrax, and JAX without our setting, in one
of their own), pinned to one core and warm unless it says cold; medians. A ratio above 1 means that ours is faster.

diffrax "as users get it" depends on JAX: up to JAX 0.10 its loop is dispatched operation by operation, which the
setting that `import cocycle` makes avoids; from JAX 0.12 on (Python 3.12) XLA's own default is as good, and the
advantage shrinks to that of our solvers. tsdynamics and pynamicalsys need Python 3.12.

## Error against time

![Error against time for Lorenz-63](images/work-precision.svg)

Lorenz-63 from (1, 1, 20) to t = 10, the error of the end point (which chaos makes some thousand times larger than that
of a step) against a Taylor series in 50 decimal digits; time per run in a chain of 500 runs on one pinned core. RK4 is
cheapest where the orbit is wrong anyway, Dop853 from an error of about 1e-3 down. heyoka's Taylor series is then two to
four times faster and goes nearer to rounding: where only end points at high accuracy matter it is the better tool. With
many saved points, as in the first rows below, its dense output costs it that advantage. cocycle has no Taylor stepper.
"""


def version(name: str) -> str:
    try:
        return f"{name} {importlib.metadata.version(name)}"
    except importlib.metadata.PackageNotFoundError:
        return f"{name} (absent)"


def environment() -> str:
    return f"Python {platform.python_version()}, " + ", ".join(version(p) for p in PEERS)


def page() -> str:
    """The page from every stored run."""
    lines = [HEAD]
    for path in sorted((HERE / "results").glob("*.json")):
        stored = json.loads(path.read_text())
        lines += [
            f"## {path.stem.replace('-', ' ')}",
            "",
            f"{stored['date']}, {stored['environment']}.",
            "",
            "| task | ours | seconds | peer | seconds | ratio | goal |",
            "|---|---|---|---|---|---|---|",
        ]
        for row in stored["rows"]:
            r = Row(**row)
            peer = "" if r.peer_seconds is None else f"{r.peer_seconds:.4f}"
            ratio = "" if r.ratio is None else f"{r.ratio:.2f}"
            lines.append(f"| {r.task} | {r.ours} | {r.seconds:.4f} | {r.peer} | {peer} | {ratio} | {r.goal} |")
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    store = "--store" in sys.argv
    names = [name for name in sys.argv[1:] if name != "--store"] or list(ALL)
    rows: list[Row] = []
    for name in names:
        print(name, flush=True)
        for row in ALL[name]():
            ratio = "" if row.ratio is None else f"{row.ratio:6.2f}x {row.peer}"
            print(f"  {row.task:60s} {row.ours:20s} {row.seconds:9.4f} s  {ratio}   goal: {row.goal}", flush=True)
            rows.append(row)
    path = HERE / "results" / f"JAX-{importlib.metadata.version('jax')}.json"
    if names != list(ALL) and not store:
        return
    if names != list(ALL):  # a part: it replaces the rows of the same tasks
        before = json.loads(path.read_text())["rows"] if path.exists() else []
        tasks = {row.task for row in rows}
        rows = [Row(**row) for row in before if row["task"] not in tasks] + rows
    stored = {
        "date": str(datetime.date.today()),
        "environment": environment(),
        "rows": [dataclasses.asdict(row) for row in rows],
    }
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(stored, indent=1) + "\n")
    PAGE.write_text(page())


if __name__ == "__main__":
    main()
