"""Rikitake's two-disk dynamo."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["Rikitake"]

_SQUARE = (5.0 + 41.0**0.5) / 4  # k^2


class Rikitake(Flow):
    r"""Rikitake's dynamo: two coupled disks whose magnetic field reverses irregularly.

    $$\dot x = -\mu x + y z, \quad \dot y = -\mu y + (z - a) x, \quad \dot z = 1 - x y$$

    `x`, `y` are the currents in the disks, `z` and $z - a$ their angular velocities; a change of sign of the currents
    stands for a reversal of the Earth's field [@rikitake1958]. The two fixed points, with $x = \pm k, y = \pm 1/k, z =
    \mu k^2$ and $\mu (k^2 - k^{-2}) = a$, have for all parameters a pair of imaginary eigenvalues and are unstable
    [@cook1970].

    **Arguments**: `mu` 2, ratio of the mechanical to the electric time scale (dissipation); `a` 5, difference of the
    velocities.

    **Good values**: `mu=2, a=5` chaotic; `mu=1, a=1` chaotic; `mu=0.5` periodic.
    """

    mu: Any = param(2.0)
    a: Any = param(5.0)

    card: ClassVar = Card(
        title="Rikitake dynamo",
        equation=r"\dot x = -\mu x + y z,\ \dot y = -\mu y + (z - a) x,\ \dot z = 1 - x y",
        field="physics",
        cite=("rikitake1958", "cook1970"),
        variables=("x", "y", "z"),
        state=(-0.19138, -0.094033, 6.7491),
        period=4.6,
        dt=0.04,
        transient=100.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"mu": 2.0}, "equal disks": {"mu": 1.0, "a": 1.0}, "periodic": {"mu": 0.5}},
        known={
            "divergence": Known(-4.0, Source.EXACT, "-2 mu", 1e-12),
            "fixed_points": Known(
                tuple((s * _SQUARE**0.5, s / _SQUARE**0.5, 2 * _SQUARE) for s in (1, -1)),
                Source.EXACT,
                "(+-k, +-1/k, mu k^2), 2 mu k^2 = a + sqrt(a^2 + 4 mu^2)",
                1e-12,
            ),
            "symmetry": Known((-1, -2, 3), Source.EXACT, "(x, y, z) -> (-x, -y, z)", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        return -self.mu * x + y * z, -self.mu * y + (z - self.a) * x, 1 - x * y
