"""The theta neuron."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["ThetaNeuron"]


class ThetaNeuron(Flow):
    r"""Ermentrout and Kopell's theta neuron: the normal form of a neuron at the onset of firing.

    $$\dot\theta = 1 - \cos \theta + (1 + \cos \theta) I$$

    $\theta$ is the phase; the neuron fires when it passes $\pi$. With $v = \tan(\theta/2)$ it is the quadratic
    integrate-and-fire neuron $\dot v = v^2 + I$. For $I > 0$ it fires with period $\pi/\sqrt{I}$; at $I = 0$ rest and
    threshold meet on the circle [@ermentrout1986]. The phase is not wrapped.

    **Arguments**: `I` 0.25: the injected current.

    **Good values**: `I=0.25` fires with period $2\pi$; `I=-0.25` rest, excitable.
    """

    I: Any = param(0.25)  # noqa: E741 - the symbol of the field

    card: ClassVar = Card(
        title="Theta neuron",
        equation=r"\dot\theta = 1 - \cos \theta + (1 + \cos \theta) I",
        field="neuroscience",
        cite=("ermentrout1986",),
        variables=("theta",),
        state=(0.0,),
        period=2 * math.pi,
        dt=2 * math.pi / 100,
        transient=0.0,
        unbounded=("theta",),
        tags=frozenset({"periodic", "autonomous", "phases"}),
        presets={"firing": {"I": 0.25}, "excitable": {"I": -0.25}},
        known={
            "reversor": Known((-1,), Source.EXACT, "theta -> -theta, t -> -t", 1e-14),
            "bifurcation:I": Known(0.0, Source.EXACT, "saddle-node on the circle", 1e-15),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        (theta,) = x
        return (1 - jnp.cos(theta) + (1 + jnp.cos(theta)) * self.I,)
