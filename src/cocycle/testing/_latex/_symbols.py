"""What the symbols in the equations of a card mean, for its system.

A symbol is the first of these that fits: an index or an argument; what another equation defines; a variable; a
parameter or property of the class (as `card.symbols` says, or by its name); a derivative of a field; an entry of an
array; a delayed variable; the time, the place, a noise, or a constant.
"""

import copy
import re
from typing import Any

import numpy as np

from cocycle.core import LagrangianFlow

from ._places import Places, plain
from ._read import symbol
from ._sorted import Sorted, Target, is_indexed, unindexed
from ._tree import Call, EquationError, Operator, Part, Rate, Symbol
from ._value import Scope, Symbols, evaluate, index_of

__all__ = ["Equations"]

_CONSTANTS = {"pi": np.pi, "e": np.e, "i": 1j, "infty": np.inf}


class Equations(Sorted, Symbols):
    """The equations of a card, with the meaning of their symbols for one system."""

    def at(self, system: Any) -> "Equations":
        """The same equations with the parameters of another instance."""
        other = copy.copy(self)
        other.system, other.attributes = system, {}
        other.grid = other._grid() if self.grid is not None else None
        return other

    @property
    def nowhere(self) -> Scope:
        """A scope for what does not depend on the state."""
        return Scope(self, np.zeros((0, 1)))

    def value(self, symbol: Symbol, scope: Scope) -> Any:
        if moving := self.moves(symbol):
            return self.moved(*moving, scope)
        s, _ = self.timeless(symbol)
        for known in (scope.indices, scope.arguments):
            if s.full in known:
                return known[s.full]
        looks = (self._defined, self._variable, self._parameter, self._past, self._derived, self._entry, self._late)
        for look in looks:
            value = look(s, scope)
            if value is not None:
                return value
        if s.full == "t":
            return np.float64(scope.t)
        if self.grid is not None and s.full in tuple(self.grid.axes):
            return self.grid.coordinate(s.full)
        if s.full in self.noises:
            return scope.rates["noise", 0][self.noises.index(s.full)]
        if s.full in _CONSTANTS:
            return _CONSTANTS[s.full]
        if s.name == "delta" and (at := self._indices(s, 2, scope)):  # Kronecker's
            return np.where(at[0] == at[1], 1.0, 0.0)
        if s.name.startswith("bar "):
            return np.conj(self.value(Symbol(s.name[4:], s.parts), scope))
        known = dict.fromkeys([*self.places, *self.definitions, *self.system.parameters(), *self.renamed])
        raise EquationError(f"no meaning is known for the symbol {s.full!r}; known are: {', '.join(known)}")

    def _defined(self, s: Symbol, scope: Scope) -> Any:
        if s.full in self.implied:
            left, right = self.implied[s.full]
            zero, one = (evaluate(left, scope.to(arguments={s.full: v * self.grid.delta})) for v in (0, 1))
            return self.grid.invert(one - zero, evaluate(right, scope) - zero)
        if s.full in scope.found:
            return scope.found[s.full]
        exact = [self.definitions[s.full]] if s.full in self.definitions else self.definitions.values()
        for left, body in exact:
            if left.name == s.name and (indices := _matched(left, s, scope)) is not None:
                value = evaluate(body, scope.to(arguments={}, indices=indices))
                if not left.parts and scope.depth == 1:
                    scope.found[s.full] = value
                return value
        return None

    def _variable(self, s: Symbol, scope: Scope) -> Any:
        places = self.places.get(plain(s.full))
        if places is None or (places.real.ndim and self.grid is None):
            return places.at((np.array(0),)).of(scope.x) if places is not None and self.remembers(s) else None
        return places.of(scope.x)

    def _parameter(self, s: Symbol, scope: Scope) -> Any:
        value = self._attribute(s.full)
        if value is None or not value.ndim:
            return value
        if self.grid is None:
            raise EquationError(f"{s.full!r} is an array of shape {value.shape}: write its index")
        return value[..., None]

    def _attribute(self, full: str) -> Any:
        """The parameter or property that a symbol names."""
        if full not in self.attributes:
            names = [self.renamed[full]] if full in self.renamed else _spellings(full)
            values = [getattr(self.system, n, None) for n in names]
            value = next((v for v in values if v is not None and not callable(v)), None)
            if value is None and full in self.renamed:
                raise EquationError(f"the card calls {full!r} {names[0]!r}, which the class does not have")
            self.attributes[full] = None if value is None else np.asarray(value)
        return self.attributes[full]

    def _past(self, s: Symbol, scope: Scope) -> Any:
        """An earlier value `x_{n-1}` or `x_{n+1-k}` of a variable of which the state holds the last values."""
        timed = [p for p in s.parts if self.clock and p.text.startswith(self.clock) and p.node is not None]
        if not timed or s.name not in self.places:
            return None
        time = index_of(timed[0], scope.to(arguments={self.clock: np.float64(0)}))
        places = self.places[s.name]
        held = Places(np.atleast_1d(places.real), None if places.imag is None else np.atleast_1d(places.imag))
        if time is None or held.real.ndim > 1:
            return None
        if np.any(time > 0) or np.any(-time >= len(held.real)):
            raise EquationError(f"{s.full!r} is not in the state, which holds {len(held.real)} values of {s.name}")
        return held.at((-time,)).of(scope.x)

    def _entry(self, s: Symbol, scope: Scope) -> Any:
        """An entry of an array: a variable or a parameter. A lattice without edges is cyclic."""
        places = self.places.get(s.name)
        array = self._attribute(s.name) if places is None else np.atleast_1d(places.real)
        if not s.parts or array is None:
            return None
        if not array.ndim:  # a number stands for equal ones
            return array if all(p.text in scope.indices for p in s.parts) else None
        at = self._indices(s, array.ndim, scope)
        if at is None:
            return self._vector(s, places, scope)
        if places is None:
            return array[tuple((a - self.first) % n for a, n in zip(at, array.shape))]
        if not places.real.ndim:  # a lattice of one
            return places.of(scope.x) if s.parts[0].text in scope.indices else None
        value = places.at(tuple((a - places.first) % n for a, n in zip(at, array.shape))).of(scope.x)
        for parts, beyond in self.edges.get(s.name, ()):
            outside, indices = self._beyond(parts, at, places)
            if np.any(outside):
                value = np.where(outside, evaluate(beyond, scope.to(indices=indices, arguments={})), value)
        return value

    def _vector(self, s: Symbol, places: Places | None, scope: Scope) -> Any:
        """The vector `q_i`, a row of a matrix of variables."""
        at = None if places is None else self._indices(s, places.real.ndim - 1, scope)
        if places is None or not at:
            return None
        rows = tuple(np.reshape(a, (1,) * (scope.depth - np.ndim(a)) + np.shape(a)) - places.first for a in at)
        return scope.x[np.moveaxis(places.real[rows], -1, 0)[..., 0]]

    def _beyond(self, parts: tuple[Part, ...], at: list[Any], places: Places) -> tuple[Any, dict[str, Any]]:
        """Where the left side of an edge holds, such as `x_0`, `Y_{1,k}` or `Y_{j+J,k}`, and its indices there."""
        outside, indices = np.array(True), {}
        for part, a, n in zip(parts, at, places.real.shape):
            fixed = index_of(part, self.nowhere)
            letter = part.text[0]
            if fixed is not None:
                outside = outside & (a == fixed)
            elif part.text == letter:
                indices[letter] = a
            else:
                shift = index_of(part, self.nowhere.to(indices={letter: np.float64(0)}))
                if shift is None:
                    raise EquationError(f"cannot tell which index {part.text!r} means")
                outside = outside & (a >= places.first + n if shift > 0 else a < places.first)
                indices[letter] = np.where(outside, a - shift, places.first)
        return outside, indices

    def _indices(self, s: Symbol, count: int, scope: Scope) -> list[Any] | None:
        parts = s.parts
        if len(parts) == 1 < count == len(parts[0].text):
            parts = _letters(parts[0])
        at = [index_of(p, scope) for p in parts]
        return at if len(at) == count and all(a is not None for a in at) else None

    def size(self, symbol: Symbol, index: str) -> int | None:
        s, _ = self.timeless(symbol)
        places = self.places.get(s.name)
        shape = np.shape(self._attribute(s.name)) if places is None else np.atleast_1d(places.real).shape
        texts = [p.text for p in s.parts]
        if len(texts) == 1 < len(shape):
            texts = list(texts[0])
        texts += [""] if places is not None and len(texts) == len(shape) - 1 else []  # a vector
        at = [k for k, text in enumerate(texts) if index in re.findall(r"[a-zA-Z]+", text)]
        if at and s.name in {left.name for left, _ in self.definitions.values()}:
            lengths = {p.real.shape[0] for p in self.places.values() if p.real.ndim == 1}
            return lengths.pop() if len(lengths) == 1 else None  # one for each unit
        return shape[at[0]] if at and len(texts) == len(shape) else None

    # other times

    def _late(self, s: Symbol, scope: Scope) -> Any:
        r"""The delayed variable `x_\tau`."""
        if not self.delayed or s.name not in self.places or len(s.parts) != 1 or s.parts[0].node is None:
            return None
        return self._before(Symbol(s.name), evaluate(s.parts[0].node, scope), scope)

    def _before(self, s: Symbol, lag: Any, scope: Scope) -> Any:
        if lag == 0:
            return self.value(s, scope)
        delays = np.atleast_1d(np.asarray(self.system.delays))
        at = np.flatnonzero(np.isclose(delays, lag, rtol=1e-9, atol=0))
        if not at.size:
            raise EquationError(f"{s.full} is taken {float(lag):g} ago, but the delays of the class are {delays}")
        return self.value(s, scope.to(x=scope.past[at[0]]))

    def call(self, call: Call, scope: Scope) -> Any:
        values = [evaluate(a, scope) for a in call.args]
        if call.symbol.full not in self.functions:
            return self._before(call.symbol, scope.t - values[0], scope)
        names, body = self.functions[call.symbol.full]
        if len(names) != len(values):
            raise EquationError(f"{call.symbol.full} takes {len(names)} arguments, not {len(values)}")
        return evaluate(body, scope.to(arguments=dict(zip(names, values)), indices={}))

    # derivatives in space

    def _derived(self, s: Symbol, scope: Scope) -> Any:
        """A derivative of a field, `u_{xx}` or `u_{xxt}`."""
        match = re.fullmatch("([xyz]+)(t?)", s.parts[0].text) if self.grid is not None and len(s.parts) == 1 else None
        if not match:
            return None
        field = Symbol(s.name, (Part("t", None),) if match[2] else ())
        return self.slope(Operator(match[1]), field, scope)

    def slope(self, operator: Any, operand: Any, scope: Scope) -> Any:
        grid, field = self.grid, evaluate(operand, scope)
        if grid is None:
            raise EquationError(f"a derivative in space stands before {operand}, but the system has no grid")
        ends = self.ends.get(operand.name) if isinstance(operand, Symbol) else None
        values = [evaluate(value, scope) for _, value in ends] if ends else None
        match operator:
            case Operator("grad"):
                return np.stack([grid.apply(grid.operator(axis), field, values) for axis in grid.axes])
            case Operator("div"):
                return sum(grid.apply(grid.operator(axis), part) for axis, part in zip(grid.axes, field))
        return grid.apply(evaluate(operator, scope), field, values)

    def derivative(self, name: str) -> Any:
        if self.grid is None:
            raise EquationError("a derivative in space stands in the equation, but the system has no grid")
        return self.grid.operator(name)

    # derivatives in time

    def rate(self, rate: Rate, scope: Scope) -> Any:
        s = rate.of
        if unindexed(s) in self.noises:
            noise = scope.rates["noise", 0]
            at = index_of(s.parts[0], scope) - self.first if is_indexed(s) else self.noises.index(s.full)
            beyond = (at < 0) | (at >= len(noise))  # no noise comes from there
            return np.where(beyond, 0.0, noise[np.where(beyond, 0, at)])
        if isinstance(self.system, LagrangianFlow):
            return self.value(s, scope.to(x=np.roll(scope.x, -(len(scope.x) // 2), axis=0)))
        if rate.order == 1 and (velocity := self.velocity(s)):
            return self.value(velocity, scope)
        return self.moved(s, rate.order, scope)

    def moved(self, s: Symbol, order: int, scope: Scope) -> Any:
        """The next value or the derivative of a variable."""
        if (s.full, order) in scope.rates:
            return scope.rates[s.full, order]
        for target in self.targets:
            if target.order == order and target.of.name == s.name:
                indices = _matched(target.of, s, scope)
                if indices is not None:
                    return self.solved(target, scope.to(arguments={}, indices=indices))
        raise EquationError(f"no equation says how {s.full} moves")

    def solved(self, target: Target, scope: Scope) -> Any:
        """What an equation gives for the rate on its left side, in which it is linear."""
        right = evaluate(target.right, scope)
        if isinstance(target.left, (Rate, Symbol)):
            return right
        key, unit = (target.of.full, target.order), np.float64(1) if self.grid is None else self.grid.delta
        zero, one = (evaluate(target.left, scope.to(rates={**scope.rates, key: v * unit})) for v in (0, 1))
        return (right - zero) / (one - zero) if self.grid is None else self.grid.invert(one - zero, right - zero)


def _spellings(full: str) -> list[str]:
    r"""How a class may call a symbol: `k_1` is `k_1` or `k1`, `\lambda` is `lam` or `lambda_`, `\bar x` is `x_bar`."""
    accent, _, rest = full.rpartition(" ")
    name = re.sub(r"\W", "", f"{rest}_{accent}" if accent else full)
    return [name, name.replace("_", ""), *({"lambda": ["lam", "lambda_"]}.get(name, []))]


def _letters(part: Part) -> tuple[Part, ...]:
    """The parts `i` and `j` of `A_{ij}`."""
    return tuple(p for c in part.text for p in symbol(f"A_{c}").parts)


def _matched(left: Symbol, s: Symbol, scope: Scope) -> dict[str, Any] | None:
    """The indices of a left side as a use of it says, or `None` where it does not fit."""
    parts, uses = left.parts, s.parts
    if len(parts) == len(uses) == 1 and len(parts[0].text) == len(uses[0].text) > 1:
        parts, uses = _letters(parts[0]), _letters(uses[0])
    if len(parts) != len(uses):
        return None
    indices = {}
    for part, used in zip(parts, uses):
        value = index_of(used, scope)
        if value is not None and re.fullmatch("[a-zA-Z]", part.text):
            indices[part.text] = value
        elif part.text != used.text:
            return None
    return indices
