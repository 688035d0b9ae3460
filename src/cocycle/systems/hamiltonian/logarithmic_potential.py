"""A star in a flattened galaxy."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, HamiltonianFlow, Known, Source, Status, param

__all__ = ["LogarithmicPotential"]


class LogarithmicPotential(HamiltonianFlow):
    r"""A star in the plane of a non-axisymmetric galaxy with a flat rotation curve: boxes, loops and a little chaos.

    $$H = \tfrac12 (p_1^2 + p_2^2) + \tfrac12 v_0^2 \ln\left(R_c^2 + q_1^2 + \frac{q_2^2}{q^2}\right)$$

    Orbits far out are loops, which keep a sense of rotation, or boxes, which fill a region about the centre; resonant
    families and chaos appear as the core shrinks or the potential flattens [@binney2008, section 3.3.1].

    **Arguments**: `v0` circular speed, 1; `Rc` radius of the core, 0.14; `q` axis ratio of the equipotentials, 0.9.

    **Good values**: `q=0.9` the default state is on a loop; `q=1` a central force.
    """

    v0: Any = param(1.0)
    Rc: Any = param(0.14)
    q: Any = param(0.9)

    card: ClassVar = Card(
        title="Logarithmic galactic potential",
        equation=(r"H = \tfrac12 (p_1^2 + p_2^2) + \tfrac12 v_0^2 \ln(R_c^2 + q_1^2 + \frac{q_2^2}{q^2})"),
        field="physics",
        cite=("binney2008",),
        variables=("q1", "q2", "p1", "p2"),
        symbols={"v_0": "v0", "R_c": "Rc"},
        state=(0.35, 0.0, 0.0, 0.8),
        period=2.0,
        dt=0.02,
        transient=0.0,
        tags=frozenset({"quasi-periodic", "conservative", "autonomous"}),
        presets={"flattened": {"q": 0.9}, "round": {"q": 1.0}},
        known={
            "divergence": Known(0.0, Source.EXACT, "Liouville", 1e-12),
            "fixed_points": Known(((0.0, 0.0, 0.0, 0.0),), Source.EXACT, "the centre", 1e-14),
            "symmetry": Known((1, -2, 3, -4), Source.EXACT, "q2 -> -q2", 1e-12),
            "reversor": Known((1, 2, -3, -4), Source.EXACT, "t -> -t with p -> -p", 1e-12),
        },
        status=Status.VERIFIED,
    )
    separable: ClassVar = True

    def hamiltonian(self, q, p):
        square = self.Rc**2 + q[0] ** 2 + (q[1] / self.q) ** 2
        return 0.5 * jnp.sum(p * p) + 0.5 * self.v0**2 * jnp.log(square)
