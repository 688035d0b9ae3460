"""Alignment indices, SALI and GALI: is the motion from this start regular or chaotic?"""

from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from cocycle.core import CocycleError, Estimate, EstimationError, System
from cocycle.evolve import Cocycle, Solver

from ._tangents import begin, check, plan, stretch, title, triangular

__all__ = ["alignment"]

_POINTS = 256  # of the history
_FRAMES = 4  # choices of the initial vectors
_FALLS, _STILL = 8.0, 4.0  # fall of log GALI_2 over the second half: exponential above, a power law (2 log 2) below
_GROWS, _CALM = 3.0, 2.0  # growth of the log length over the second half: likewise (log 2 for a shear)


def alignment(
    system: System | Cocycle,
    *,
    k: int = 2,
    time: float | None = None,
    periods: float | None = None,
    dt: float | None = None,
    x0: Any = None,
    solver: Solver | None = None,
    key: Any = None,
    decide: bool = False,
) -> Estimate:
    r"""The alignment indices GALI_2 .. GALI_k (and SALI) of the motion from `x0`, against time.

    $\mathrm{GALI}_k(t) = \|\hat w_1 \wedge \dots \wedge \hat w_k\|$, the volume spanned by `k` displacements that are
    scaled to unit length, at first orthonormal [@skokos2007]; $\mathrm{SALI} = \min \|\hat w_1 \pm \hat w_2\|$
    [@skokos2001], which GALI_2 determines. For motions that keep phase volume:

    - chaotic: $\mathrm{GALI}_k \propto \exp[-\sum_{j=2}^{k} (\lambda_1 - \lambda_j)\, t]$;
    - regular, on an $N$-torus of a Hamiltonian flow with $2N$ variables: constant for $k \le N$,
      $\propto t^{-2(k - N)}$ beyond; for a map in the plane $\mathrm{GALI}_2 \propto t^{-2}$.

    The volume comes from the logarithms of the triangular factors of the tangent dynamics, not from the vectors
    themselves: it does not stop at the $10^{-16}$ where vectors held in double precision are parallel, and does not
    underflow.

    **Arguments**

    - `k`: the highest order, 2 up to the dimension of the state.
    - `time` or `periods`: how long (default 500 periods; for a map 10,000 steps). `dt`: interval between
      orthonormalisations.
    - `x0`: the start (default: the system's own). There is no transient: the question is about this start.
    - `decide`: raise `EstimationError` unless it is clear whether the motion is regular or chaotic.
    - `solver`, `key`: as for `cc.trajectory`.

    **Returns** an `Estimate`: `log10` of GALI_2 .. GALI_k at the end, shape `(k - 1,)`, means over 4 random choices of
    the initial vectors; the standard error is theirs (the solver's error is not in it). Diagnostics: `times` `(257,)`,
    `log_gali` `(257, k - 1)` (natural logarithms, the mean), `log10_gali`, `log_growth` `(257,)` of the
    displacements, `sali` `(257,)`, `decision`: "chaotic" (over the second half GALI_2 falls by more than $e^8$ and
    displacements grow by more than $e^3$: no power law does), "regular" (it falls by less than $e^4$ and they grow by
    less than $e^2$), or "undecided" with `reason`. Weakly chaotic or sticky motion needs a `time` of many
    $1 / \lambda_1$ to show; until then it is undecided or counts as regular, as it does for any such index.

    **Fails** with `NumericalError` where the trajectory diverges. On an attracting cycle or fixed point displacements
    align without growing: the indices do not tell order from chaos there, and the decision says so.
    """
    planned = plan(system, time, periods, dt, 0.0, solver, default=(500, 10_000))
    if not isinstance(k, (int, np.integer)) or k < 2:
        raise CocycleError(f"alignment: k must be a whole number, 2 or more; got {k!r}.")
    interval = float(planned.phi.dt)
    per_point = max(1, round(planned.span / interval / _POINTS))
    runs, growths = [], []
    for seed in range(_FRAMES):
        orbit = begin(planned, k, x0, key, seed=seed)
        t, state, volumes, growth = _history(*orbit, jnp.asarray(np.int64(per_point)), key)
        check(orbit.phi, state, float(t))
        runs.append(np.concatenate([np.zeros((1, k - 1)), np.asarray(volumes)[:, 1:]]))
        growths.append(np.concatenate([[0.0], np.asarray(growth)]))
    runs, growth = np.array(runs), np.mean(growths, axis=0)
    logs = runs.mean(axis=0)
    decision, reason = _decision(logs[:, 0], growth, title(planned.phi))
    if decide and decision == "undecided":
        raise EstimationError(f"alignment: {reason}")
    pair = np.exp(logs[:, 0])  # the sine of the angle between two vectors
    return Estimate(
        "alignment",
        logs[-1] / np.log(10),
        runs[:, -1].std(axis=0, ddof=1) / np.log(10) / np.sqrt(_FRAMES),
        n=_FRAMES,
        unit="log10 of GALI",
        diagnostics={
            "times": np.arange(_POINTS + 1) * per_point * interval,
            "log10_gali": logs / np.log(10),
            "read_on": "log10_gali",
            "log_gali": logs,
            "log_growth": growth,
            "sali": np.sqrt(2.0) * pair / np.sqrt(1 + np.sqrt(np.maximum(1 - pair**2, 0.0))),
            "decision": decision,
            "reason": reason,
        },
    )


