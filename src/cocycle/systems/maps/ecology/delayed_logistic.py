"""The delayed logistic map."""

from typing import Any, ClassVar

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["DelayedLogistic"]


class DelayedLogistic(Map):
    r"""A population held back by its size of the year before: logistic growth with a delay.

    $$x_{n+1} = a x_n (1 - y_n), \quad y_{n+1} = x_n$$

    Maynard Smith's model of herbivores and grass [@maynardsmith1968]. The fixed point $1 - 1/a$ is stable for
    $1 < a < 2$; at `a = 2` a circle is born from it (Neimark-Sacker), which locks, wrinkles and breaks into chaos
    near $a = 2.27$, where orbits are about to escape [@aronson1982]. Exponents in [@sprott2003, appendix A].

    **Arguments**: `a`, the growth rate, 2.27.

    **Good values**: `a=2.27` chaotic; `a=2.1` an invariant circle; `a=1.9` fixed point.
    """

    a: Any = param(2.27)

    card: ClassVar = Card(
        title="Delayed logistic map",
        equation=r"x_{n+1} = a x_n (1 - y_n),\ y_{n+1} = x_n",
        field="ecology",
        cite=("maynardsmith1968", "aronson1982", "sprott2003"),
        variables=("x", "y"),
        state=(0.020933, 0.035432),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative", "polynomial", "delay"}),
        presets={"chaotic": {"a": 2.27}, "invariant circle": {"a": 2.1}, "fixed point": {"a": 1.9}},
        known={
            "fixed_points": Known(((0.0, 0.0), (1 - 1 / 2.27,) * 2), Source.EXACT, "0 and x = y = 1 - 1/a", 1e-14),
            "lyapunov": Known((0.18312, -1.24199), Source.PAPER, "sprott2003, appendix A", 2e-3),
            "bifurcation:a": Known(2.0, Source.EXACT, "Neimark-Sacker: the determinant is a - 1", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y = x
        return self.a * x * (1 - y), x
