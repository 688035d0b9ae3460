"""Two populations and two strategies each."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["MatchingPennies"]


class MatchingPennies(Flow):
    r"""Two populations with two strategies each and opposed interests: matching pennies, or the battle of the sexes.

    $$\dot x = x (1 - x) [(a_1 + a_2) y - a_2], \quad \dot y = y (1 - y) [b_2 - (b_1 + b_2) x]$$

    `x` is the fraction of the first population that shows heads: it earns $a_1$ against heads and $a_2$ with tails
    against tails; `y` that of the second, which earns $b_2$ for heads against tails and $b_1$ for tails against heads
    (all positive). All motions are closed curves around $x = b_2/(b_1 + b_2)$, $y = a_2/(a_1 + a_2)$, with
    $x^{b_2} (1 - x)^{b_1} y^{a_2} (1 - y)^{a_1}$ conserved [@hofbauer1998; @schuster1981].

    **Arguments**: `a1` 1, `a2` 1, `b1` 1, `b2` 1, the payoffs.

    **Good values**: `a1=1` fair; `a1=3` a biased penny.
    """

    a1: Any = param(1.0)
    a2: Any = param(1.0)
    b1: Any = param(1.0)
    b2: Any = param(1.0)

    card: ClassVar = Card(
        title="Matching pennies",
        equation=(r"\dot x = x (1 - x) ((a_1 + a_2) y - a_2),\ \dot y = y (1 - y) (b_2 - (b_1 + b_2) x)"),
        field="economics",
        cite=("hofbauer1998", "schuster1981"),
        variables=("x", "y"),
        state=(0.8, 0.5),
        period=14.0,
        dt=0.1,
        transient=0.0,
        tags=frozenset({"periodic", "conservative", "autonomous", "polynomial"}),
        presets={"fair": {"a1": 1.0}, "biased": {"a1": 3.0}},
        known={
            "fixed_points": Known(
                ((0.5, 0.5), (0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)),
                Source.EXACT,
                "the mixed equilibrium b2/(b1 + b2), a2/(a1 + a2), and the corners",
                1e-14,
            ),
            "lyapunov": Known((0.0, 0.0), Source.EXACT, "closed curves", 5e-3),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y = x
        first = (self.a1 + self.a2) * y - self.a2
        return x * (1 - x) * first, y * (1 - y) * (self.b2 - (self.b1 + self.b2) * x)

    def invariants(self, x):
        x, y = x
        first = self.b2 * jnp.log(x) + self.b1 * jnp.log(1 - x)
        return {"log product": first + self.a2 * jnp.log(y) + self.a1 * jnp.log(1 - y)}
