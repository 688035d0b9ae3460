"""Stuart-Landau oscillators in their mean field."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, CocycleError, Flow, Known, Source, Status, param

__all__ = ["StuartLandauNetwork"]


class StuartLandauNetwork(Flow):
    r"""`n` oscillators near a Hopf bifurcation, each pulled to the mean: synchrony, clusters and collective chaos.

    $$\dot z_i = (1 + \mathrm i\omega_i)\, z_i - (1 + \mathrm i c_2)\, |z_i|^2 z_i
    + K (1 + \mathrm i c_1) (\bar z - z_i), \quad z_i = x_i + \mathrm i y_i, \quad \bar z = \tfrac1n \sum_j z_j$$

    The globally coupled complex Ginzburg-Landau equation [@hakim1992; @nakagawa1993]. Without detuning the state in
    step, $|z_i| = 1$, is stable for $K (1 + c_1^2) > -2 (1 + c_1 c_2)$. Below, one finds clusters, scattered
    oscillators and chaos of the mean field. The state is all $x_i$, then all $y_i$.

    **Arguments**

    - `omega`: detunings, shape `(n,)`; 16 zeros.
    - `K`: coupling, 0.5. `c1` -2 and `c2` 3: the shear of the coupling and of the nonlinearity.

    **Good values**: `K=0.5` chaotic; `K=2.5` in step.
    """

    omega: Any = param((0.0,) * 16)
    K: Any = param(0.5)
    c1: Any = param(-2.0)
    c2: Any = param(3.0)

    card: ClassVar = Card(
        title="Globally coupled Stuart-Landau oscillators",
        equation=(
            r"\dot x_i = x_i - \omega_i y_i - (x_i - c_2 y_i) (x_i^2 + y_i^2) + K (X - x_i) - K c_1 (Y - y_i),\ "
            r"\dot y_i = y_i + \omega_i x_i - (y_i + c_2 x_i) (x_i^2 + y_i^2) + K (Y - y_i) + K c_1 (X - x_i),\ "
            r"X = \frac{1}{n} \sum_j x_j,\ Y = \frac{1}{n} \sum_j y_j"
        ),
        symbols={"n": "n"},
        field="physics",
        cite=("hakim1992", "nakagawa1993"),
        variables=("x", "y"),
        period=2.6,
        dt=0.02,
        transient=200.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial", "network", "synchronisation"}),
        presets={"chaotic": {"K": 0.5}, "in step": {"K": 2.5}},
        known={
            "fixed_points": Known(((0.0,) * 32,), Source.EXACT, "all at rest", 1e-14),
            "symmetry": Known((*range(17, 33), *range(-1, -17, -1)), Source.EXACT, "a quarter of a turn", 1e-12),
            "bifurcation:K": Known(2.0, Source.EXACT, "-2 (1 + c1 c2) / (1 + c1^2): synchrony is stable above", 1e-12),
        },
        status=Status.VERIFIED,
    )

    def __check_init__(self):
        if jnp.ndim(self.omega) != 1:
            raise CocycleError(
                f"StuartLandauNetwork: omega must have shape (n,), one detuning each; got {jnp.shape(self.omega)}."
            )

    @property
    def n(self) -> int:
        """Number of oscillators."""
        return self.omega.shape[0]

    @property
    def variables(self):
        return tuple(f"x{i}" for i in range(self.n)) + tuple(f"y{i}" for i in range(self.n))

    def default_state(self):
        i = jnp.arange(2.0 * self.n)
        return jnp.sin(2.0 + 3.0 * i + 0.7 * i**2)

    def order_parameter(self, x):
        r"""$|\bar z|$, the modulus of the mean field."""
        return jnp.hypot(jnp.mean(x[: self.n]), jnp.mean(x[self.n :]))

    def vector_field(self, t, x):
        del t
        x, y = jnp.split(x, 2)
        square = x * x + y * y
        pull_x, pull_y = self.K * (jnp.mean(x) - x), self.K * (jnp.mean(y) - y)
        dx = x - self.omega * y - (x - self.c2 * y) * square + pull_x - self.c1 * pull_y
        dy = y + self.omega * x - (y + self.c2 * x) * square + pull_y + self.c1 * pull_x
        return jnp.concatenate([dx, dy])
