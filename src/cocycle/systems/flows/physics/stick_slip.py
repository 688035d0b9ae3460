"""A weakly forced stick-slip oscillator."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Status, param

__all__ = ["StickSlip"]


class StickSlip(Flow):
    r"""A mass in a double well on a moving belt, weakly forced, with friction that jumps.

    $$\dot x = v, \quad \dot v = a x - b x^3 + \epsilon\,(\gamma \cos \omega t - T(v - v_0)), \quad
    T(u) = T_0 \operatorname{sgn} u - \alpha u + \beta u^3$$

    The belt runs at $v_0$. Friction is largest at rest and falls with the speed of slip before it rises again, as in
    [@awrejcewicz1999], who predict chaos by Melnikov's function for small $\epsilon$. A known collection of chaotic
    flows takes $-\alpha v$ in place of $-\alpha (v - v_0)$, which adds the constant force $\epsilon \alpha v_0$.

    The force jumps by $2 \epsilon T_0$ at $v = v_0$. Where it points to the jump from both sides the mass sticks to the
    belt, a motion that this equation leaves undefined and that a solver meets by chattering; the tangent flow jumps
    too, so the exponents computed are not those of the motion. With the jump smoothed over 0.01 in `v` we find a cycle
    of three periods of the forcing in one well, not chaos, at the values below, which are those of that collection.

    **Arguments**: `a` 1 and `b` 1, the well; `epsilon` 0.05, the size of the rest; `gamma` 1 and `omega` 2, forcing;
    `T0` 0.3, `alpha` 0.3 and `beta` 0.3, friction; `v0` 0.4, speed of the belt.

    **Good values**: `gamma=1` and `gamma=0` cycles.
    """

    a: Any = param(1.0)
    b: Any = param(1.0)
    epsilon: Any = param(0.05)
    gamma: Any = param(1.0)
    omega: Any = param(2.0)
    T0: Any = param(0.3)
    alpha: Any = param(0.3)
    beta: Any = param(0.3)
    v0: Any = param(0.4)

    card: ClassVar = Card(
        title="Stick-slip oscillator",
        equation=(
            r"\dot x = v,\ \dot v = a x - b x^3 + \epsilon (\gamma \cos(\omega t) - T),\ "
            r"T = T_0 \operatorname{sgn}(v - v_0) - \alpha (v - v_0) + \beta (v - v_0)^3"
        ),
        field="physics",
        cite=("awrejcewicz1999",),
        variables=("x", "v"),
        state=(0.7153, -0.2125),
        period=math.pi,
        dt=0.03,
        transient=1000.0,
        tags=frozenset({"periodic", "dissipative", "forced", "piecewise"}),
        status=Status.UNVERIFIED,
        reason="the force jumps at the speed of the belt: the tangent flow jumps too, and the mass may stick",
    )

    @property
    def forcing_period(self):
        return 2 * jnp.pi / self.omega

    def vector_field(self, t, x):
        x, v = x
        slip = v - self.v0
        friction = self.T0 * jnp.sign(slip) - self.alpha * slip + self.beta * slip**3
        force = self.gamma * jnp.cos(self.omega * t) - friction
        return v, self.a * x - self.b * x**3 + self.epsilon * force
