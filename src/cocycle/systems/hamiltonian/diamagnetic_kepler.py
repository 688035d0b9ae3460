"""The hydrogen atom in a magnetic field."""

from typing import Any, ClassVar

from cocycle.core import Card, HamiltonianFlow, Known, Source, Status, param

__all__ = ["DiamagneticKepler"]


class DiamagneticKepler(HamiltonianFlow):
    r"""The electron of a hydrogen atom in a magnetic field, without angular momentum about it, in regular coordinates.

    $$H = \tfrac12 (p_1^2 + p_2^2) - \epsilon (q_1^2 + q_2^2) + \tfrac18 q_1^2 q_2^2 (q_1^2 + q_2^2)$$

    In the semiparabolic coordinates $q_1 = \sqrt{r + z}$, $q_2 = \sqrt{r - z}$ (with signs) collisions with the nucleus
    are regular; the physical motion has $H = 2$, and the parameter is the scaled energy $\epsilon = E \gamma^{-2/3}$.
    Between about $\epsilon = -0.5$ and $-0.13$ nearly regular motion gives way to nearly complete chaos; below
    $\epsilon = 0$ the electron is bound [@friedrich1989].

    **Arguments**: `epsilon` scaled energy, -0.1.

    **Good values**: `epsilon=-0.1` chaotic; `epsilon=-0.8` nearly regular.
    """

    epsilon: Any = param(-0.1)

    card: ClassVar = Card(
        title="Diamagnetic Kepler problem",
        equation=(r"H = \tfrac12 (p_1^2 + p_2^2) - \epsilon (q_1^2 + q_2^2) + \tfrac18 q_1^2 q_2^2 (q_1^2 + q_2^2)"),
        field="physics",
        cite=("friedrich1989",),
        variables=("q1", "q2", "p1", "p2"),
        state=(0.0, 0.0, 1.2, 1.6),
        period=5.1,
        dt=0.04,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "autonomous", "polynomial"}),
        presets={"chaotic": {"epsilon": -0.1}, "nearly regular": {"epsilon": -0.8}},
        known={
            "divergence": Known(0.0, Source.EXACT, "Liouville", 1e-12),
            "fixed_points": Known(((0.0, 0.0, 0.0, 0.0),), Source.EXACT, "the nucleus (H = 0)", 1e-14),
            "symmetry": Known((2, 1, 4, 3), Source.EXACT, "exchange of the coordinates", 1e-12),
            "reversor": Known((1, 2, -3, -4), Source.EXACT, "t -> -t with p -> -p", 1e-12),
        },
        status=Status.VERIFIED,
    )
    separable: ClassVar = True

    def hamiltonian(self, q, p):
        a, b = q[0] ** 2, q[1] ** 2
        return 0.5 * (p[0] ** 2 + p[1] ** 2) - self.epsilon * (a + b) + a * b * (a + b) / 8
