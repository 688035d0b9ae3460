"""McMillan's integrable map."""

from typing import Any, ClassVar

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["McMillan"]

_F = 0.5**0.5


class McMillan(Map):
    r"""McMillan's map: nonlinear, area-preserving, and integrable.

    $$x_{n+1} = y_n, \quad y_{n+1} = -x_n + \frac{2 \kappa y_n}{1 + y_n^2}$$

    It conserves $x^2 y^2 + x^2 + y^2 - 2 \kappa x y$, so every orbit lies on a curve, however large `kappa`
    [@mcmillan1971]. For $\kappa > 1$ the origin is a saddle between the centres $x = y = \pm\sqrt{\kappa - 1}$.

    **Arguments**: `kappa`, the strength, 1.5.

    **Good values**: `kappa=1.5` two centres and a saddle; `kappa=0.5` one centre.
    """

    kappa: Any = param(1.5)

    card: ClassVar = Card(
        title="McMillan map",
        equation=r"x_{n+1} = y_n,\ y_{n+1} = -x_n + \frac{2 \kappa y_n}{1 + y_n^2}",
        field="mathematics",
        cite=("mcmillan1971",),
        variables=("x", "y"),
        state=(0.3, 0.9),
        dt=1.0,
        transient=0.0,
        tags=frozenset({"quasi-periodic", "conservative"}),
        presets={"saddle": {"kappa": 1.5}, "centre": {"kappa": 0.5}},
        known={
            "determinant": Known(1.0, Source.EXACT, "area-preserving", 1e-13),
            "fixed_points": Known(
                ((0.0, 0.0), (_F, _F), (-_F, -_F)), Source.EXACT, "0 and x = y = +-sqrt(kappa - 1)", 1e-14
            ),
            "symmetry": Known((-1, -2), Source.EXACT, "(x, y) -> (-x, -y)", 1e-13),
            "lyapunov": Known((0.0, 0.0), Source.EXACT, "integrable", 2e-3),
            "bifurcation:kappa": Known(1.0, Source.EXACT, "pitchfork of the origin", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def invariants(self, x):
        x, y = x
        return {"curve": x * x * y * y + x * x + y * y - 2 * self.kappa * x * y}

    def step(self, n, x):
        del n
        x, y = x
        return y, -x + 2 * self.kappa * y / (1 + y * y)
