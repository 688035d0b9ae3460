"""The stroboscopic map of a forced system: its state once per period."""

from typing import Any

from cocycle.core import (
    CocycleError,
    Derived,
    Flow,
    Map,
    NotApplicableError,
    RandomMap,
    StochasticFlow,
    System,
    param,
)
from cocycle.evolve._cocycle import cocycle
from cocycle.evolve._solver import Solver

__all__ = ["stroboscopic"]


def stroboscopic(
    system: System, period: float | None = None, *, phase: float = 0.0, solver: Solver | None = None
) -> Any:
    """The map from one period of the forcing to the next: $x_n = x(\\text{phase} + n\\,\\text{period})$.

    **Arguments**: `period`, in units of time (default: the system's own `forcing_period`); `phase`: time of the first
    flash; `solver`: as for `cc.trajectory`.

    **Returns** a `Map` (of a `StochasticFlow`: a `RandomMap`) whose step takes `period`, so rates stay per unit time.
    An autonomous flow may be strobed too, with an explicit `period`. [@guckenheimer1983, 1.5]
    """
    if not isinstance(system, (Flow, StochasticFlow)):
        raise NotApplicableError(f"stroboscopic: expected a Flow or a StochasticFlow; got a {type(system).__name__}.")
    if period is None:
        period = system.forcing_period
        if period is None:
            raise CocycleError(f"stroboscopic: {type(system).__name__} has no forcing period; give `period=`.")
    phi: Any = cocycle(system, period, solver)
    made: Any = _Strobe if isinstance(system, Flow) else _RandomStrobe
    return made(of=system, dt=period, phase=phase, solver=phi.solver)


class _Strobed(Derived):
    @property
    def forcing_period(self):
        return None  # one flash is like another


class _Strobe(_Strobed, Map):
    of: Flow
    dt: Any = param()
    phase: Any = param(0.0)
    solver: Any = None

    def step(self, n, x):
        return self.solver.advance(self.of, self.phase + n * self.dt, x, self.dt)


class _RandomStrobe(_Strobed, RandomMap):
    of: StochasticFlow
    dt: Any = param()
    phase: Any = param(0.0)
    solver: Any = None

    def step(self, n, x, key):
        return self.solver.advance(self.of, self.phase + n * self.dt, x, self.dt, key)
