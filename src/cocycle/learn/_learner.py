"""`Learner`: a small frozen object of hyper-parameters whose `fit` turns data into a System."""

from __future__ import annotations

import abc
import dataclasses
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, ClassVar

import numpy as np

from cocycle.core import CocycleError, DataError

from ._data import Episodes, as_episodes
from ._fitted import Fitted

__all__ = ["Learner", "check_choice", "check_positive"]


@dataclasses.dataclass(frozen=True)
class Learner(abc.ABC):
    """What is learned and how: hyper-parameters as fields, nothing else. Abstract.

    A new learner is one file: a frozen dataclass with a `title`, `minimum`, `learn` and, where it has free choices,
    `grid`; then one line in `cocycle.learn.LEARNERS`, at the place that its simplicity gives it.
    """

    title: ClassVar[str] = ""
    """What a report calls it."""
    baseline: ClassVar[bool] = False
    """Whether it is what others must beat."""
    few: ClassVar[int] = 3
    """How many settings are tried where time is short; less for a learner whose fit takes long."""
    fixes: ClassVar[Mapping[str, str]] = MappingProxyType({"delay": "delay", "dimension": "dimension"})
    """Which of its settings the `delay`, `dimension` and `degree` of a study fix."""
    takes_constants: ClassVar[bool] = False
    """Whether a column that never changes can be learned from."""
    uses_inputs: ClassVar[bool] = False
    """Whether known inputs enter the model; otherwise they are ignored."""

    # -- to define ----------------------------------------------------------------------------------------------

    @abc.abstractmethod
    def minimum(self, dim: int) -> int:
        """The fewest samples in a row from which `dim` variables can be learned."""

    @abc.abstractmethod
    def learn(self, data: Episodes, key: Any, on_step: Callable[[int, int], None]) -> Fitted:
        """The fitted model. `data` has been checked and has an episode of `minimum(dim)` samples."""

    @classmethod
    def grid(cls, data: Episodes) -> list[Learner]:
        """A few sensible settings for this data. By default the default."""
        del data
        return [cls()]

    def fixed(self, **choices: int | None) -> Learner:
        """The same with what the user of a study fixed (`delay`, `dimension`, `degree`), where that is a setting."""
        own = {f.name for f in dataclasses.fields(self)}
        changes = {self.fixes[name]: v for name, v in choices.items() if v is not None and name in self.fixes}
        changes = {name: value for name, value in changes.items() if name in own}
        return self.replace(**changes) if changes else self

    def unsuited(self, data: Episodes) -> str | None:
        """Why this data cannot be learned from, beyond length and constant columns; `None` if it can."""
        del data
        return None

    # -- to use -------------------------------------------------------------------------------------------------

    def fit(self, data: Any, *, key: Any = None, on_step: Callable[[int, int], None] | None = None) -> Any:
        """Learn from `data` and return the fitted model, a `System`.

        **Arguments**

        - `data`: a `Trajectory`, or a list of them (episodes). Gaps, masked and non-finite samples end an episode;
          nothing is ever learned across such an end.
        - `key`: a `jax.random.key` for learners with random parts (default: a fixed one, so the same data give
          the same model).
        - `on_step`: called with `(done, total)` as the fit proceeds.

        **Returns** a `System` with `warm_up(context)`, `observe(state)`, `noisy()`; see `cocycle.learn.Fitted`.

        **Raises** `DataError` with the reason where `applicable(data)` gives one.
        """
        episodes = as_episodes(data, type(self).__name__)
        reason = self._reason(episodes)
        if reason is not None:
            raise DataError(f"{type(self).__name__}: {reason}")
        return self.learn(episodes, key, on_step or _silent)

    def applicable(self, data: Any) -> str | None:
        """`None` if `fit(data)` can work, else one sentence saying why not."""
        try:
            episodes = as_episodes(data, type(self).__name__)
        except DataError as error:
            return str(error)
        return self._reason(episodes)

    @classmethod
    def candidates(cls, data: Any) -> list[Learner]:
        """A small grid of settings that suit this data, for selection by out-of-sample skill. May be empty."""
        try:
            episodes = as_episodes(data, cls.__name__)
        except DataError:
            return []
        return [learner for learner in cls.grid(episodes) if learner._reason(episodes) is None]

    def replace(self, **changes: Any) -> Any:
        """The same learner with other settings."""
        return dataclasses.replace(self, **changes)

    def _reason(self, data: Episodes) -> str | None:
        need, have = self.minimum(data.dim), len(data.longest)
        if have < need:
            return (
                f"needs at least {need} samples in a row with these settings; the longest episode has {have}. "
                "Give more data or a simpler model (Persistence needs 2)."
            )
        if not self.takes_constants:
            values = np.concatenate(data.values)
            flat = np.ptp(values, axis=0) <= 1e-14 * np.abs(values).max(axis=0)
            if flat.any():
                name = data.variables[int(np.argmax(flat))]
                return f"column {name!r} never changes, so there is nothing to learn. Drop it, or use Persistence."
        return self.unsuited(data)


def check_positive(learner: Learner, **limits: int) -> None:
    """Raise unless each named integer setting is `None` or at least its limit."""
    for name, limit in limits.items():
        value = getattr(learner, name)
        if value is not None and (int(value) != value or value < limit):
            raise CocycleError(f"{type(learner).__name__}: {name} must be an integer of at least {limit}; got {value}.")


def check_choice(learner: Learner, name: str, choices: tuple[str, ...]) -> None:
    """Raise unless the named setting is one of `choices`."""
    value = getattr(learner, name)
    if value not in choices:
        raise CocycleError(f"{type(learner).__name__}: {name} must be one of {', '.join(choices)}; got {value!r}.")


def _silent(done: int, total: int) -> None:
    del done, total
