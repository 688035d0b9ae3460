"""Arnold's circle map."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["CircleMap"]


class CircleMap(Map):
    r"""The sine circle map: an oscillator kicked once a turn. Locking, quasi-periodic motion, and chaos above `K = 1`.

    $$\theta_{n+1} = \theta_n + \Omega - \frac{K}{2\pi} \sin 2 \pi \theta_n \pmod 1$$

    Up to $K = 1$ the map is invertible. Each rational rotation number holds on an interval of $\Omega$, an Arnold
    tongue [@arnold1965circle]; at $K = 1$ the tongues fill the line but for a set of dimension about 0.87, and above
    they overlap [@jensen1984]. The tongue of the fixed point is $|\Omega| \le K / (2\pi)$. Exponent in [@sprott2003,
    appendix A]. (Some write a plus before `K`: the same map, shifted by half a turn.)

    **Arguments**: `Omega`, the turn without kicks, 0.5; `K`, the strength of the kicks, 2.

    **Good values**: `K=2, Omega=0.5` chaotic; `K=0.8, Omega=0.1` locked; `K=0.5, Omega=0.6180` quasi-periodic.
    """

    Omega: Any = param(0.5)
    K: Any = param(2.0)

    card: ClassVar = Card(
        title="Sine circle map",
        equation=r"\theta_{n+1} = \theta_n + \Omega - \frac{K}{2 \pi} \sin(2 \pi \theta_n) \pmod{1}",
        field="physics",
        cite=("arnold1965circle", "jensen1984", "sprott2003"),
        variables=("theta",),
        state=(0.1244,),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "phases", "synchronisation"}),
        presets={
            "chaotic": {"K": 2.0, "Omega": 0.5},
            "fixed point": {"K": 0.8, "Omega": 0.1},
            "period 2": {"K": 0.8, "Omega": 0.5},
            "quasi-periodic": {"K": 0.5, "Omega": (5**0.5 - 1) / 2},
            "critical": {"K": 1.0, "Omega": 0.6066610634702},
        },
        known={
            "lyapunov": Known((0.353863,), Source.PAPER, "sprott2003, appendix A", 1e-3),
            "bifurcation:K": Known(1.0, Source.EXACT, "no longer invertible above", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        return jnp.mod(x + self.Omega - self.K / (2 * jnp.pi) * jnp.sin(2 * jnp.pi * x), 1.0)
