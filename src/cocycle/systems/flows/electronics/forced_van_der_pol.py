"""The forced van der Pol oscillator."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Status, param

__all__ = ["ForcedVanDerPol"]


class ForcedVanDerPol(Flow):
    r"""The van der Pol oscillator under periodic forcing: locking, beats, and chaos of strong relaxation oscillations.

    $$\dot x = v, \quad \dot v = \mu (1 - x^2)\, v - x + a \cos \omega t$$

    Weak forcing near the natural frequency locks the oscillator, off it the motion is quasi-periodic [@vanderpol1927].
    For strong forcing, locked motions follow each other in a devil's staircase, and periods double to chaos in narrow
    ranges of the frequency [@parlitz1987].

    **Arguments**: `mu` nonlinearity 5; `a` strength 5 and `omega` angular frequency 2.466 of the forcing.

    **Good values**: the defaults are chaotic; `a=0.5`, `mu=0.2` with `omega=1` locked and with `omega=1.5`
    quasi-periodic.
    """

    mu: Any = param(5.0)
    a: Any = param(5.0)
    omega: Any = param(2.466)

    card: ClassVar = Card(
        title="Forced van der Pol oscillator",
        equation=r"\dot x = v,\ \dot v = \mu (1 - x^2) v - x + a \cos \omega t",
        field="electronics",
        cite=("vanderpol1927", "parlitz1987"),
        variables=("x", "v"),
        state=(1.7887, 0.2794),
        period=2 * math.pi / 2.466,
        dt=0.025,
        transient=250.0,
        tags=frozenset({"chaotic", "dissipative", "forced", "polynomial"}),
        presets={
            "chaotic": {"mu": 5.0, "a": 5.0, "omega": 2.466},
            "locked": {"mu": 0.2, "a": 0.5, "omega": 1.0},
            "quasi-periodic": {"mu": 0.2, "a": 0.5, "omega": 1.5},
        },
        status=Status.VERIFIED,
    )

    @property
    def forcing_period(self):
        return 2 * jnp.pi / self.omega

    def vector_field(self, t, x):
        x, v = x
        return v, self.mu * (1 - x * x) * v - x + self.a * jnp.cos(self.omega * t)
