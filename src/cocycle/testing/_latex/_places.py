"""Where in the state of a system the variables of its equation stand."""

import re
from dataclasses import dataclass
from typing import Any

import jax.numpy as jnp
import numpy as np

from cocycle.core import System

from ._read import symbol
from ._tree import EquationError

__all__ = ["Places", "plain", "variables_of"]


@dataclass(frozen=True)
class Places:
    """The positions of a variable in the state, an array of them for a lattice or field; `imag` where it is complex."""

    real: Any
    imag: Any = None
    first: int = 1  # the index of the first entry

    def of(self, x: Any) -> Any:
        """The variable's values, the last axis counting states."""
        return x[self.real] if self.imag is None else x[self.real] + 1j * x[self.imag]

    def at(self, indices: tuple[Any, ...]) -> "Places":
        """The entries at arrays of indices, whose last axis counts states and is empty."""
        real, imag = (
            p if p is None or not p.ndim else p[..., 0]
            for p in (self.real[indices], None if self.imag is None else self.imag[indices])
        )
        return Places(real, imag)


def plain(name: str) -> str:
    """`x_1` and `x1` are one variable."""
    return re.sub(r"[_ ,]", "", name)


def variables_of(system: Any, first: int = 1) -> dict[str, Places]:
    """The variables by name.

    `x1`, `x2` are also the array `x`; where the card has fewer names than the state has entries, each names a block of
    it, counted from `first`. Fields, and variables for which `card.symbols` names a method,
    are what the class reads from the state.
    """
    card, dim = system.card, system.dim
    names = card.variables
    methods = {symbol(key).full: getattr(system, name, None) for key, name in card.symbols.items()}
    fields = getattr(system, "field", None) or getattr(system, "fields", None)
    everywhere = jnp.arange(float(dim))
    if callable(fields):
        positions = np.asarray(fields(everywhere), complex)
        places = {name: _read(at) for name, at in zip(names, [positions] if len(names) == 1 else positions)}
    elif type(system).variables is not System.variables or len(names) == dim:
        places = _entries(system.variables)
    elif dim % len(names):
        raise EquationError(f"a state of {dim} entries does not divide among the variables {', '.join(names)}")
    else:
        places = {name: Places(at, first=first) for name, at in zip(names, np.arange(dim).reshape(len(names), -1))}
    return places | {name: _read(method(everywhere)) for name, method in methods.items() if callable(method)}


def _read(positions: Any) -> Places:
    positions = np.asarray(positions)
    real, imag = (np.rint(part).astype(int) for part in (np.real(positions), np.imag(positions)))
    return Places(real, imag if imag.any() else None)


def _entries(names: tuple[str, ...]) -> dict[str, Places]:
    """Each name, and families: `x1`, `x2` are the array `x`; `Y1_1`, `Y2_1` ... the matrix `Y`."""
    places = {plain(name): Places(np.array(i)) for i, name in enumerate(names)}
    families: dict[str, dict[tuple[int, ...], int]] = {}
    for i, name in enumerate(names):
        if match := re.fullmatch(r"(.*?)_?(\d+(?:_\d+)*)", name):
            families.setdefault(match[1], {})[tuple(map(int, match[2].split("_")))] = i
    for stem, members in families.items():
        first = min(members)
        shape = tuple(1 + b - a for a, b in zip(first, max(members)))
        if len(members) == np.prod(shape) and len(set(first)) == 1:
            at = [members.get(tuple(k + first[0] for k in index)) for index in np.ndindex(shape)]
            if None not in at:
                places.setdefault(stem, Places(np.array(at).reshape(shape), first=first[0]))
    return places
