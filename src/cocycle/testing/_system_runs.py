"""Checks of systems in motion: 20 periods with the default solver."""

from collections.abc import Callable

import equinox as eqx
import jax
import numpy as np

from cocycle.core import CocycleError, DelayFlow, NumericalError
from cocycle.evolve import cocycle, time_scale, trajectory

from ._subject import Subject, invariants, invariants_at

__all__ = ["RUN_CHECKS"]

_PERIODS = 20


def _span(s: Subject) -> float:
    return (200 if s.discrete else _PERIODS) * time_scale(s.system).period


def check_shapes_refused(s: Subject) -> None:
    """A batch of states, or a state of the wrong size, gives an error with the remedy."""
    dim = s.system.dim
    for wrong, remedy in ((np.zeros((2, dim)), "vmap"), (np.zeros(dim + 1), f"({dim},)")):
        try:
            trajectory(s.system, periods=1, x0=wrong, key=jax.random.key(0))
        except CocycleError as error:
            s.expect(remedy in str(error), f"the error for x0 of shape {wrong.shape} lacks {remedy!r}: {error}")
        else:
            raise AssertionError(f"{s.name}: x0 of shape {wrong.shape} is accepted; a state has shape ({dim},).")


def check_run(s: Subject) -> None:
    """The default state stays bounded, and what is conserved stays conserved."""
    try:
        run = trajectory(s.system, _span(s), key=jax.random.key(0))
    except NumericalError as error:
        raise AssertionError(f"{s.name}: the default state does not survive {_PERIODS} periods. {error}") from error
    states = np.asarray(run.states)
    s.expect(states.shape[1] == s.system.dim, f"the run has states of size {states.shape[1]}, not {s.system.dim}.")
    s.expect(np.isfinite(states).all(), "the run is not finite.")
    allowed = 1e3 * (1 + np.abs(states[0]).max())
    largest = np.abs(states).max()
    s.expect(largest < allowed, f"the run grows to {largest:.3g} within {_PERIODS} periods.")
    if isinstance(s.system, DelayFlow) or not invariants(s.system):
        return
    history = eqx.filter_jit(jax.vmap(lambda x: invariants_at(s.system, x)))(run.states)
    for name, values in history.items():
        values = np.asarray(values)
        drift = np.abs(values - values[0]).max()
        size = np.abs(values[0]) + np.abs(np.diff(states, axis=0)).max()
        s.expect(drift <= 1e-5 * size, f"{name!r} drifts by {drift:.3g} over {_PERIODS} periods, from {values[0]:.6g}.")


def check_tolerance(s: Subject) -> str | None:
    """A more accurate solver gives nearly the same motion over one period."""
    if s.discrete:
        return "a map has no solver"
    phi = cocycle(s.system)
    if phi.random:
        return "a finer solver draws other noise"
    # runs as long as that of `check_run`, so that nothing new is compiled; chaos spares only the first period
    usual = trajectory(s.system, _span(s))
    finer = trajectory(s.system, _span(s), solver=phi.refined().solver)  # type: ignore[attr-defined]
    count = max(2, round(usual.states.shape[0] / _PERIODS))
    first, second = np.asarray(usual.states)[:count], np.asarray(finer.states)[:count]
    scale = np.abs(second).max() + np.ptp(second, axis=0).max()
    s.close(first, second, 1e-4 * scale, "a finer solver gives another motion: the default steps are too coarse")
    return None


RUN_CHECKS: tuple[Callable[[Subject], str | None], ...] = (
    check_shapes_refused,
    check_run,
    check_tolerance,
)
