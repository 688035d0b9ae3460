"""Nicholson's blowflies."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, DelayFlow, Known, Source, Status, param

__all__ = ["NicholsonBlowflies"]

_LATE = math.acos(-1 / (math.log(6.5 / 0.16) - 1))


class NicholsonBlowflies(DelayFlow):
    r"""Sheep blowflies in a cage: eggs laid today are adults a time $\tau$ later, and crowded flies lay few.

    $$\dot N = P N_\tau e^{-N_\tau / N_0} - \delta N, \quad N_\tau = N(t - \tau)$$

    Gurney, Blythe and Nisbet's explanation of the cycles in Nicholson's cages, with their double peaks [@gurney1980];
    the default values fit his numbers roughly [@wood2010]. The equilibrium $N_0 \ln(P/\delta)$ loses stability once
    $P/\delta > e^2$ and the delay is long enough.

    **Arguments**: `P` 6.5 eggs a day that will be adults; `delta` 0.16 deaths a day; `N0` 400, the number at which most
    eggs are laid; `tau` 14 days from egg to adult.

    **Good values**: `P=6.5` a cycle; `P=1` at rest; `tau=60` weakly chaotic.
    """

    P: Any = param(6.5)
    delta: Any = param(0.16)
    N0: Any = param(400.0)
    tau: Any = param(14.0)

    card: ClassVar = Card(
        title="Nicholson's blowflies",
        equation=r"\dot N = P N_\tau e^{-N_\tau / N_0} - \delta N,\ N_\tau = N(t - \tau)",
        field="ecology",
        cite=("gurney1980", "wood2010"),
        variables=("N",),
        units=("flies",),
        state=(800.0,),
        period=39.0,
        dt=0.4,
        transient=2000.0,
        tags=frozenset({"periodic", "autonomous", "delay", "dissipative"}),
        presets={"periodic": {"P": 6.5}, "chaotic": {"tau": 60.0}, "fixed point": {"P": 1.0}},
        known={
            "fixed_points": Known(
                ((0.0,), (400 * math.log(6.5 / 0.16),)), Source.EXACT, "0 and N0 ln(P / delta)", 1e-10
            ),
            "bifurcation:tau": Known(
                _LATE / (0.16 * math.tan(math.pi - _LATE)),
                Source.EXACT,
                "Hopf: with k = ln(P/delta) - 1, arccos(-1/k) / (delta sqrt(k^2 - 1))",
                1e-10,
            ),
        },
        status=Status.VERIFIED,
    )

    @property
    def delays(self):
        return jnp.reshape(self.tau, (1,))

    def vector_field(self, t, x, delayed):
        del t
        late = delayed[0]
        return self.P * late * jnp.exp(-late / self.N0) - self.delta * x
