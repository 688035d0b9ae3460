"""A chain of quartic oscillators: the discrete phi^4 model."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, CocycleError, HamiltonianFlow, Known, Source, Status, param

from ._names import canonical

__all__ = ["KleinGordonChain"]


class KleinGordonChain(HamiltonianFlow):
    r"""A ring of quartic oscillators with harmonic springs: the discrete nonlinear Klein-Gordon equation.

    $$H = \sum_i [\tfrac12 p_i^2 + \tfrac{a}{2} q_i^2 + \tfrac{b}{4} q_i^4 + \tfrac{C}{2} (q_{i+1} - q_i)^2]$$

    Weakly coupled, hard oscillators (`a`, `b` positive) hold discrete breathers, motions that stay localised on a few
    sites [@flach2008]; double wells ($a < 0$) hold kinks; with $a = 0$ it is the $\phi^4$ chain used in studies of heat
    conduction [@aoki2000]. At finite energy density the motion is chaotic in general. Small oscillations about rest
    have the squared frequencies $a + 4 C \sin^2(k/2)$ for $a > 0$.

    **Arguments**: `n` number of sites, 16, at least 3, static; `a` 1 harmonic and `b` 1 quartic strength of each site;
    `C` coupling, 0.5.

    **Good values**: the presets `hard`, `phi4` and `double well`, all chaotic from the default state.
    """

    n: int = eqx.field(default=16, static=True)
    a: Any = param(1.0)
    b: Any = param(1.0)
    C: Any = param(0.5)

    card: ClassVar = Card(
        title="Klein-Gordon chain",
        equation=(
            r"H = \sum_i [\tfrac12 p_i^2 + \tfrac{a}{2} q_i^2 + \tfrac{b}{4} q_i^4 + \tfrac{C}{2} (q_{i+1} - q_i)^2]"
        ),
        field="physics",
        cite=("flach2008", "aoki2000"),
        variables=("q", "p"),
        period=3.9,
        dt=0.03,
        transient=0.0,
        tags=frozenset({"chaotic", "hyperchaotic", "conservative", "autonomous", "polynomial", "network"}),
        presets={"hard": {"a": 1.0}, "phi4": {"a": 0.0}, "double well": {"a": -1.0}},
        known={
            "divergence": Known(0.0, Source.EXACT, "Liouville", 1e-12),
            "fixed_points": Known(((0.0,) * 32,), Source.EXACT, "rest", 1e-14),
            "symmetry": Known((*range(2, 17), 1, *range(18, 33), 17), Source.EXACT, "shift by one site", 1e-12),
            "reversor": Known((*range(1, 17), *range(-17, -33, -1)), Source.EXACT, "t -> -t with p -> -p", 1e-12),
        },
        status=Status.VERIFIED,
    )
    separable: ClassVar = True

    def __check_init__(self):
        if self.n < 3:
            raise CocycleError(f"KleinGordonChain needs at least 3 sites, or neighbours coincide; got n={self.n}.")

    @property
    def variables(self):
        return canonical(self.n)

    def default_state(self):
        i = jnp.arange(self.n, dtype=jnp.result_type(float))
        wave = jnp.sin(2.0 + 3.0 * i + 0.7 * i**2)
        return jnp.concatenate([1.5 * wave, jnp.zeros(self.n)])

    def hamiltonian(self, q, p):
        d = jnp.roll(q, -1) - q
        square = q * q
        site = 0.5 * self.a * square + 0.25 * self.b * square * square
        return jnp.sum(0.5 * p * p + site + 0.5 * self.C * d * d)
