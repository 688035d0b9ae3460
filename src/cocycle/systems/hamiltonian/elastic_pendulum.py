"""The elastic pendulum."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, HamiltonianFlow, Known, Source, Status, param

__all__ = ["ElasticPendulum"]


class ElasticPendulum(HamiltonianFlow):
    r"""A mass on a spring that may also swing, in a vertical plane.

    $$H = \frac{p_1^2 + p_2^2}{2 m} + \tfrac12 k \left(\sqrt{q_1^2 + q_2^2} - l\right)^2 + m g q_2$$

    `q1` is horizontal, `q2` points up, the spring is hung up at the origin. At rest its length is $l + m g / k$. Near
    rest the spring has the frequency $\sqrt{k/m}$ and the swing $\sqrt{g/(l + m g/k)}$; at the ratio two, as by
    default, they exchange their energy again and again. Small motions are nearly regular, larger ones chaotic
    [@vitt1933; @lynch2002].

    **Arguments**: `m` mass 1; `k` stiffness 4; `l` natural length 0.75; `g` gravity 1.
    """

    m: Any = param(1.0)
    k: Any = param(4.0)
    l: Any = param(0.75)  # noqa: E741 - the symbol of the field
    g: Any = param(1.0)

    card: ClassVar = Card(
        title="Elastic pendulum",
        equation=r"H = \frac{p_1^2 + p_2^2}{2 m} + \tfrac12 k (\sqrt{q_1^2 + q_2^2} - l)^2 + m g q_2",
        field="physics",
        cite=("vitt1933", "lynch2002"),
        variables=("q1", "q2", "p1", "p2"),
        state=(1.2, 0.3, 0.0, 0.0),
        period=4.7,
        dt=0.05,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "autonomous"}),
        known={
            "divergence": Known(0.0, Source.EXACT, "Liouville", 1e-12),
            "fixed_points": Known(
                ((0.0, -1.0, 0.0, 0.0), (0.0, 0.5, 0.0, 0.0)),
                Source.EXACT,
                "hanging, length l + m g / k, and upright, length l - m g / k",
                1e-13,
            ),
            "symmetry": Known((-1, 2, -3, 4), Source.EXACT, "mirror image", 1e-12),
            "reversor": Known((1, 2, -3, -4), Source.EXACT, "t -> -t with p -> -p", 1e-12),
        },
        status=Status.VERIFIED,
    )
    separable: ClassVar = True

    def hamiltonian(self, q, p):
        stretch = jnp.sqrt(jnp.sum(q * q)) - self.l
        return jnp.sum(p * p) / (2 * self.m) + 0.5 * self.k * stretch * stretch + self.m * self.g * q[1]
