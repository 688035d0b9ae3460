"""Conditional Lyapunov exponents: does a subsystem forget its own start when the rest of the system drives it?"""

import dataclasses
from collections.abc import Sequence
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from cocycle.core import (
    CocycleError,
    DelayFlow,
    Derived,
    Estimate,
    Flow,
    Map,
    NotApplicableError,
    RandomMap,
    SemilinearFlow,
    StochasticFlow,
    System,
    as_point,
)
from cocycle.evolve import Solver

from ._settle import settle
from ._spectrum import spectrum_of
from ._tangents import plan

__all__ = ["conditional_exponents"]


def conditional_exponents(
    system: System,
    response: int | str | Sequence[int | str],
    *,
    k: int | None = None,
    time: float | None = None,
    periods: float | None = None,
    dt: float | None = None,
    transient: float | None = None,
    x0: Any = None,
    solver: Solver | None = None,
    key: Any = None,
) -> Estimate:
    r"""Lyapunov exponents of a subsystem driven by the rest, largest first, per unit of time.

    With the state split into a drive $u$ and a response $w$, $\dot u = g(u, w),\ \dot w = h(u, w)$, they are the mean
    growth rates of $\dot v = \partial_w h(u(t), w(t))\, v$ along a trajectory of the whole [@pecora1990]. A copy
    $\dot w' = h(u(t), w')$ fed with $u$ alone synchronises, $w' \to w$, if it starts near enough and all of them are
    negative. They are not exponents of the whole system, nor do they depend on what the response does to the drive.

    **Arguments**

    - `response`: the entries of the state that respond: indices, names of variables, or one of either.
    - The others as for `lyapunov_spectrum`; `k` at most the number of responding variables (of a delay equation: their
      histories).

    **Returns** an `Estimate` like that of `lyapunov_spectrum`, shape `(k,)`, unit `1/time`; besides its diagnostics
    `response`, the names. Noise is common to the system and its copy.

    **Fails** with `CocycleError` for a name that the system does not have, with `NotApplicableError` for a
    `SemilinearFlow` (its linear part is diagonal in a transform, which mixes the variables), with `NumericalError`
    where the trajectory diverges.
    """
    planned = plan(system, time, periods, dt, transient, solver)
    whole = planned.phi.system
    indices = _indices(whole, response)
    mask = np.zeros(whole.dim, bool)
    mask[indices] = True
    driven = _driven(whole, jnp.asarray(mask))
    if solver is not None:
        solver.check(driven)
    planned = planned._replace(phi=dataclasses.replace(planned.phi, system=driven))
    found = spectrum_of("conditional_exponents", planned, settle(planned, k, x0, key, among=indices), key)
    extra = {"response": tuple(whole.variables[i] for i in indices)}
    return dataclasses.replace(found, diagnostics={**found.diagnostics, **extra})


def _indices(system, response) -> list[int]:
    names, out = system.variables, []
    for entry in [response] if isinstance(response, (int, np.integer, str)) else list(response):
        if isinstance(entry, str):
            if entry not in names:
                raise CocycleError(
                    f"{type(system).__name__} has no variable {entry!r}; it has {', '.join(names[:20])}."
                )
            entry = names.index(entry)
        if not isinstance(entry, (int, np.integer)) or not -system.dim <= entry < system.dim:
            raise CocycleError(
                f"response must hold indices from 0 to {system.dim - 1} or names of variables; got {entry!r}."
            )
        out.append(int(entry) % system.dim)
    if not out or len(set(out)) < len(out):
        raise CocycleError(f"response must name one variable or more, each once; got {response!r}.")
    return sorted(out)


def _driven(system, mask):
    if isinstance(system, SemilinearFlow):
        raise NotApplicableError(
            f"conditional_exponents: {type(system).__name__} is a field whose linear part is diagonal in a transform, "
            "which mixes the grid's values. Write it as a plain `Flow`."
        )
    for driven in (_Flow, _Map, _Noisy, _Random, _Delay):
        if isinstance(system, driven.__bases__[1]):  # the kind
            return driven(system, mask)
    raise NotApplicableError(
        f"conditional_exponents takes equations whose variables can be told apart; {type(system).__name__} is neither "
        "a flow nor a map."
    )


class _Driven(Derived):
    """The system itself, but displacements of the drive do not arise.

    The values are those of `of`; the derivative has no rows for the drive. A displacement of the response alone stays
    one, and the variational equation that every solver integrates along it is that of the response.
    """

    mask: eqx.AbstractVar[Any]

    def _only(self, x, axis=-1):
        mask = jnp.expand_dims(self.mask, tuple(range(1, x.ndim))) if axis == 0 else self.mask
        return jnp.where(mask, x, jax.lax.stop_gradient(x))


class _Flow(_Driven, Flow):
    of: Any
    mask: Any

    def vector_field(self, t, x):
        return self._only(as_point(self.of.vector_field(t, x)))


class _Map(_Driven, Map):
    of: Any
    mask: Any

    @property
    def dt(self):
        return self.of.dt

    def step(self, n, x):
        return self._only(as_point(self.of.step(n, x)))


class _Random(_Driven, RandomMap):
    of: Any
    mask: Any

    @property
    def dt(self):
        return self.of.dt

    def step(self, n, x, key):
        return self._only(as_point(self.of.step(n, x, key)))


class _Noisy(_Driven, StochasticFlow):
    of: Any
    mask: Any

    @property
    def calculus(self):
        return self.of.calculus

    @property
    def additive(self):
        return self.of.additive

    def drift(self, t, x):
        return self._only(as_point(self.of.drift(t, x)))

    def diffusion(self, t, x):
        return self._only(jnp.asarray(self.of.diffusion(t, x)), axis=0)


class _Delay(_Driven, DelayFlow):
    of: Any
    mask: Any

    @property
    def delays(self):
        return self.of.delays

    def vector_field(self, t, x, delayed):
        return self._only(as_point(self.of.vector_field(t, x, delayed)))

    def history(self, t):
        return self.of.history(t)
