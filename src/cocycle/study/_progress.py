"""Progress of a study: what is being done, how far along, and how long it will still take."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["STAGES", "Progress", "RichProgress"]

# the stages in order, with their usual share of the whole time
STAGES: dict[str, float] = {
    "read": 0.02,
    "characterise": 0.18,
    "verdict": 0.15,
    "select": 0.25,
    "forecast": 0.12,
    "analyse": 0.13,
    "sensitivity": 0.1,
    "write": 0.05,
}


class Progress:
    """Keeps count and shows nothing. `stage` brackets a stage; `step` reports the fraction of it that is done."""

    def __init__(self):
        self.seconds: dict[str, float] = {}
        self.finished: list[str] = []
        self._name, self._began, self._start = "", 0.0, time.monotonic()

    @contextmanager
    def stage(self, name: str, text: str) -> Iterator[Progress]:
        """One stage of the study; its duration is kept in `seconds`."""
        self._name, self._began = name, time.monotonic()
        self.show(text, 0.0)
        yield self
        self.seconds[name] = round(time.monotonic() - self._began, 3)
        self.finished.append(name)
        self.show(text, 1.0)

    def step(self, text: str, fraction: float = 0.0) -> None:
        """Something within the current stage; `fraction` of the stage is done."""
        self.show(text, min(max(fraction, 0.0), 1.0))

    def done(self, fraction: float) -> float:
        """The share of the whole study that is done."""
        share = sum(weight for name, weight in STAGES.items() if name in self.finished)
        if self._name not in self.finished:
            share += fraction * STAGES.get(self._name, 0.0)
        return min(share / sum(STAGES.values()), 1.0)

    def remaining(self, fraction: float) -> float | None:
        """Seconds still needed, from the time used and the share done; `None` while it is too early to say."""
        share = self.done(fraction)
        used = time.monotonic() - self._start
        return None if share < 0.03 else used * (1 - share) / share

    def show(self, text: str, fraction: float) -> None:
        """Display; nothing here."""


class RichProgress(Progress):
    """The same on a terminal: a bar, the current step, and the time left. Use as a context manager."""

    def __init__(self, console: Any = None):
        super().__init__()
        from rich.progress import BarColumn, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        self.bar = Bar(
            SpinnerColumn(),
            TextColumn("[bold]{task.fields[stage]:<13}"),
            BarColumn(bar_width=24),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            TextColumn("[dim]{task.fields[left]:<14}"),
            TextColumn("{task.description}"),
            console=console,
            transient=True,
        )
        self.task = self.bar.add_task("", total=1.0, stage="", left="")

    def __enter__(self):
        self.bar.start()
        return self

    def __exit__(self, *error):
        self.bar.stop()

    def show(self, text, fraction):
        seconds = self.remaining(fraction)
        left = "" if seconds is None else f"{_clock(seconds)} left"
        self.bar.update(self.task, completed=self.done(fraction), description=text, stage=self._name, left=left)
        if fraction >= 1.0 and self._name in self.finished:
            self.bar.console.print(f"  [green]✓[/] {text} [dim]{_clock(self.seconds[self._name])}[/]")


def _clock(seconds: float) -> str:
    """`45 s`, `3 min`, `1 h 20 min`."""
    if seconds < 90:
        return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
