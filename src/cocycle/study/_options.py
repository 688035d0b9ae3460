"""What the user may ask of a study, and how much work each mode is allowed."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from cocycle.core import CocycleError, suggestion

__all__ = ["BUDGETS", "Budget", "Mode", "Options"]

Mode = Literal["quick", "standard", "thorough"]


class Budget(NamedTuple):
    """How much work a mode may do. Every number is a count."""

    folds: int  # rolling-origin folds: how often every candidate is fitted
    origins: int  # forecasts a fold: what candidates are compared by, and what calibrates the intervals
    test_origins: int  # forecasts in the test part; the same number as `origins` saves a compilation
    horizon: int  # longest forecast that is chosen automatically, samples
    candidates: int  # settings tried for each kind of learner
    samples: int  # most samples given to a measure whose cost grows faster than the data
    fit_samples: int  # most samples of an episode that are learned from
    starts: int  # starting points of the search for fixed points
    free_run: int  # samples of the fitted model's own motion
    exponents: int  # how many Lyapunov exponents of the fitted model


BUDGETS: dict[str, Budget] = {
    "quick": Budget(2, 20, 20, 60, 3, 4_000, 10_000, 20, 2_000, 4),
    "standard": Budget(3, 60, 60, 200, 6, 8_000, 30_000, 60, 5_000, 6),
    "thorough": Budget(5, 150, 300, 400, 12, 20_000, 100_000, 200, 20_000, 10),
}


@dataclass(frozen=True)
class Options:
    """The settings of one study. Everything left at `None` is chosen from the data, and the report says why.

    **Fields**

    - `mode`: `"quick"`, `"standard"` or `"thorough"`.
    - `horizon`: how many samples ahead to forecast.
    - `split`: where the test part begins: a fraction of the samples (`"0.8"`), a time (`"1500"`) or a date.
    - `columns`, `time_column`, `inputs`: names of columns of the file. Rows at the end that hold inputs only are taken
      for the known future of the inputs.
    - `episode`: the column that tells several runs in one file apart.
    - `delay`, `dimension`: of the delay embedding; `theiler`: samples excluded around each point, all integers.
    - `threshold`: distance threshold of the recurrence analysis, in units of the data.
    - `degree`: polynomial degree of the equation-based learners.
    - `learners`: names of the learners that take part (default all); the baselines always do.
    - `level`: probability that the prediction intervals should hold.
    - `seed`: of everything random.
    - `samples`: how many samples to simulate when the source is a system.
    """

    mode: Mode = "standard"
    horizon: int | None = None
    split: str = "0.8"
    columns: tuple[str, ...] | None = None
    time_column: str | None = None
    inputs: tuple[str, ...] | None = None
    episode: str | None = None
    delay: int | None = None
    dimension: int | None = None
    theiler: int | None = None
    threshold: float | None = None
    degree: int | None = None
    learners: tuple[str, ...] | None = None
    level: float = 0.9
    seed: int = 0
    samples: int = 2_000

    def __post_init__(self):
        if self.mode not in BUDGETS:
            raise CocycleError(
                f"mode must be one of {', '.join(BUDGETS)}; got {self.mode!r}.{suggestion(str(self.mode), BUDGETS)}"
            )
        for name in ("horizon", "delay", "dimension", "degree"):
            value = getattr(self, name)
            if value is not None and (int(value) != value or value < 1):
                raise CocycleError(f"{name} must be a whole number of at least 1; got {value}.")
        if self.theiler is not None and self.theiler < 0:
            raise CocycleError(f"theiler must not be negative; got {self.theiler}.")
        if self.threshold is not None and not self.threshold > 0:
            raise CocycleError(f"threshold must be positive; got {self.threshold}.")
        if not 0.5 <= self.level < 1:
            raise CocycleError(f"level must lie between 0.5 and 1; got {self.level}.")
        if self.samples < 100:
            raise CocycleError(f"samples must be at least 100; got {self.samples}.")

    @property
    def budget(self) -> Budget:
        """The amount of work of the mode."""
        return BUDGETS[self.mode]

    @property
    def quick(self) -> bool:
        """Whether the quick mode is on."""
        return self.mode == "quick"

    def to_dict(self) -> dict[str, Any]:
        """Plain data: tuples as lists."""
        return {k: list(v) if isinstance(v, tuple) else v for k, v in dataclasses.asdict(self).items()}
