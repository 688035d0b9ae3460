"""Evaluates the syntax tree of an equation in numpy, given what its symbols mean.

All is evaluated for many states at once: they are the last axis of every array. Before it comes one axis for each index
in use: the free indices of the equation, and in front of them one for each sum around. So `x_{i+1}` is a gather, and a
sum over `j` one over the first axis. Fields have the axes of their grid instead, and vectors an axis in front of all.
"""

import dataclasses
import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ._tree import Call, Cases, EquationError, Number, Op, Operator, Part, Rate, Symbol, Total, walk

__all__ = ["Scope", "Symbols", "evaluate", "index_of"]


class Symbols:
    """What symbols mean. `_symbols` defines it for the equations of a card."""

    first: int  # the index of the first entry of an array

    def value(self, symbol: Symbol, scope: "Scope") -> Any:
        """The value of a symbol."""
        raise NotImplementedError

    def call(self, call: Call, scope: "Scope") -> Any:
        """The value of a function that an equation defines."""
        raise NotImplementedError

    def rate(self, rate: Rate, scope: "Scope") -> Any:
        """The value of a time derivative or differential."""
        raise NotImplementedError

    def size(self, symbol: Symbol, index: str) -> int | None:
        """How many values an index has by standing at a symbol."""
        raise NotImplementedError

    def slope(self, operator: Any, operand: Any, scope: "Scope") -> Any:
        """A derivative in space."""
        raise NotImplementedError

    def derivative(self, name: str) -> Any:
        """An operator, in whatever form the grid has it."""
        raise NotImplementedError


@dataclasses.dataclass(frozen=True)
class Scope:
    """Where an expression is evaluated: state, time, and the local names."""

    symbols: Symbols
    x: Any
    t: float = 0.0
    indices: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    depth: int = 1  # axes in use: by states, and by indices or the grid
    arguments: Mapping[str, Any] = dataclasses.field(default_factory=dict)  # of the function being evaluated
    rates: Mapping[tuple[str, int], Any] = dataclasses.field(default_factory=dict)  # derivatives taken as given
    past: Any = None  # the states of a delay equation, one for each delay
    analytic: bool = False  # |x| is x or -x also where x is complex: derivatives by a complex step
    found: dict[str, Any] = dataclasses.field(default_factory=dict)  # the values of definitions without an index

    def to(self, **changes: Any) -> "Scope":
        """The same scope but for some changes."""
        if "x" in changes or "rates" in changes:
            changes["found"] = {}
        return dataclasses.replace(self, **changes)


def _power(base, exponent):
    if np.ndim(exponent) == 0 and not np.iscomplexobj(exponent) and float(exponent).is_integer():
        return base ** int(exponent)
    return np.power(base, exponent)


def _extreme(better: Callable) -> Callable:
    def choose(*values):
        best = values[0]
        for value in values[1:]:
            best = np.where(better(np.real(value), np.real(best)), value, best)
        return best

    return choose


# comparisons look at real parts: derivatives are taken by complex steps
_OPERATIONS: dict[str, Callable] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.true_divide,
    "^": _power,
    "neg": np.negative,
    "mod": np.mod,
    "and": np.logical_and,
    "<": lambda a, b: np.real(a) < np.real(b),
    ">": lambda a, b: np.real(a) > np.real(b),
    "<=": lambda a, b: np.real(a) <= np.real(b),
    ">=": lambda a, b: np.real(a) >= np.real(b),
    "==": np.equal,
    "!=": np.not_equal,
    "cot": lambda x: 1 / np.tan(x),
    "sec": lambda x: 1 / np.cos(x),
    "csc": lambda x: 1 / np.sin(x),
    "coth": lambda x: 1 / np.tanh(x),
    "sech": lambda x: 1 / np.cosh(x),
    "csch": lambda x: 1 / np.sinh(x),
    "arsinh": np.arcsinh,
    "artanh": np.arctanh,
    "ln": np.log,
    "max": _extreme(np.greater),
    "min": _extreme(np.less),
    "sgn": lambda x: np.sign(np.real(x)),
    "sign": lambda x: np.sign(np.real(x)),
    "H": lambda x: np.heaviside(np.real(x), 0.5),
    "erf": np.vectorize(math.erf, otypes=[float]),
    "sinc": lambda x: np.sinc(x / np.pi),
    "Re": np.real,
    "Im": np.imag,
    "arg": np.angle,
}


