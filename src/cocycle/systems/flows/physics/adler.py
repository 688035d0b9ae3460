"""Adler's equation of phase locking."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Adler"]


class Adler(Flow):
    r"""Adler's equation: the phase of an oscillator relative to the weak signal that tries to lock it.

    $$\dot\phi = \nu - K \sin\phi$$

    For $|\nu| < K$ the phase locks at $\sin\phi = \nu/K$; at $|\nu| = K$ the locked states meet in a saddle-node
    bifurcation on the circle, and beyond it the phase slips, with the beat period $2\pi/\sqrt{\nu^2 - K^2}$
    [@adler1946]. It also stands for an overdamped pendulum under torque, and for an overdamped Josephson junction
    [@strogatz1994, section 4.6].

    **Arguments**: `nu` detuning of the two frequencies, 5/4; `K` strength of the signal, 1.

    **Good values**: `nu=1.25` slips; `nu=1.001` rare slips; `nu=0.5` locked.
    """

    nu: Any = param(1.25)
    K: Any = param(1.0)

    card: ClassVar = Card(
        title="Adler equation",
        equation=r"\dot\phi = \nu - K \sin\phi",
        field="physics",
        cite=("adler1946", "strogatz1994"),
        variables=("phi",),
        units=("rad",),
        state=(0.0,),
        period=2 * math.pi / 0.75,
        dt=0.08,
        transient=0.0,
        unbounded=("phi",),
        tags=frozenset({"periodic", "dissipative", "autonomous", "phases", "synchronisation"}),
        presets={"slips": {"nu": 1.25}, "rare slips": {"nu": 1.001}, "locked": {"nu": 0.5}},
        known={
            "period": Known(2 * math.pi / 0.75, Source.EXACT, "2 pi / sqrt(nu^2 - K^2)", 1e-9),
            "bifurcation:nu": Known(1.0, Source.EXACT, "K: saddle-node of the locked states", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        return self.nu - self.K * jnp.sin(x)
