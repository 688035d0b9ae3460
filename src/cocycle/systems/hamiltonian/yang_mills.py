"""Classical Yang-Mills mechanics."""

from typing import Any, ClassVar

from cocycle.core import Card, HamiltonianFlow, Known, Source, Status, param

__all__ = ["YangMills"]


class YangMills(HamiltonianFlow):
    r"""A homogeneous Yang-Mills field of two components, with a Higgs vacuum: chaos that the vacuum can quench.

    $$H = \tfrac12 (p_1^2 + p_2^2) + \tfrac12 g^2 q_1^2 q_2^2 + \tfrac12 \omega^2 (q_1^2 + q_2^2)$$

    Without the vacuum ($\omega = 0$) it is one of the most chaotic smooth potentials known: exponents grow as the
    fourth root of the energy, the only scale [@matinyan1981; @savvidy1984], though small islands exist
    [@dahlqvist1990]. Orbits then run out along the axes, where the potential vanishes, as far as one likes, and return.
    What matters otherwise is $g^2 H / \omega^4$: small values are regular.

    **Arguments**: `g` coupling, 1; `omega` mass of the vacuum, 0.5.

    **Good values**: `omega=0.5` chaotic from the default state; `omega=2` regular; `omega=0` the pure field.
    """

    g: Any = param(1.0)
    omega: Any = param(0.5)

    card: ClassVar = Card(
        title="Yang-Mills mechanics",
        equation=r"H = \tfrac12 (p_1^2 + p_2^2) + \tfrac12 g^2 q_1^2 q_2^2 + \tfrac12 \omega^2 (q_1^2 + q_2^2)",
        field="physics",
        cite=("matinyan1981", "savvidy1984", "dahlqvist1990"),
        variables=("q1", "q2", "p1", "p2"),
        state=(0.8, 0.6, 1.5, -1.0),
        period=5.0,
        dt=0.05,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "autonomous", "polynomial"}),
        presets={"chaotic": {"omega": 0.5}, "regular": {"omega": 2.0}, "pure": {"omega": 0.0}},
        known={
            "divergence": Known(0.0, Source.EXACT, "Liouville", 1e-13),
            "fixed_points": Known(((0.0, 0.0, 0.0, 0.0),), Source.EXACT, "the vacuum", 1e-14),
            "symmetry": Known((2, 1, 4, 3), Source.EXACT, "exchange of the components", 1e-13),
            "reversor": Known((1, 2, -3, -4), Source.EXACT, "t -> -t with p -> -p", 1e-13),
        },
        status=Status.VERIFIED,
    )
    separable: ClassVar = True

    def hamiltonian(self, q, p):
        quadratic = 0.5 * (p[0] ** 2 + p[1] ** 2 + self.omega**2 * (q[0] ** 2 + q[1] ** 2))
        return quadratic + 0.5 * (self.g * q[0] * q[1]) ** 2
