"""The intermittency map of Liverani, Saussol and Vaienti."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["LiveraniSaussolVaienti"]


class LiveraniSaussolVaienti(Map):
    r"""The intermittency of Pomeau and Manneville, in the form for which decay of correlations is proved.

    $$x_{n+1} = \begin{cases} x_n (1 + 2^\alpha x_n^\alpha) & x_n < \tfrac12 \\
    2 x_n - 1 & \text{otherwise} \end{cases}$$

    The fixed point 0 is marginal. For $0 < \alpha < 1$ there is an invariant probability density and correlations decay
    like $n^{1 - 1/\alpha}$, up to logarithms [@liverani1999]; for $\alpha \ge 1$ only an infinite measure is left. The
    route to turbulence behind it is Pomeau and Manneville's [@pomeau1980].

    **Arguments**: `alpha`, how flat the map is at 0, 0.5.

    **Good values**: `alpha=0.5` intermittent; `alpha=0.2` chaotic.
    """

    alpha: Any = param(0.5)

    card: ClassVar = Card(
        title="Liverani-Saussol-Vaienti map",
        equation=(
            r"x_{n+1} = \begin{cases} x_n (1 + 2^\alpha x_n^\alpha) & x_n < \frac{1}{2} \\ 2 x_n - 1 & \text{otherwise}"
            r" \end{cases}"
        ),
        field="mathematics",
        cite=("liverani1999", "pomeau1980"),
        variables=("x",),
        state=(0.3141,),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "piecewise"}),
        presets={"intermittent": {"alpha": 0.5}, "chaotic": {"alpha": 0.2}},
        known={"fixed_points": Known(((0.0,), (1.0,)), Source.EXACT, "0 and 1", 1e-14)},
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        low = jnp.where(x > 0, x, 1.0)  # a power of 0 has no derivative with respect to the exponent
        return jnp.where(x < 0.5, x * (1 + jnp.where(x > 0, (2 * low) ** self.alpha, 0.0)), 2 * x - 1)
