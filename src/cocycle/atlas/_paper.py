"""What a script of the atlas consists of."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

import numpy as np

from cocycle.core import CocycleError, Estimate

__all__ = ["Claim", "Finding", "Paper", "Script"]


@dataclass(frozen=True)
class Paper:
    """The paper that a script reruns: its full citation, and the names of this library that the script rests on."""

    cite: str
    uses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Claim:
    """One thing that the paper says, as a number that the script measures.

    **Fields**

    - `text`: the claim in a few words.
    - `value`: takes the script's result and returns the number (a float, a bool, or an `Estimate`).
    - `expect`: the number that the paper says; or the lowest and the highest, `(low, high)`, either of which may be
      `None`; or `True`.
    - `tol`: how far from `expect` the number may lie. An `Estimate` may lie two standard errors further.
    - `where`: where the paper says it, or why the number is expected: never what our own code printed.
    - `sizes`: the sizes at which it can be checked (default: all). A statistical claim needs the `paper` size.
    - `fails`: why it is known to fail. Such a claim is shown as failed, with this reason.
    """

    text: str
    value: Callable[[Any], Any]
    expect: Any
    tol: float = 0.0
    where: str = ""
    sizes: tuple[str, ...] = ("smoke", "paper")
    fails: str = ""

    def check(self, result: Any) -> "Finding":
        """Measure it on a result."""
        got = self.value(result)
        error = float(got.stderr) if isinstance(got, Estimate) and got.stderr is not None else 0.0
        number = float(got)
        slack = self.tol + 2 * error
        if isinstance(self.expect, tuple):
            low, high = self.expect
            passed = (low is None or number >= low - slack) and (high is None or number <= high + slack)
        else:
            passed = abs(number - float(self.expect)) <= slack
        return Finding(self.text, number, error, self.expect, self.tol, bool(passed and np.isfinite(number)), self)


@dataclass(frozen=True)
class Finding:
    """What came of a claim: the number got, its standard error (0 where it has none), and whether the claim holds."""

    text: str
    got: float
    stderr: float
    expect: Any
    tol: float
    passed: bool
    claim: Claim

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        expect = list(self.expect) if isinstance(self.expect, tuple) else float(self.expect)
        out = {f.name: getattr(self, f.name) for f in dataclasses.fields(self) if f.name not in ("claim", "expect")}
        return out | {"expect": expect, "where": self.claim.where, "fails": self.claim.fails}


@dataclass(frozen=True)
class Script:
    """A loaded script of the atlas."""

    key: str
    chapter: str
    path: Path
    module: ModuleType

    def __post_init__(self):
        for name in ("PAPER", "SIZES", "CLAIMS", "compute", "figure"):
            if not hasattr(self.module, name):
                raise CocycleError(f"{self.path}: a script of the atlas defines {name}; see cocycle.atlas.")
        for name in ("smoke", "paper"):
            if name not in self.module.SIZES:
                raise CocycleError(f"{self.path}: SIZES needs an entry {name!r}.")

    @property
    def paper(self) -> Paper:
        return self.module.PAPER

    @property
    def claims(self) -> tuple[Claim, ...]:
        return self.module.CLAIMS

    @property
    def title(self) -> str:
        """The first sentence of its docstring."""
        return (self.module.__doc__ or self.key).strip().split("\n")[0].split(". ")[0].rstrip(".")

    def size(self, name: str) -> Mapping[str, Any]:
        if name not in self.module.SIZES:
            raise CocycleError(f"{self.key} has no size {name!r}; it has: {', '.join(self.module.SIZES)}.")
        return MappingProxyType(dict(self.module.SIZES[name]))
