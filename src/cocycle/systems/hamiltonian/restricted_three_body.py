"""The restricted three-body problem."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, HamiltonianFlow, Known, Source, Status, param

__all__ = ["RestrictedThreeBody"]

_MU = 0.012277471
_H = 0.75**0.5
_ROUTH = (1 - math.sqrt(23 / 27)) / 2


def _start(x: float, y: float, vx: float, vy: float) -> tuple[float, ...]:
    return x, y, vx - y, vy + x


class RestrictedThreeBody(HamiltonianFlow):
    r"""A massless body near two stars on a circle, in the plane of their orbit and in the frame that turns with them.

    $$H = \tfrac12 (p_1^2 + p_2^2) + p_1 q_2 - p_2 q_1 - \frac{1 - \mu}{r_1} - \frac{\mu}{r_2}$$

    with $r_1 = \sqrt{(q_1 + \mu)^2 + q_2^2}$ and $r_2 = \sqrt{(q_1 - 1 + \mu)^2 + q_2^2}$. The momenta are
    $p_1 = \dot q_1 - q_2$, $p_2 = \dot q_2 + q_1$, and $C = -2 H$ is Jacobi's integral. The triangular equilibria are
    stable (linearly) below Routh's $\mu = (1 - \sqrt{23/27})/2 \approx 0.0385$ [@szebehely1967theory].

    **Arguments**: `mu` mass of the smaller star, 0.012277471 (earth and moon); `start` the default state, shape `(4,)`:
    an orbit that librates about the triangular point ahead of the moon.

    **Good values**: the presets `libration`, and `arenstorf` and `arenstorf-2`, two of Arenstorf's closed orbits
    (unstable) with periods 17.0652165601579625588917206249 and 11.124340337266085134999734047
    [@arenstorf1963; @hairer1993, II.0].
    """

    mu: Any = param(_MU)
    start: Any = param(_start(0.5 - _MU + 0.005, _H, 0.0, 0.0))

    card: ClassVar = Card(
        title="Restricted three-body problem",
        equation=(
            r"H = \tfrac12 (p_1^2 + p_2^2) + p_1 q_2 - p_2 q_1 - \frac{1 - \mu}{r_1} - \frac{\mu}{r_2},\ "
            r"r_1 = \sqrt{(q_1 + \mu)^2 + q_2^2},\ r_2 = \sqrt{(q_1 - 1 + \mu)^2 + q_2^2}"
        ),
        field="physics",
        cite=("szebehely1967theory", "hairer1993", "arenstorf1963"),
        variables=("q1", "q2", "p1", "p2"),
        period=21.0,
        dt=0.1,
        transient=0.0,
        tags=frozenset({"quasi-periodic", "conservative", "autonomous"}),
        presets={
            "libration": {"mu": _MU},
            "arenstorf": {"start": _start(0.994, 0.0, 0.0, -2.00158510637908252240537862224)},
            "arenstorf-2": {"start": _start(0.994, 0.0, 0.0, -2.0317326295573368357302057924)},
        },
        known={
            "divergence": Known(0.0, Source.EXACT, "Liouville", 1e-11),
            "fixed_points": Known(
                ((0.5 - _MU, _H, -_H, 0.5 - _MU), (0.5 - _MU, -_H, _H, 0.5 - _MU)),
                Source.EXACT,
                "the triangular points",
                1e-13,
            ),
            "reversor": Known((1, -2, -3, 4), Source.EXACT, "t -> -t with q2 -> -q2, p1 -> -p1", 1e-12),
            "bifurcation:mu": Known(_ROUTH, Source.EXACT, "Routh: (1 - sqrt(23/27))/2, triangular points", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def default_state(self):
        return self.start

    def _pull(self, q):
        r1 = jnp.hypot(q[0] + self.mu, q[1])
        r2 = jnp.hypot(q[0] - 1 + self.mu, q[1])
        return (1 - self.mu) / r1 + self.mu / r2

    def hamiltonian(self, q, p):
        return 0.5 * jnp.sum(p * p) + p[0] * q[1] - p[1] * q[0] - self._pull(q)

    def invariants(self, x):
        q, p = jnp.split(x, 2)
        v1, v2 = p[0] + q[1], p[1] - q[0]
        return {"jacobi": jnp.sum(q * q) + 2 * self._pull(q) - v1 * v1 - v2 * v2}
