"""The Ikeda map."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["Ikeda"]


class Ikeda(Map):
    r"""Light going round a ring cavity with a nonlinear absorber, one step a round trip.

    $$z_{n+1} = 1 + u\, z_n \exp\!\left(i \kappa - \frac{i \alpha}{1 + |z_n|^2}\right), \quad z = x + i y$$

    The rotation conserves areas, so they shrink by exactly $u^2$ a step [@ikeda1979; @hammel1985]. At `u = 0.9` a
    stable fixed point with $|z| > 3$ coexists with the chaotic attractor.

    **Arguments**: `u` the fraction of light kept, 0.9; `kappa` the detuning, 0.4; `alpha` the nonlinear phase, 6.

    Exponents in [@sprott2003, appendix A].

    **Good values**: `u=0.9` chaotic; `u=0.6` period 4; `u=0.3` stable fixed point.
    """

    u: Any = param(0.9)
    kappa: Any = param(0.4)
    alpha: Any = param(6.0)

    card: ClassVar = Card(
        title="Ikeda map",
        equation=r"z_{n+1} = 1 + u z_n \exp(i \kappa - i \alpha / (1 + |z_n|^2)),\ z = x + i y",
        field="physics",
        cite=("ikeda1979", "hammel1985", "sprott2003"),
        variables=("x", "y"),
        state=(0.8753, -1.0319),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative", "invertible", "optics"}),
        presets={"chaotic": {"u": 0.9}, "period 4": {"u": 0.6}, "fixed point": {"u": 0.3}},
        known={
            "determinant": Known(0.81, Source.EXACT, "u^2", 1e-12),
            "lyapunov": Known((0.5076, -0.7183), Source.PAPER, "sprott2003, appendix A", 5e-3),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        angle = self.kappa - self.alpha / (1 + x * x + y * y)
        c, s = jnp.cos(angle), jnp.sin(angle)
        return 1 + self.u * (x * c - y * s), self.u * (x * s + y * c)
