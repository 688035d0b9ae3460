"""The LPA model of flour beetles."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["FlourBeetle"]


class FlourBeetle(Map):
    r"""Larvae, pupae and adults of the flour beetle: the model whose chaos was made in the laboratory.

    $$L_{n+1} = b A_n e^{-c_{el} L_n - c_{ea} A_n}, \quad P_{n+1} = (1 - \mu_l) L_n, \quad
    A_{n+1} = P_n e^{-c_{pa} A_n} + (1 - \mu_a) A_n$$

    A step is two weeks. Eggs are eaten by larvae and adults, pupae by adults [@dennis1995]. With the adults' mortality
    set to 0.96 by the experimenters, the model goes through equilibria, circles, cycles and chaos as $c_{pa}$ is set
    from 0 to 1, and the beetles follow [@costantino1997].

    **Arguments**: `b` 6.598 larvae per adult and step; the rates of cannibalism `c_el` 0.01209 and `c_ea` 0.01155 of
    eggs, by larvae and by adults, and `c_pa` 0.35 of pupae; the mortalities `mu_l` 0.2055 and `mu_a` 0.96.

    **Good values**: `c_pa=0.35` chaotic; `c_pa=1` period 3; `c_pa=0.1` an invariant circle; `c_pa=0.05` period 8;
    `c_pa=0` fixed point.
    """

    b: Any = param(6.598)
    c_el: Any = param(0.01209)
    c_ea: Any = param(0.01155)
    c_pa: Any = param(0.35)
    mu_l: Any = param(0.2055)
    mu_a: Any = param(0.96)

    card: ClassVar = Card(
        title="Flour beetles (LPA model)",
        equation=(
            r"L_{n+1} = b A_n e^{-c_{el} L_n - c_{ea} A_n},\ P_{n+1} = (1 - \mu_l) L_n,\ "
            r"A_{n+1} = P_n e^{-c_{pa} A_n} + (1 - \mu_a) A_n"
        ),
        field="ecology",
        cite=("dennis1995", "costantino1997"),
        variables=("L", "P", "A"),
        units=("animals", "animals", "animals"),
        state=(1.9709, 132.91, 4.6875),
        dt=1.0,
        transient=2000.0,
        tags=frozenset({"chaotic", "dissipative"}),
        presets={
            "chaotic": {"c_pa": 0.35},
            "period 3": {"c_pa": 1.0},
            "invariant circle": {"c_pa": 0.1},
            "period 8": {"c_pa": 0.05},
            "fixed point": {"c_pa": 0.0},
        },
        known={"fixed_points": Known(((0.0, 0.0, 0.0),), Source.EXACT, "extinction", 1e-14)},
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        L, P, A = x
        return (
            self.b * A * jnp.exp(-self.c_el * L - self.c_ea * A),
            (1 - self.mu_l) * L,
            P * jnp.exp(-self.c_pa * A) + (1 - self.mu_a) * A,
        )
