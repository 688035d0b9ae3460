"""Run every benchmark and write the table of docs/benchmarks.md. `python -m benchmarks [name ...]`"""

import datetime
import importlib.metadata
import pathlib
import platform
import sys

from . import cold, flows

ALL = {
    "trajectory": flows.trajectory,
    "spectrum": flows.spectrum,
    "ensemble": flows.ensemble,
    "kuramoto_sivashinsky": flows.kuramoto_sivashinsky,
    "cold": cold.cold,
}
PAGE = pathlib.Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
PEERS = ("jax", "heyoka", "diffrax", "tsdynamics", "pynamicalsys", "numba", "exponax")


def version(name: str) -> str:
    try:
        return f"{name} {importlib.metadata.version(name)}"
    except importlib.metadata.PackageNotFoundError:
        return f"{name} (absent)"


def main() -> None:
    names = sys.argv[1:] or list(ALL)
    rows = []
    for name in names:
        print(name)
        for row in ALL[name]():
            ratio = "" if row.ratio is None else f"{row.ratio:6.2f}x {row.peer}"
            print(f"  {row.task:60s} {row.ours:20s} {row.seconds:9.4f} s  {ratio}   goal: {row.goal}")
            rows.append(row)
    if names != list(ALL):
        return
    lines = [
        "# Benchmarks",
        "",
        "Written by `make benchmarks`. Ours and the peer run in turn in one process, pinned to one core and warm",
        "unless it says cold; medians. A ratio above 1 means that ours is faster.",
        "",
        f"{datetime.date.today()}, Python {platform.python_version()}, " + ", ".join(version(p) for p in PEERS) + ".",
        "",
        "| task | ours | seconds | peer | seconds | ratio | goal |",
        "|---|---|---|---|---|---|---|",
    ]
    for r in rows:
        peer = "" if r.peer_seconds is None else f"{r.peer_seconds:.4f}"
        ratio = "" if r.ratio is None else f"{r.ratio:.2f}"
        lines.append(f"| {r.task} | {r.ours} | {r.seconds:.4f} | {r.peer} | {peer} | {ratio} | {r.goal} |")
    PAGE.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
