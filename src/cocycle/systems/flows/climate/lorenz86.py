"""Lorenz's 1986 model of the slow manifold."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Lorenz86"]


class Lorenz86(Flow):
    r"""Lorenz's 1986 model: a slow triad of Rossby waves that excites a fast gravity wave, without loss.

    $$\dot U = -V W + b V Z, \quad \dot V = U W - b U Z, \quad \dot W = -U V, \quad \dot X = -Z,
    \quad \dot Z = b U V + X$$

    `U, V, W` are the Rossby waves; `X, Z` is the gravity wave, of period $2\pi$. It conserves $U^2 + V^2$ and
    $V^2 + W^2 + X^2 + Z^2$: a pendulum of angle $2\arctan(V/U)$, coupled to an oscillator. Lorenz asked whether a slow
    manifold, free of gravity waves, exists [@lorenz1986]; with forcing and damping it does not, exactly
    [@lorenz1987]. Most orbits are regular, those near the unstable state $U = W = 0$ chaotic.

    **Arguments**: `b` the coupling of the two kinds of waves, 0.5.

    **Good values**: `b=0.5` chaotic from the default state; with `b=0` the waves ignore each other.
    """

    b: Any = param(0.5)

    card: ClassVar = Card(
        title="Lorenz 1986",
        equation=(r"\dot U = -V W + b V Z,\ \dot V = U W - b U Z,\ \dot W = -U V,\ \dot X = -Z,\ \dot Z = b U V + X"),
        field="climate",
        cite=("lorenz1986", "lorenz1987"),
        variables=("U", "V", "W", "X", "Z"),
        state=(-0.11, 0.99, 0.05, 0.0, 0.0),
        period=6.3,
        dt=0.06,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "autonomous", "polynomial"}),
        presets={"coupled": {"b": 0.5}, "uncoupled": {"b": 0.0}},
        known={
            "divergence": Known(0.0, Source.EXACT, "no volume is lost", 1e-13),
            "fixed_points": Known(
                ((1.0, 0.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0, 0.0)), Source.EXACT, "any U or any V alone", 1e-14
            ),
            "symmetry": Known((-1, 2, -3, -4, -5), Source.EXACT, "all but V change the sign", 1e-13),
            "reversor": Known((1, -2, 3, -4, 5), Source.EXACT, "V and X change the sign", 1e-13),
        },
        status=Status.VERIFIED,
    )

    def invariants(self, x):
        """The two quadratic invariants."""
        U, V, W, X, Z = x
        return {"rossby": U * U + V * V, "energy": V * V + W * W + X * X + Z * Z}

    def vector_field(self, t, x):
        del t
        U, V, W, X, Z = x
        slope = W - self.b * Z
        return -V * slope, U * slope, -U * V, -Z, self.b * U * V + X
