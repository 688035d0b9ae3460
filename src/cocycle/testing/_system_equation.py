"""The check that the equation on a system's card, the one that readers see, is the rule of the code."""

from collections.abc import Iterator
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from cocycle.core import CocycleError, DelayFlow, StochasticFlow, System, as_point

from ._latex import EquationError, Equations, Periodic, jumps, rule, smooth
from ._subject import Subject, rules

__all__ = ["check_equation"]


def check_equation(s: Subject) -> str | None:
    """The equation of the card, evaluated, is the rule: at other states, times and parameters too."""
    card = type(s.system).card
    if card is None:
        return "no card"
    try:
        equations = Equations(s.system)
        if equations.in_words:
            return "the card gives the rule in words"
        if equations.reading.reactions:
            return _compare_jumps(s, equations)
        if isinstance(s.system, StochasticFlow):
            read = "stratonovich" if r"\circ" in card.equation else "ito"
            s.expect(read == s.system.calculus, f"calculus is {s.system.calculus!r}: write it with \\circ, or without.")
        chances = None
        for system, t, points in _trials(s, equations):
            here = equations.at(system)
            if here.random and chances is None:
                chances = _chances(here, points)
            _compare(s, here, t, points, chances)
    except (EquationError, RecursionError, np.linalg.LinAlgError) as error:
        raise AssertionError(f"{s.name}: the equation of the card cannot be evaluated: {error}.") from error
    return None


# -- where to compare -------------------------------------------------------------------------------------------


def _trials(s: Subject, equations: Equations) -> Iterator[tuple[Any, float, np.ndarray]]:
    """At the subject's points, and far from them, at another time and with other parameters."""
    period = s.system.forcing_period
    period = getattr(type(s.system).card, "period", None) if period is None else period
    times = (3, 4) if s.discrete else (0.37 * float(period or 1.0), 0.83 * float(period or 1.0))
    points = np.asarray(s.points)[: 5 if s.system.dim < 50 else 2]
    if isinstance(equations.grid, Periodic):  # on smooth fields products and derivatives are exact on the grid
        points = smooth(equations.positions, points)
    yield s.system, 0, points
    yield s.system, times[0], _far(equations, points)
    other = _with_other_parameters(s.system)
    if other is not None:
        yield other, times[1], _far(equations.at(other), points)


def _far(equations: Equations, points: np.ndarray) -> np.ndarray:
    rng = np.random.default_rng(5)
    if isinstance(equations.grid, Periodic):
        return smooth(equations.positions, points[0] * rng.uniform(0.5, 1.5, points.shape))
    size = np.where(points[0] == 0, 0.3 * np.abs(points[0]).max(initial=0.1), points[0])
    near = size * rng.uniform(0.5, 1.5, points.shape)
    if equations.random or isinstance(equations.system, StochasticFlow):  # noise may be defined for x > 0 only
        return near
    changed = size * rng.uniform(-2, 2, points.shape)
    if not equations.discrete:
        return np.concatenate([near, changed])
    changed = changed[np.isfinite(rule(equations, changed.T)).all(axis=0)]  # maps of [0, 1] need no more
    orbit = [points.T]  # a map may do other things in places that it visits late
    for _ in range(12):
        orbit.append(rule(equations, orbit[-1]))
    later = np.concatenate(orbit[1:], axis=1).T
    later = later[np.abs(later).max(axis=1) <= 10 + 10 * np.abs(points).max()]
    return np.concatenate([near, changed, rng.permutation(later)[:20]])


def _with_other_parameters(system: System) -> System | None:
    """Every parameter moved by up to a tenth, so that no two are equal and none vanishes."""
    rng = np.random.default_rng(6)
    changes = {}
    for name, value in system.parameters().items():
        if eqx.is_inexact_array(value):
            value = np.asarray(value)
            value = np.where(np.all(value == 0), 0.05, value)
            changes[name] = value * rng.uniform(0.9, 1.1, value.shape)
    try:
        return system.replace(**changes) if changes else None
    except CocycleError:  # the class refuses the values
        return None


