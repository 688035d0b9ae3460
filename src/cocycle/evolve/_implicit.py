"""A stiff implicit solver, from diffrax, behind our interface."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp
from jax.core import Tracer

from cocycle.core import CocycleError, Flow, as_parameter, as_point

from ._solver import Solver

__all__ = ["Kvaerno5"]


class Kvaerno5(Solver):
    """Kvaerno's 5(4) ESDIRK pair, L-stable, with adaptive steps: for stiff flows. Runs on diffrax.

    Use it where an explicit method needs steps far below the time scale of the motion (chemical kinetics, relaxation
    oscillators). Not for partial differential equations on a grid that are `SemilinearFlow`s: `ETDRK4` is far faster.

    **Arguments**: `rtol`, `atol` (per component, a scalar or shape `(dim,)`); `max_steps` per sampling interval
    (for `cc.trajectory`: for the whole run); `reverse`: prepare for reverse-mode derivatives (`jax.grad`) in place
    of forward-mode ones (`jax.jvp`). Failure (too many steps, divergence) is an all-NaN state. [@kvaerno2004]
    """

    accepts: ClassVar = (Flow,)
    order: ClassVar = 5

    rtol: Any = eqx.field(default=1e-8, converter=as_parameter)
    atol: Any = eqx.field(default=1e-8, converter=as_parameter)
    max_steps: int = eqx.field(default=1_000_000, static=True)
    reverse: bool = eqx.field(default=False, static=True)

    def __check_init__(self):
        for name in ("rtol", "atol"):
            value = getattr(self, name)
            if not isinstance(value, Tracer) and not float(jnp.min(value)) > 0:
                raise CocycleError(f"Kvaerno5: {name} must be positive; got {float(jnp.min(value))}.")

    def refined(self):
        return Kvaerno5(self.rtol / 100, self.atol / 100, self.max_steps, self.reverse)

    def advance(self, system, t, x, dt, key=None):
        del key
        import diffrax

        ys, failed = self._solve(system, t, t + dt, x, diffrax.SaveAt(t1=True), self._control())
        return jnp.where(failed, jnp.nan, ys[0])

    def record(self, system, t0, x0, dt, n, key=None):
        del key
        import diffrax

        # steps end at the save times: the interpolant of the pair is only of the third order
        times = t0 + dt * jnp.arange(n + 1)
        control = diffrax.ClipStepSizeController(self._control(), step_ts=times)
        ys, _ = self._solve(system, t0, times[-1], x0, diffrax.SaveAt(ts=times), control)
        return jnp.where(jnp.isfinite(ys), ys, jnp.nan)  # what was not reached is infinite

    def _control(self):
        import diffrax

        return diffrax.PIDController(rtol=self.rtol, atol=self.atol)

    def _solve(self, system, t0, t1, x0, saveat, control) -> tuple[Any, Any]:
        import diffrax

        solution: Any = diffrax.diffeqsolve(
            diffrax.ODETerm(_field),
            diffrax.Kvaerno5(),
            t0=t0,
            t1=t1,
            dt0=None,
            y0=x0,
            args=system,
            saveat=saveat,
            stepsize_controller=control,
            adjoint=diffrax.RecursiveCheckpointAdjoint() if self.reverse else diffrax.ForwardMode(),
            max_steps=self.max_steps,
            throw=False,
        )
        ys: Any = solution.ys
        return ys, solution.result != diffrax.RESULTS.successful


def _field(t, x, system):
    return as_point(system.vector_field(t, x))
