"""The equations of a card, sorted by what they are for: rules of motion, definitions, edges of a lattice."""

import re
from dataclasses import dataclass
from typing import Any

from cocycle.core import DelayFlow, Map, RandomMap, SemilinearFlow, StochasticFlow

from ._fields import Interval, Periodic
from ._places import plain, variables_of
from ._read import read, symbol
from ._tree import Call, Equation, EquationError, Node, Number, Op, Part, Rate, Symbol, walk

__all__ = ["Sorted", "Target", "is_indexed", "unindexed"]


@dataclass(frozen=True)
class Target:
    """An equation that says how a variable moves; `order` 0 is the next value of a map."""

    of: Symbol
    order: int
    left: Node
    right: Node
    text: str


class Sorted:
    """What the card of a system states about its variables."""

    def __init__(self, system: Any):
        self.system = system
        self.attributes: dict[str, Any] = {}
        self.discrete = isinstance(system, (Map, RandomMap))
        self.random = isinstance(system, RandomMap)
        self.delayed = isinstance(system, DelayFlow)
        stochastic = isinstance(system, StochasticFlow)
        card = system.card
        self.reading = read(card.equation, stochastic=stochastic, delayed=self.delayed)
        self.places = variables_of(system, self.reading.first)
        self.first = min((p.first for p in self.places.values() if p.real.ndim), default=1)
        self.renamed = {symbol(key).full: name for key, name in card.symbols.items()}
        for full in [f for f, name in self.renamed.items() if plain(name) in self.places]:
            self.places[plain(full)] = self.places[plain(self.renamed.pop(full))]
        self.renamed = {full: name for full, name in self.renamed.items() if full not in self.places}

        self.targets: list[Target] = []
        self.functions: dict[str, tuple[tuple[str, ...], Node]] = {}
        self.definitions: dict[str, tuple[Symbol, Node]] = {}
        self.implied: dict[str, tuple[Node, Node]] = {}  # by an equation in its derivatives, as a stream function is
        self.edges: dict[str, list[tuple[tuple[Part, ...], Node]]] = {}  # what stands beyond the ends of a lattice
        self.ends: dict[str, list[tuple[Node, Node]]] = {}  # the places and values of the ends of an interval
        lefts = [side for e in self.reading.equations for side in e.sides[:-1]]
        labels = [p.text for side in lefts for n in walk(side) if isinstance(n, Symbol) for p in n.parts]
        clocks = [label[0] for label in labels if re.fullmatch(r"[a-zA-Z]\+1", label)] if self.discrete else []
        self.clock = clocks[0] if clocks else ""
        for equation in self.reading.equations:
            self._sort(equation)
        if not self.in_words:
            self._check_names()
        self.pairs = {name: pair for name, (_, body) in self.definitions.items() if (pair := _real_and_imaginary(body))}
        self.velocities = self._velocities()
        self.noises = self._noises() if stochastic or self.random else []
        self.grid: Any = self._grid() if isinstance(system, SemilinearFlow) else None

    @property
    def in_words(self) -> bool:
        r"""Whether the card gives the rule in words, `\text{...}`, or as a law of chance, and states no motion."""
        moved = any(s.name in (*self.places, "H", "L") for s, _ in self.definitions.values())
        return bool(self.reading.remarks) and not (moved or self.targets or self.edges or self.reading.reactions)

    def _check_names(self) -> None:
        """Everything that the card explains or defines is used."""
        reading = self.reading
        nodes = [node for r in reading.reactions for node in (*r.before, *r.after, r.rate)]
        nodes += [side for e in reading.equations for side in e.sides[1:]]
        nodes += [e.sides[0] for e in reading.equations if not isinstance(e.sides[0], (Symbol, Call))]
        inside = [inner for node in nodes for inner in walk(node)]
        symbols = [n.symbol if isinstance(n, Call) else n for n in inside if isinstance(n, (Call, Symbol))]
        symbols += [n for s in symbols for p in s.parts for n in walk(p.node) if isinstance(n, Symbol)]
        used = {name for s in symbols for name in (s.full, s.name)} | {"H", "L"}
        if unused := set(self.renamed) - used - set(self.places):
            raise EquationError(f"the card explains symbols that its equation lacks: {', '.join(sorted(unused))}")
        defined = {full: s.name for full, (s, _) in self.definitions.items()} | {f: f for f in self.functions}
        if unused := [full for full, name in defined.items() if not {full, name} & used]:
            raise EquationError(f"nothing uses what the equation defines: {', '.join(unused)}")

    def _sort(self, equation: Equation) -> None:
        left, *rights = equation.sides
        root = left.args[0] if isinstance(left, Op) and left.name == "^" else left
        moving = [(n.of, n.order) for n in walk(left) if isinstance(n, Rate)]
        moving += [m for n in walk(left) if isinstance(n, Symbol) and (m := self.moves(n))]
        if isinstance(left, Call):
            names = tuple(a.full for a in left.args if isinstance(a, Symbol))
            self.functions[left.symbol.full] = (names, rights[0])
        elif moving:
            of, order = max(moving, key=lambda m: m[1])
            self.targets += [Target(of, order, left, right, equation.text) for right in rights]
        elif isinstance(root, Symbol):
            self._define(equation)
        elif end := self._end(left):
            self.ends.setdefault(end[0], []).append((end[1], rights[0]))
        elif unknown := [n for n in walk(left) if isinstance(n, Op) and n.name == "apply"]:
            inner = unknown[-1].args[1]
            if not isinstance(inner, Symbol):
                raise EquationError(f"cannot tell for which field {equation.text!r} is to be solved")
            self.implied[inner.full] = (left, rights[0])
        else:
            raise EquationError(f"the left side of {equation.text!r} moves no variable and defines no symbol")

    def _define(self, equation: Equation) -> None:
        *lefts, right = equation.sides
        for left in lefts:
            if isinstance(left, Op):  # r^2 = ...
                left, power = left.args
                right = Op("^", (right, Op("/", (Number(1.0), power))))
            if not isinstance(left, Symbol):
                raise EquationError(f"cannot read the left side of {equation.text!r}")
            left, _ = self.timeless(left)
            places = self.places.get(left.name)
            if places is not None and len(left.parts) == places.real.ndim > 0 and not isinstance(right, Call):
                self.edges.setdefault(left.name, []).append((left.parts, right))
            elif left.full in self.definitions:
                raise EquationError(f"{left.full} is defined twice")
            else:
                self.definitions[left.full] = (left, right)

    def _end(self, left: Node) -> tuple[str, Node] | None:
        """The field and the place of `u(-1)`, which reads as a product."""
        match left:
            case Op("*", (Symbol(name, ()), Number() | Op("neg", (Number(),)) as place)) if name in self.places:
                return name, place
        return None

    def _velocities(self) -> dict[str, str]:
        r"""The variables which are the velocities of those that `\ddot` accelerates, in the same order."""
        moved = [self.variable_name(t.of) for t in self.targets]
        accelerated = [name for name, t in zip(moved, self.targets) if t.order == 2]
        dims = {self.places[name].real.ndim for name in accelerated if name in self.places}
        return dict(zip(accelerated, (n for n, p in self.places.items() if n not in moved and p.real.ndim in dims)))

    def _noises(self) -> list[str]:
        """The names of the noises, in the order of their numbers: `W_1` of `dW_1`, or `xi` of `xi_n`."""
        if not self.random:
            rates = [n.of for t in self.targets for n in walk(t.right) if isinstance(n, Rate)]
            return sorted({unindexed(s) for s in rates if s.full != "t"}, key=_natural)
        bodies = [t.right for t in self.targets] + [body for _, body in self.definitions.values()]
        symbols = [n for body in bodies for n in walk(body) if isinstance(n, Symbol)]
        timed = [self.timeless(s)[0] for s in symbols if any(p.text == self.clock for p in s.parts)]
        known = {*self.places, *self.definitions}
        return sorted({unindexed(s) for s in timed if not {s.name, s.full} & known}, key=_natural)

    def _grid(self) -> Any:
        shape = next(iter(self.places.values())).real.shape
        if hasattr(self.system, "length"):
            return Periodic(self.system, shape)
        if self.ends:
            places = [p.value if isinstance(p, Number) else -p.args[0].value for p, _ in next(iter(self.ends.values()))]  # type: ignore[union-attr]
            return Interval(self.system, (min(places), max(places)))
        return None

    @property
    def positions(self) -> list[Any]:
        """The positions in the state of all variables, the imaginary parts apart."""
        return [at for p in self.places.values() for at in (p.real, p.imag) if at is not None]

    # symbols and time

    def variable_name(self, s: Symbol) -> str:
        """`x1` of `x_1`, where that is a variable; else `x`."""
        return plain(s.full) if plain(s.full) in self.places else s.name

    def velocity(self, s: Symbol) -> Symbol | None:
        """The variable that is the velocity of another."""
        name = self.variable_name(s)
        return Symbol(self.velocities[name], s.parts if name == s.name else ()) if name in self.velocities else None

    def timeless(self, s: Symbol) -> tuple[Symbol, bool]:
        """A symbol without its time, and whether that is the next one."""
        if not self.discrete:
            return s, False
        now, later = self.clock, f"{self.clock}+1"
        parts = tuple(p for p in s.parts if not self.clock or p.text not in (now, later))
        return Symbol(s.name, parts), s.primes > 0 or any(p.text == later for p in s.parts)

    def moves(self, s: Symbol) -> tuple[Symbol, int] | None:
        """The variable whose next value (0) or time derivative (1) a symbol is: `x_{n+1}`, `x'`, `u_t`."""
        if self.discrete:
            timeless, later = self.timeless(s)
            return (timeless, 0) if later else None
        of_field = [p.text for p in s.parts] == ["t"] and s.name in self.places
        return (Symbol(s.name), 1) if of_field else None

    def remembers(self, s: Symbol) -> bool:
        """Whether the state holds the last values of a variable of a map: `x_n`, `x_{n-1}` and so on."""
        places = self.places.get(s.name)
        return bool(self.clock) and places is not None and places.real.ndim == 1 and not s.parts


def is_indexed(s: Symbol) -> bool:
    """Whether a part of the subscript is an index, `i` or `j-1`."""
    return any(re.fullmatch(r"[i-n]([+-]\d+)?", p.text) for p in s.parts)


def unindexed(s: Symbol) -> str:
    """The name of a family: `W` of `W_i`."""
    return s.name if is_indexed(s) else s.full


def _natural(name: str) -> list[Any]:
    return [(int(c), "") if c.isdigit() else (0, c) for c in re.split(r"(\d+)", name)]


def _real_and_imaginary(node: Node) -> tuple[Symbol, Symbol] | None:
    """`x` and `y` of `x + i y`."""
    match node:
        case Op("+", (Symbol() as re, Op("*", (Symbol("i"), Symbol() as im)))):
            return re, im
    return None