def _decision(pair, growth, name) -> tuple[str, str]:
    """From the second half of the history, each end averaged over an eighth of it."""
    half, width = len(pair) // 2, len(pair) // 8

    def over(values):
        return float(values[-width:].mean() - values[half : half + width].mean()) * half / (half - width)

    fall, rise = -over(pair), over(growth)
    numbers = f"over the second half GALI_2 falls by e^{fall:.1f} and displacements grow by e^{rise:.1f}"
    if fall > _FALLS and rise > _GROWS:
        return "chaotic", f"{numbers}: exponential, both."
    if fall < _STILL and rise < _CALM:
        return "regular", f"{numbers}: no faster than a power law."
    if fall > _FALLS and rise < _CALM:
        why = (
            "The motion is attracted to a cycle or a fixed point: alignment tells order from chaos only where volume "
            "is kept. Use `lyapunov_spectrum`."
        )
    elif rise > _GROWS and fall < _STILL:
        why = "The two largest exponents seem to be equal. Use `lyapunov_spectrum`, or look at higher `k`."
    else:
        why = "That is neither clearly exponential nor a power law. Lengthen `time`."
    return "undecided", f"for {name}, {numbers}. {why}"


@eqx.filter_jit
def _history(phi, t, state, vectors, per_point, key):
    """Log of GALI_1 .. GALI_k and log length of the first displacement, at `_POINTS` times.

    The displacements are `W = Q U`, `U` upper triangular with columns of unit length. Its diagonal, whose product is
    the volume, is kept as logarithms: it may shrink far below the round-off of the columns, which give lengths only.
    """
    key = None if key is None else jax.random.fold_in(key, 6)
    k = vectors.shape[0]

    def interval(i, carry):
        t, state, vectors, columns, diagonal, growth, count = carry
        sub = None if key is None else jax.random.fold_in(key, count)
        state, images, vectors, lengths = stretch(phi, t, state, vectors, sub)
        columns = triangular(images, vectors) @ columns
        norms = jnp.linalg.norm(columns, axis=0)
        step = jnp.log(lengths) - jnp.log(norms)
        return t + phi.dt, state, vectors, columns / norms, diagonal + step, growth + jnp.log(norms[0]), count + 1

    def point(carry, _):
        carry = jax.lax.fori_loop(0, per_point, interval, carry)
        return carry, (jnp.cumsum(carry[4]), carry[5])

    zero = jnp.zeros((), state.dtype)
    start = (t, state, vectors, jnp.eye(k, dtype=state.dtype), jnp.zeros(k, state.dtype), zero, jnp.zeros((), int))
    (t, state, *_), (volumes, growth) = jax.lax.scan(point, start, None, length=_POINTS)
    return t, state, volumes, growth