# -- the comparison ---------------------------------------------------------------------------------------------


def _compare(s: Subject, equations: Equations, t: Any, points: np.ndarray, chances: Any = None) -> None:
    system = equations.system
    where = f"at t = {t:.3g}"
    if isinstance(system, DelayFlow):  # the past must differ from the present
        past = np.stack([np.roll(points, k + 1, axis=0) for k in range(np.size(system.delays))], axis=1)
        got = rule(equations, points.T, t, past=np.moveaxis(past, 0, -1))
        velocity = jax.vmap(lambda x, past: as_point(system.vector_field(t, x, past)))
        _agree(s, equations, got.T, velocity(jnp.asarray(points), jnp.asarray(past)), where)
        return
    got = rule(equations, points.T, t, noise=chances)
    _agree(s, equations, got.T, rules(system, t, jnp.asarray(points)), where)
    if isinstance(system, StochasticFlow):
        matrices = np.asarray(jax.vmap(lambda x: system.diffusion(t, x))(jnp.asarray(points)))
        for kick in np.random.default_rng(7).normal(size=(2, matrices.shape[2])):
            got = rule(equations, points.T, t, dt=0.0, noise=kick)
            _agree(s, equations, got.T, matrices @ kick, "for the noise")


def _chances(equations: Equations, points: np.ndarray) -> np.ndarray:
    """The values that the noises of a random map must have had at the first point; they enter linearly."""
    x = points[:1].T
    if not equations.noises:
        return np.zeros(0)
    units = np.eye(len(equations.noises))
    still = rule(equations, x, noise=0 * units[0])
    responses = np.stack([rule(equations, x, noise=unit) - still for unit in units], axis=-1)[:, 0]
    wanted = np.asarray(rules(equations.system, 0, jnp.asarray(points)))[0]
    return np.linalg.lstsq(responses, wanted - still[:, 0], rcond=None)[0]


def _compare_jumps(s: Subject, equations: Equations) -> str | None:
    """Jumps and rates against `stoichiometry` and `propensities` of the class."""
    if not (hasattr(s.system, "stoichiometry") and hasattr(s.system, "propensities")):
        return "the card gives the rates of jumps, the class does not"
    points = np.asarray(s.points)
    for system in (s.system, _with_other_parameters(s.system) or s.system):
        changes, rates = jumps(equations.at(system), points.T)
        wanted: Any = system
        s.expect(
            np.array_equal(changes, wanted.stoichiometry),
            f"the jumps of the card are {changes.tolist()}, those of the class {wanted.stoichiometry}.",
        )
        propensities = np.array([wanted.propensities(jnp.asarray(x)) for x in points])
        error = np.abs(rates.T - propensities).max(axis=0) / (np.abs(propensities).max(axis=0) + 1e-300)
        text = equations.reading.reactions[int(np.argmax(error))].text
        s.expect(error.max() <= 1e-9, f"the equation of the card is not the rule: the rate of {text!r} differs.")
    return None


def _agree(s: Subject, equations: Equations, got: np.ndarray, wanted: Any, where: str) -> None:
    """Equal to rounding, relative to the largest value of the variable over the points."""
    wanted = np.asarray(wanted)
    finite = np.isfinite(wanted)
    got, wanted = np.where(finite, got, 0.0), np.where(finite, wanted, 0.0)
    overall = 1e-6 * np.abs(wanted).max(initial=0.0)
    for at in map(np.ravel, equations.positions):
        error = np.abs(got - wanted)[:, at]
        point, k = np.unravel_index(np.argmax(error), error.shape)
        scale = np.abs(wanted[:, at]).max(initial=0.0) + overall
        s.expect(
            error[point, k] <= 1e-9 * scale,
            f"the equation of the card is not the rule: for {s.system.variables[at[k]]} it gives "
            f"{got[point, at[k]]:.9g}, the rule {wanted[point, at[k]]:.9g} ({where}).",
        )
