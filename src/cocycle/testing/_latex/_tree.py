"""The syntax tree of an equation in LaTeX: plain records, built by `_parser` and evaluated by `_value`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

__all__ = [
    "Call",
    "Cases",
    "Equation",
    "EquationError",
    "Node",
    "Number",
    "Op",
    "Operator",
    "Part",
    "Rate",
    "Reaction",
    "Symbol",
    "Total",
    "walk",
]


class EquationError(ValueError):
    """LaTeX outside the grammar, or a symbol without a meaning."""


@dataclass(frozen=True, slots=True)
class Number:
    value: float


@dataclass(frozen=True, slots=True)
class Part:
    """One of the comma-separated parts of a subscript: its text, and its meaning where it is an expression."""

    text: str
    node: Any


@dataclass(frozen=True, slots=True)
class Symbol:
    r"""`x_{i,n+1}'`: name `x`, parts `i` and `n+1`, one prime. The name of `\bar x` is `bar x`."""

    name: str
    parts: tuple[Part, ...] = ()
    primes: int = 0

    @property
    def full(self) -> str:
        return f"{self.name}_{','.join(p.text for p in self.parts)}" if self.parts else self.name


@dataclass(frozen=True, slots=True)
class Op:
    """An operation or elementary function, by name."""

    name: str
    args: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function that another equation defines, or a variable at another time."""

    symbol: Symbol
    args: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Rate:
    r"""`\dot x`, `\ddot x`, and `dx` in stochastic equations."""

    of: Symbol
    order: int


@dataclass(frozen=True, slots=True)
class Operator:
    r"""A derivative in space without its operand: `x`, `xx`, `laplace`, `grad` or `div`."""

    name: str


@dataclass(frozen=True, slots=True)
class Total:
    r"""A sum, product, maximum or minimum over indices: those of `names` that mean nothing outside it."""

    op: str
    names: tuple[str, ...]
    low: "Node | None"
    high: "Node | None"
    condition: "Node | None"
    body: "Node"


@dataclass(frozen=True, slots=True)
class Cases:
    """Pairs of a value and its condition; `None` is otherwise."""

    branches: tuple[tuple["Node", "Node | None"], ...]


Node = Number | Symbol | Op | Call | Rate | Operator | Total | Cases


@dataclass(frozen=True, slots=True)
class Equation:
    """`sides` are those of `a = b = c`."""

    sides: tuple[Node, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Reaction:
    r"""A jump `before \to after` with its rate; `(x, y) \to (x - 1, y + 1)` changes several variables."""

    before: tuple[Node, ...]
    after: tuple[Node, ...]
    rate: Node
    text: str


def walk(node: Any) -> Iterator[Any]:
    """A node and all below it."""
    yield node
    match node:
        case Op(_, args) | Call(_, args):
            below: tuple[Any, ...] = args
        case Rate(of, _):
            below = (of,)
        case Total():
            below = (node.low, node.high, node.condition, node.body)
        case Cases(branches):
            below = tuple(part for branch in branches for part in branch)
        case _:
            below = ()
    for child in below:
        if child is not None:
            yield from walk(child)