def evaluate(node: Any, scope: Scope) -> Any:
    """The value of an expression."""
    match node:
        case Number(value):
            return np.float64(value)
        case Symbol():
            return scope.symbols.value(node, scope)
        case Rate():
            return scope.symbols.rate(node, scope)
        case Call():
            return scope.symbols.call(node, scope)
        case Op("apply", (operator, operand)):
            return scope.symbols.slope(operator, operand, scope)
        case Op("abs", (inner,)):
            value = evaluate(inner, scope)
            if np.ndim(value) > scope.depth:  # the norm of a vector
                return np.sqrt(np.sum(value * (value if scope.analytic else np.conj(value)), axis=0))
            return np.where(np.real(value) < 0, -value, value) if scope.analytic else np.abs(value)
        case Op("mean", (inner,)):
            value = evaluate(inner, scope)
            return np.mean(value, axis=tuple(range(np.ndim(value) - 1)), keepdims=True)
        case Op(name, args):
            operation = _OPERATIONS.get(name) or getattr(np, name)
            return operation(*(evaluate(a, scope) for a in args))
        case Cases(branches):
            value: Any = np.nan
            for inner, condition in reversed(branches):
                here = evaluate(inner, scope)
                value = here if condition is None else np.where(evaluate(condition, scope), here, value)
            return value
        case Total():
            return _total(node, scope)
        case Operator(name):
            return scope.symbols.derivative(name)
    raise EquationError(f"cannot evaluate {node}")


# -- indices ----------------------------------------------------------------------------------------------------


def index_of(part: Part, scope: Scope) -> Any:
    """The whole numbers that one part of a subscript means, or `None` where it is a label."""
    if part.node is None:
        return None
    try:
        value = evaluate(part.node, scope)
    except EquationError:
        return None
    if np.iscomplexobj(value) or np.any(value != np.rint(value)):
        return None
    return np.rint(value).astype(int)


_REDUCTIONS = {"sum": (np.sum, 0.0), "prod": (np.prod, 1.0), "max": (np.max, -np.inf), "min": (np.min, np.inf)}


def _total(node: Total, scope: Scope) -> Any:
    # in `j \\ne i` the first letter is new, and any other without a value
    names = [name for k, name in enumerate(node.names) if k == 0 or name not in scope.indices]
    indices, depth = dict(scope.indices), scope.depth
    for name in names:
        low = np.float64(scope.symbols.first) if node.low is None else evaluate(node.low, scope)
        if node.high is None:
            count = _size(name, node, scope)
        else:
            counts = np.unique(np.rint(evaluate(node.high, scope) - low)) + 1
            if counts.size != 1:
                raise EquationError(f"the number of terms of the sum over {name} depends on another index")
            count = int(counts[0])
        indices[name] = low + np.arange(count).reshape((count,) + (1,) * depth)
        depth += 1
    inner = scope.to(indices=indices, depth=depth)
    value = np.asarray(evaluate(node.body, inner))
    reduce, neutral = _REDUCTIONS[node.op]
    if node.condition is not None:
        value = np.where(evaluate(node.condition, inner), value, neutral)
    shape = np.broadcast_shapes(value.shape, *(np.shape(indices[name]) for name in names))
    value = np.broadcast_to(value, shape)
    axes = tuple(range(value.ndim - depth, value.ndim - scope.depth))
    return reduce(value, axis=axes)


def _size(name: str, node: Total, scope: Scope) -> int:
    """The number of values of an index without bounds: the length of what it counts."""
    for inner in walk(node):
        if isinstance(inner, Symbol) and (size := scope.symbols.size(inner, name)) is not None:
            return size
    raise EquationError(f"cannot tell over what the sum over {name} runs: give it bounds")
