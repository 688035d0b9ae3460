"""Froeschle, Guzzo and Lega's model of the Arnold web."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, HamiltonianFlow, Known, Source, Status, param

__all__ = ["ArnoldWeb"]


class ArnoldWeb(HamiltonianFlow):
    r"""Two rotors and a clock, coupled by a small term with all harmonics: a web of resonances in the plane of actions.

    $$H = \tfrac12 p_1^2 + \tfrac12 p_2^2 + p_3 + \frac{\epsilon}{\cos q_1 + \cos q_2 + \cos q_3 + 4}$$

    `q1`, `q2` and `q3` are angles, not wrapped ($q_3$ is the time), `p1`, `p2`, `p3` their actions; the resonances are
    the lines $k_1 p_1 + k_2 p_2 + k_3 = 0$. For small $\epsilon$ the chaotic orbits are confined to thin layers along
    them (Nekhoroshev's regime); as it grows the layers merge and the motion becomes diffusive (Chirikov's)
    [@froeschle2000].

    **Arguments**: `epsilon` strength of the coupling, 0.3.

    **Good values**, from the default state: `epsilon=0.3` chaotic; `epsilon=0.003` regular.
    """

    epsilon: Any = param(0.3)

    card: ClassVar = Card(
        title="Arnold web",
        equation=r"H = \tfrac12 p_1^2 + \tfrac12 p_2^2 + p_3 + \frac{\epsilon}{\cos q_1 + \cos q_2 + \cos q_3 + 4}",
        field="physics",
        cite=("froeschle2000",),
        variables=("q1", "q2", "q3", "p1", "p2", "p3"),
        unbounded=("q1", "q2", "q3"),
        state=(0.0, 0.0, 0.0, 0.3, 0.2, 0.0),
        period=2 * math.pi,
        dt=2 * math.pi / 100,
        transient=0.0,
        tags=frozenset({"chaotic", "conservative", "autonomous", "phases"}),
        presets={"chaotic": {"epsilon": 0.3}, "regular": {"epsilon": 0.003}},
        known={
            "divergence": Known(0.0, Source.EXACT, "Liouville", 1e-13),
            "symmetry": Known((2, 1, 3, 5, 4, 6), Source.EXACT, "exchange of the two rotors", 1e-13),
            "reversor": Known((-1, -2, -3, 4, 5, 6), Source.EXACT, "t -> -t with q -> -q", 1e-13),
        },
        status=Status.VERIFIED,
    )
    separable: ClassVar = True

    def hamiltonian(self, q, p):
        return 0.5 * (p[0] ** 2 + p[1] ** 2) + p[2] + self.epsilon / (4 + jnp.sum(jnp.cos(q)))
