"""Classical Yang-Mills mechanics."""

from typing import Any, ClassVar

from cocycle.core import Card, HamiltonianFlow, Known, Source, Status, param

__all__ = ["YangMills"]


class YangMills(HamiltonianFlow):
    r"""A homogeneous Yang-Mills field of two components: one of the most chaotic smooth potentials known.

    $$H = \tfrac12 (p_1^2 + p_2^2) + \tfrac12 g^2 q_1^2 q_2^2$$

    Four channels of zero potential along the axes narrow for ever; the orbit returns from each. There is no energy
    scale: if $q(t)$ is a motion so is $c\, q(c t)$, so exponents grow as the fourth root of the energy
    [@matinyan1981; @savvidy1984]. Chaos is not complete: small islands exist [@dahlqvist1990].

    **Arguments**: `g` coupling, 1. The default state has the energy 1/2.
    """

    g: Any = param(1.0)

    card: ClassVar = Card(
        title="Yang-Mills mechanics",
        equation=r"H = \tfrac12 (p_1^2 + p_2^2) + \tfrac12 g^2 q_1^2 q_2^2",
        field="physics",
        cite=("matinyan1981", "savvidy1984", "dahlqvist1990"),
        variables=("q1", "q2", "p1", "p2"),
        unbounded=("q1", "q2"),
        state=(0.8, 0.6, 0.675278, -0.56),
        period=10.0,
        dt=0.05,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "autonomous", "polynomial"}),
        known={
            "divergence": Known(0.0, Source.EXACT, "Liouville", 1e-13),
            "fixed_points": Known(((0.0, 0.0, 0.0, 0.0),), Source.EXACT, "both axes, at rest", 1e-14),
            "symmetry": Known((2, 1, 4, 3), Source.EXACT, "exchange of the components", 1e-13),
            "reversor": Known((1, 2, -3, -4), Source.EXACT, "t -> -t with p -> -p", 1e-13),
        },
        status=Status.VERIFIED,
    )
    separable: ClassVar = True

    def hamiltonian(self, q, p):
        return 0.5 * (p[0] ** 2 + p[1] ** 2) + 0.5 * (self.g * q[0] * q[1]) ** 2
