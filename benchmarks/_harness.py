"""Interleaved timing: the machine's drift hits ours and theirs alike, and the ratio of medians is quoted."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One comparison: seconds of ours and of the peer (medians), and how far apart the answers are."""

    task: str
    ours: str
    peer: str
    seconds: float
    peer_seconds: float | None
    goal: str
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times faster than the peer."""
        return None if self.peer_seconds is None else self.peer_seconds / self.seconds


@dataclass(frozen=True)
class Scaled:
    """A part of a peer's work that would take too long: its time counts `times` over."""

    part: Callable[[], object]
    times: float

    def __call__(self) -> object:
        return self.part()


def seconds(function: Callable[[], object]) -> float:
    start = time.perf_counter()
    function()
    return (time.perf_counter() - start) * (function.times if isinstance(function, Scaled) else 1.0)


def compare(task: str, ours: tuple[str, Callable], peers: dict[str, Callable], goal: str, runs: int = 5) -> list[Row]:
    """Warm all up, then run them in turn; one row a peer (one row without a ratio if there is none)."""
    functions = {ours[0]: ours[1], **peers}
    times: dict[str, list[float]] = {name: [] for name in functions}
    for function in functions.values():
        function()
    for _ in range(runs):
        for name, function in functions.items():
            times[name].append(seconds(function))
    mid = {name: statistics.median(t) for name, t in times.items()}
    if not peers:
        return [Row(task, ours[0], "-", mid[ours[0]], None, goal)]
    return [Row(task, ours[0], name, mid[ours[0]], mid[name], goal) for name in peers]


def optional(name: str):
    """A peer's module, or `None` where it is not installed."""
    import importlib

    try:
        return importlib.import_module(name)
    except Exception as error:
        print(f"  (without {name}: {type(error).__name__}: {error})")
        return None


def plainly(code: str, **environment: str) -> float:
    """What a script prints, a number of seconds, in a process of its own without the XLA setting of cocycle."""
    plain = {k: v for k, v in os.environ.items() if k != "XLA_FLAGS"} | environment
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=plain)
    return float(done.stdout)
