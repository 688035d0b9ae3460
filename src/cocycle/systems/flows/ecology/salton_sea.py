"""The Salton Sea."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SaltonSea"]


_X = 3.4 / 0.06
_Y = 22 * (1 - _X / 400) / (0.06 + 22 / 400)


class SaltonSea(Flow):
    r"""Fish, infected fish and the birds that eat them: the eco-epidemiology of the Salton Sea.

    $$\dot x = r x (1 - \frac{x + y}{K}) - \lambda x y, \quad
    \dot y = \lambda x y - \frac{m y z}{y + a} - \mu y, \quad \dot z = \frac{\theta y z}{y + a} - d z$$

    `x` and `y` are healthy and infected tilapia, `z` pelicans, which catch the infected. The model is
    [@chattopadhyay2001]; with fast growth of the fish it is chaotic [@upadhyay2008].

    **Arguments**: `r` 22 growth and `K` 400 capacity of the fish; `lam` 0.06 infection; `m` 15.5 and `a` 15
    predation; `mu` 3.4 death of infected fish; `theta` 10 growth and `d` 8.3 death of birds.

    **Good values**: `r=22` chaotic; `r=3` the birds die out.
    """

    r: Any = param(22.0)
    K: Any = param(400.0)
    lam: Any = param(0.06)
    m: Any = param(15.5)
    a: Any = param(15.0)
    mu: Any = param(3.4)
    theta: Any = param(10.0)
    d: Any = param(8.3)

    card: ClassVar = Card(
        title="Salton Sea",
        equation=(
            r"\dot x = r x (1 - \frac{x + y}{K}) - \lambda x y,\ "
            r"\dot y = \lambda x y - \frac{m y z}{y + a} - \mu y,\ \dot z = \frac{\theta y z}{y + a} - d z"
        ),
        field="ecology",
        cite=("chattopadhyay2001", "upadhyay2008"),
        variables=("x", "y", "z"),
        state=(150.159, 133.732, 52.8496),
        period=0.97,
        dt=0.008,
        transient=50.0,
        symbols={"\\lambda": "lam"},
        tags=frozenset({"chaotic", "dissipative", "autonomous"}),
        presets={"chaotic": {"r": 22.0}, "no birds": {"r": 3.0}},
        known={
            "fixed_points": Known(
                ((0.0, 0.0, 0.0), (400.0, 0.0, 0.0), (_X, _Y, 0.0)),
                Source.EXACT,
                "empty; healthy fish; fish without birds",
                1e-10,
            ),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        x, y, z = x
        infection, catch = self.lam * x * y, y * z / (y + self.a)
        return (
            self.r * x * (1 - (x + y) / self.K) - infection,
            infection - self.m * catch - self.mu * y,
            self.theta * catch - self.d * z,
        )
