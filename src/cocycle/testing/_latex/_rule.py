"""The rule that the equations of a card state, evaluated."""

from typing import Any

import numpy as np

from cocycle.core import HamiltonianFlow, LagrangianFlow

from ._places import Places, plain
from ._read import symbol
from ._sorted import is_indexed
from ._symbols import Equations
from ._tree import EquationError, Symbol
from ._value import Scope, evaluate, index_of

__all__ = ["jumps", "rule"]


# outside its domain an equation gives nan, silently
@np.errstate(all="ignore")
def rule(equations: Equations, x: Any, t: float = 0.0, past: Any = None, dt: float = 1.0, noise: Any = None) -> Any:
    """Velocity or next state, of shape `(dim, states)` like `x`.

    `past` are the states of a delay equation, one array for each delay. A stochastic equation gives the increment in
    time `dt` for the given increments of its noises, none by default.
    """
    noise = np.zeros(len(x) + len(equations.noises)) if noise is None else noise
    scope = Scope(equations, x, t, past=past, rates={("t", 1): np.float64(dt), ("noise", 0): noise})
    if isinstance(equations.system, HamiltonianFlow) and "H" in equations.definitions:
        dq, dp = np.split(_gradient("H", scope), 2)
        return np.concatenate([dp, -dq])
    if isinstance(equations.system, LagrangianFlow) and "L" in equations.definitions:
        return _euler_lagrange(scope)
    return _moves(equations, scope)


def _moves(equations: Equations, scope: Scope) -> Any:
    out = np.full(scope.x.shape, np.nan)
    given = np.zeros(len(out), bool)

    def put(at, value):
        out[at] = np.real(value)
        given[at] = True

    seen: dict[str, Any] = {}
    # an equation for one unit comes after, and instead of, that for all
    for target in sorted(equations.targets, key=lambda target: not is_indexed(target.of)):
        pair = equations.pairs.get(target.of.full)
        places, indices = _stands(equations, pair[0] if pair else target.of)
        if pair:
            places = Places(places.real, _stands(equations, pair[1])[0].real)
        depth = 1 + (len(indices) if equations.grid is None else len(equations.grid.shape))
        value = equations.solved(target, scope.to(indices=indices, depth=depth))
        rounding = 1e-9 * np.abs(value).max(initial=0.0)
        if np.abs(value - seen.setdefault(target.of.full, value)).max(initial=0.0) > rounding:
            raise EquationError(f"{target.text!r} says two things of {target.of.full}")
        if places.imag is not None:
            put(places.imag, np.imag(value))
        elif np.abs(np.imag(value)).max(initial=0.0) > rounding:
            raise EquationError(f"{target.text!r} gives complex values for a real variable")
        if target.order == 2:
            velocity = equations.places[equations.velocities[equations.variable_name(target.of)]].real
            put(places.real, scope.x[velocity])
            put(velocity, value)
        elif equations.remembers(target.of):
            put(places.real[0], value)
            put(places.real[1:], scope.x[places.real[:-1]])
        else:
            put(places.real, value)
    if not given.all():
        raise EquationError(f"no equation says how {equations.system.variables[int(np.argmin(given))]} moves")
    return out


def _stands(equations: Equations, s: Symbol) -> tuple[Places, dict[str, Any]]:
    """Where the variable of a left side stands in the state, and the values of its free indices."""
    places = equations.places.get(plain(s.full))
    if places is not None and (equations.grid is not None or not places.real.ndim or equations.remembers(s)):
        return places, {}
    places = equations.places.get(s.name)
    if places is None:
        raise EquationError(f"{s.full!r} is no variable; the variables are: {', '.join(equations.places)}")
    shape = places.real.shape
    texts = [p.text for p in s.parts]
    texts = list(texts[0]) if len(texts) == 1 < len(shape) else texts
    if len(texts) != len(shape):
        raise EquationError(f"{s.name!r} needs {len(shape)} indices on the left side")
    fixed = [index_of(symbol(f"x_{{{text}}}").parts[0], equations.nowhere) for text in texts]
    chosen = tuple(slice(None) if at is None else (at - places.first) % n for at, n in zip(fixed, shape))
    free = [(text, n) for text, n, at in zip(texts, shape, fixed) if at is None]
    indices = {
        text: (places.first + np.arange(n)).reshape((n,) + (1,) * (len(free) - k)) for k, (text, n) in enumerate(free)
    }
    imag = None if places.imag is None else places.imag[chosen]
    return Places(places.real[chosen], imag), indices


@np.errstate(all="ignore")
def jumps(equations: Equations, x: Any) -> tuple[Any, Any]:
    """The changes of the state by the reactions of a card, `(reactions, dim)`, and their rates."""
    scope, changes, rates = Scope(equations, x), [], []
    for reaction in equations.reading.reactions:
        change = np.zeros(x.shape)
        for before, after in zip(reaction.before, reaction.after, strict=True):
            if not isinstance(before, Symbol):
                raise EquationError(f"{reaction.text!r} does not start from variables")
            change[_stands(equations, before)[0].real] = evaluate(after, scope) - evaluate(before, scope)
        changes.append(np.rint(change[:, 0]))
        rates.append(np.broadcast_to(evaluate(reaction.rate, scope), x.shape[1:]))
    return np.array(changes), np.array(rates)


# -- mechanics --------------------------------------------------------------------------------------------------


def _gradient(name: str, scope: Scope) -> Any:
    """The exact gradient of a defined function of the state, by complex steps."""
    h = 1e-30
    out = np.zeros(scope.x.shape)
    for k, step in enumerate(1j * h * np.eye(len(out))):
        out[k] = np.imag(evaluate(Symbol(name), scope.to(x=scope.x + step[:, None], analytic=True))) / h
    return out


def _euler_lagrange(scope: Scope) -> Any:
    x = scope.x
    n, h = len(x) // 2, 1e-3 * max(np.abs(x).max(), 1e-3)

    def along(direction):  # the derivative of dL/dv, to sixth order
        def momentum(k):
            return _gradient("L", scope.to(x=x + k * h * direction))[n:]

        return sum(w * (momentum(k) - momentum(-k)) for k, w in ((1, 45), (2, -9), (3, 1))) / (60 * h)

    mass = np.stack([along(e[:, None]) for e in np.eye(2 * n)[n:]], axis=1)
    transport = along(np.concatenate([x[n:], np.zeros_like(x[n:])]))
    force = _gradient("L", scope)[:n]
    acceleration = np.linalg.solve(np.moveaxis(mass, -1, 0), (force - transport).T[..., None])
    return np.concatenate([x[n:], acceleration[..., 0].T])
