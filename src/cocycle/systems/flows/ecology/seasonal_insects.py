"""Insects with a good and a bad season."""

from typing import Any, ClassVar

import jax
import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["SeasonalInsects"]


class SeasonalInsects(Flow):
    r"""Juvenile and adult insects whose year has a bad season: how long may it be?

    $$\dot J = s\, b A - [(h + c J) s + d_J] J, \quad \dot A = s\, h J - d_A A, \quad
    s = 0 \text{ while } t \bmod T < \theta T, \text{ else } 1$$

    In the bad season, the first part $\theta$ of the year `T`, there are only deaths. The right-hand side is monotone
    and concave, and therefore has a sharp threshold: below a critical $\theta^*$ there is one positive cycle that
    attracts all, above it the insects die out. $\theta^*$ is where the spectral radius of the linear period map,
    $e^{(1 - \theta) T F} e^{\theta T B}$, is one [@ji2018]; `F` and `B` are the linear parts of the good
    and of the bad season.

    **Arguments**

    - `theta`: the part of the year that is bad, 0.4; `T`: the year, 1.
    - `b` 20 births, `h` 12 hatching, `c` 1 crowding of the juveniles, `dJ` 2 and `dA` 8 deaths; all per year.

    **Good values**: `theta=0.4` lives; `theta=0.8` dies out. `critical_duration()` gives the threshold.
    """

    theta: Any = param(0.4)
    T: Any = param(1.0)
    b: Any = param(20.0)
    h: Any = param(12.0)
    c: Any = param(1.0)
    dJ: Any = param(2.0)
    dA: Any = param(8.0)

    card: ClassVar = Card(
        title="Insects with seasons",
        equation=(
            r"\dot J = s b A - ((h + c J) s + d_J) J,\ \dot A = s h J - d_A A,\ "
            r"s = \begin{cases} 0 & t \bmod T < \theta T \\ 1 & \text{otherwise} \end{cases}"
        ),
        symbols={"d_J": "dJ", "d_A": "dA"},
        field="ecology",
        cite=("ji2018",),
        variables=("J", "A"),
        state=(8.90363, 10.84624),
        period=1.0,
        dt=0.01,
        transient=50.0,
        tags=frozenset({"periodic", "dissipative", "forced", "polynomial", "piecewise"}),
        presets={"lives": {"theta": 0.4}, "dies out": {"theta": 0.8}},
        known={"fixed_points": Known(((0.0, 0.0),), Source.EXACT, "no insects", 1e-14)},
        status=Status.DISPUTED,
        reason=(
            "Two stages and the switching of seasons are as in the paper, whose abstract and introduction were read; "
            "its two-stage equations and parameter values were not at hand, those here are ours."
        ),
    )

    @property
    def forcing_period(self):
        return self.T

    def multiplier(self, theta: Any = None):
        """The spectral radius of the linear period map: the factor by which a small population grows in a year."""
        theta = self.theta if theta is None else theta
        good = jnp.array([[-(self.h + self.dJ), self.b], [self.h, -self.dA]])
        bad = jnp.exp(-theta * self.T * jnp.array([self.dJ, self.dA]))
        year = jax.scipy.linalg.expm((1 - theta) * self.T * good) * bad[None, :]
        half = jnp.trace(year) / 2
        return half + jnp.sqrt(half * half - jnp.linalg.det(year))

    def critical_duration(self):
        """The part of the year that may be bad at most: where `multiplier` is one, by bisection (1 if never)."""

        def halve(_, ends):
            middle = (ends[0] + ends[1]) / 2
            grows = self.multiplier(middle) > 1
            return jnp.where(grows, middle, ends[0]), jnp.where(grows, ends[1], middle)

        low, high = jax.lax.fori_loop(0, 60, halve, (jnp.zeros(()), jnp.ones(())))
        return (low + high) / 2

    def vector_field(self, t, x):
        J, A = x
        s = jnp.where(jnp.mod(t, self.T) < self.theta * self.T, 0.0, 1.0)
        return s * self.b * A - ((self.h + self.c * J) * s + self.dJ) * J, s * self.h * J - self.dA * A
