"""The Hindmarsh-Rose neuron."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Status, param

__all__ = ["HindmarshRose"]


class HindmarshRose(Flow):
    r"""The Hindmarsh-Rose neuron: bursts of spikes, regular or chaotic.

    $$\dot x = y - a x^3 + b x^2 - z + I, \quad \dot y = c - d x^2 - y, \quad \dot z = r\,(s (x - x_r) - z)$$

    `x` is the membrane potential, `y` the fast and `z` the slow current; the slow one switches the spiking on and off
    [@hindmarsh1984].

    **Arguments**: `a` 1, `b` 3, `c` 1, `d` 5: shape of the spike; `r` 0.005: the slow rate; `s` 4 and `xr` -1.6: the
    adaptation; `I` 3.25: the injected current.

    **Good values**: `I=3.25` irregular bursts; `I=2` periodic bursts; `I=4` periodic spikes; `I=0` rest.
    """

    a: Any = param(1.0)
    b: Any = param(3.0)
    c: Any = param(1.0)
    d: Any = param(5.0)
    r: Any = param(0.005)
    s: Any = param(4.0)
    xr: Any = param(-1.6)
    I: Any = param(3.25)  # noqa: E741 - the symbol of the field

    card: ClassVar = Card(
        title="Hindmarsh-Rose",
        equation=r"\dot x = y - a x^3 + b x^2 - z + I,\ \dot y = c - d x^2 - y,\ \dot z = r (s (x - x_r) - z)",
        field="neuroscience",
        cite=("hindmarsh1984",),
        variables=("x", "y", "z"),
        state=(-1.242, -6.7111, 3.0816),
        period=150.0,
        dt=0.5,
        transient=2000.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial", "neuroscience", "fast-slow"}),
        presets={"chaotic": {"I": 3.25}, "bursting": {"I": 2.0}, "spiking": {"I": 4.0}, "rest": {"I": 0.0}},
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return (
            y - self.a * x * x * x + self.b * x * x - z + self.I,
            self.c - self.d * x * x - y,
            self.r * (self.s * (x - self.xr) - z),
        )
