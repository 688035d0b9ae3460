"""`Card`: what is known about a system of the catalogue, each number with its source."""

import dataclasses
import enum
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ._errors import CocycleError, suggestion

__all__ = ["FIELDS", "Card", "Known", "Source", "Status"]

FIELDS = (
    "biology",
    "chemistry",
    "climate",
    "ecology",
    "economics",
    "electronics",
    "fluids",
    "mathematics",
    "neuroscience",
    "physics",
)
"""The fields of science that a card may name."""


class Source(enum.Enum):
    """How a number came to be known."""

    EXACT = "exact"  # follows from the equations; tested to rounding
    PAPER = "paper"  # printed in the literature; `where` says in which paper and where in it
    COMPUTED = "computed"  # computed here; `where` says by which command


class Status(enum.Enum):
    """Whether the card's claims were checked against the code."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Known:
    """One known number (or tuple of numbers) of a system, at its default parameters.

    `tol` is the absolute tolerance to which our own computation must agree with it. A printed number that it does not
    agree with is kept, with the reason in `disputed`.
    """

    value: Any
    source: Source
    where: str
    tol: float
    disputed: str = ""


@dataclass(frozen=True)
class Card:
    """The record of one system: names, scales, defaults and known numbers. Plain Python, no arrays.

    **Fields**

    - `title`, `equation` (LaTeX), `cite` (keys of `references.bib`), `field` (one of `FIELDS`), `tags`.
    - `symbols`: what a symbol of the equation is called in the class, where the two differ: `{"x_r": "rest"}`.
    - `variables`: names of the state's entries (a single name for a field on a grid: `u` becomes `u0, u1, ...`).
    - `unbounded`: those of the variables that grow without limit by nature, as an angle that is not wrapped does.
    - `state`: a default state on the attractor; a system with a size of its own overrides `default_state`.
    - `period`: the dominant period of the motion, the system's time scale (`None`: estimated once).
    - `dt`: a sensible sampling interval; `transient`: how long to wait for the attractor.
    - `presets`: named parameter sets, e.g. `{"periodic": {"rho": 350.0}}`.
    - `known`: numbers known at the default parameters (`"lyapunov"`, `"divergence"`, `"energy"` ...).
    - `status` and, where disputed, `reason`.
    """

    title: str
    equation: str
    cite: tuple[str, ...]
    variables: tuple[str, ...]
    field: str = ""
    state: tuple[float, ...] | None = None
    period: float | None = None
    dt: float | None = None
    transient: float | None = None
    units: tuple[str, ...] | None = None
    symbols: Mapping[str, str] = dataclasses.field(default_factory=dict)
    unbounded: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()
    presets: Mapping[str, Mapping[str, Any]] = dataclasses.field(default_factory=dict)
    known: Mapping[str, Known] = dataclasses.field(default_factory=dict)
    status: Status = Status.UNVERIFIED
    reason: str = ""

    def __post_init__(self):
        object.__setattr__(self, "presets", MappingProxyType(dict(self.presets)))
        object.__setattr__(self, "known", MappingProxyType(dict(self.known)))
        object.__setattr__(self, "symbols", MappingProxyType(dict(self.symbols)))
        object.__setattr__(self, "tags", frozenset(self.tags))
        if self.field and self.field not in FIELDS:
            raise CocycleError(
                f"Card {self.title!r}: there is no field {self.field!r}.{suggestion(self.field, FIELDS)} "
                f"Fields: {', '.join(FIELDS)}."
            )
        if self.status is Status.DISPUTED and not self.reason:
            raise CocycleError(f"Card {self.title!r}: a disputed status needs a reason.")
        if self.state is not None and len(self.variables) not in (1, len(self.state)):
            raise CocycleError(
                f"Card {self.title!r}: {len(self.variables)} variable names for a state of {len(self.state)}."
            )

    def grows(self, variable: str) -> bool:
        """Whether a variable is declared unbounded, by its own name or by that of its field (`theta` for `theta7`)."""
        return variable in self.unbounded or variable.rstrip("0123456789") in self.unbounded

    def preset(self, name: str) -> Mapping[str, Any]:
        """The parameters of a named preset."""
        if name not in self.presets:
            known = ", ".join(self.presets) or "none"
            raise CocycleError(f"{self.title} has no preset {name!r}; it has: {known}.{suggestion(name, self.presets)}")
        return self.presets[name]
