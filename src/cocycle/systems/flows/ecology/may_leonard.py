"""May and Leonard's three competitors."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["MayLeonard"]


class MayLeonard(Flow):
    r"""May and Leonard's competitors: rock, paper, scissors with a heteroclinic cycle.

    $$\dot x = x (1 - x - \alpha y - \beta z), \quad \dot y = y (1 - y - \alpha z - \beta x), \quad \dot z = z (1 - z -
    \alpha x - \beta y)$$

    Each species suffers weakly from one competitor and strongly from the other. For $\alpha + \beta < 2$ all coexist at
    $1/(1 + \alpha + \beta)$; for $\alpha + \beta > 2$ and $\alpha < 1$ orbits approach the heteroclinic cycle of the
    three single-species states, staying near each ever longer; at $\alpha + \beta = 2$, the default, the plane $x + y +
    z = 1$ attracts all and is filled with closed orbits of constant $x y z$ [@may1975]. In floating point a long run
    along the heteroclinic cycle ends at one of its saddles, when the other two numbers vanish. With $x = u^2$ and so on
    it is the cubic flow of [@guckenheimer1988], in which such cycles persist.

    **Arguments**: `alpha` 0.8, `beta` 1.2, the two strengths of competition.

    **Good values**: `beta=1.2` closed orbits; `beta=1` coexistence; `beta=1.3` heteroclinic cycle.
    """

    alpha: Any = param(0.8)
    beta: Any = param(1.2)

    card: ClassVar = Card(
        title="May-Leonard",
        equation=(
            r"\dot x = x (1 - x - \alpha y - \beta z),\ "
            r"\dot y = y (1 - y - \alpha z - \beta x),\ "
            r"\dot z = z (1 - z - \alpha x - \beta y)"
        ),
        field="ecology",
        cite=("may1975", "guckenheimer1988"),
        variables=("x", "y", "z"),
        state=(0.6, 0.2, 0.2),
        period=60.0,
        dt=0.5,
        transient=0.0,
        tags=frozenset({"periodic", "dissipative", "autonomous", "polynomial"}),
        presets={"neutral": {"beta": 1.2}, "coexistence": {"beta": 1.0}, "heteroclinic": {"beta": 1.3}},
        known={
            "fixed_points": Known(
                ((0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (1 / 3, 1 / 3, 1 / 3)),
                Source.EXACT,
                "none, one, or all of 1/(1 + alpha + beta)",
                1e-12,
            ),
            "symmetry": Known((2, 3, 1), Source.EXACT, "cyclic", 1e-12),
            "lyapunov": Known(
                (0.0, 0.0, -1.0), Source.EXACT, "closed orbits on a plane that attracts with rate 1", 1e-2
            ),
            "bifurcation:beta": Known(1.2, Source.EXACT, "2 - alpha: Hopf of coexistence, degenerate", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        a, b = self.alpha, self.beta
        return x * (1 - x - a * y - b * z), y * (1 - y - a * z - b * x), z * (1 - z - a * x - b * y)
