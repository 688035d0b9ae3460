"""The dyadic model of turbulence with noise that conserves energy."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, CocycleError, Known, Source, Status, StochasticFlow, param

__all__ = ["StochasticDyadic"]


class StochasticDyadic(StochasticFlow):
    r"""The dyadic shell model with multiplicative noise (Stratonovich) that, like the cascade, conserves the energy.

    $$du_j = (k_{j-1} u_{j-1}^2 - k_j u_j u_{j+1} - \nu k_j^2 u_j + f_j)\,dt
    + \sigma k_{j-1} u_{j-1} \circ dW_{j-1} - \sigma k_j u_{j+1} \circ dW_j, \quad k_j = \lambda^j$$

    with `j = 1, ..., n`, $u_0 = u_{n+1} = 0$, no noise from outside, and a force on the first shell. Noise `j`
    exchanges energy between neighbours `j` and `j + 1`; in the cascade and in the noise the changes of
    $\tfrac12 \sum u_j^2$ add up to zero. With infinitely many shells the noise restores the uniqueness that the
    inviscid cascade lacks [@barbato2010].

    **Arguments**

    - `n`: number of shells, 5. Static.
    - `sigma`: strength of the noise, 0.05. `nu` 0 and `force` 0: viscosity and force. `ratio` 2: $\lambda$.

    **Good values**: `sigma=0.05` inviscid, energy conserved; `nu=0.01, force=1` a noisy cascade. The noise makes it
    stiff: steps well below $1 / (\sigma k_n)^2$.
    """

    n: int = eqx.field(default=5, static=True)
    sigma: Any = param(0.05)
    nu: Any = param(0.0)
    force: Any = param(0.0)
    ratio: Any = param(2.0)

    card: ClassVar = Card(
        title="Stochastic dyadic model",
        equation=(
            r"du_j = (k_{j-1} u_{j-1}^2 - k_j u_j u_{j+1} - \nu k_j^2 u_j + f_j)\,dt "
            r"+ \sigma k_{j-1} u_{j-1} \circ dW_{j-1} - \sigma k_j u_{j+1} \circ dW_j,\ "
            r"k_j = \lambda^j,\ u_0 = u_{n+1} = 0"
        ),
        symbols={"f": "forcing", r"\lambda": "ratio"},
        field="fluids",
        cite=("barbato2010",),
        variables=("u",),
        period=0.5,
        dt=0.002,
        transient=20.0,
        tags=frozenset({"autonomous", "polynomial", "network"}),
        presets={"inviscid": {"nu": 0.0, "force": 0.0}, "cascade": {"nu": 0.01, "force": 1.0}},
        known={"fixed_points": Known(((0.0,) * 5,), Source.EXACT, "rest", 1e-14)},
        status=Status.UNVERIFIED,
        reason="its exponents do not converge in the time of a build",
    )
    calculus: ClassVar = "stratonovich"

    def __check_init__(self):
        if self.n < 2:
            raise CocycleError(f"StochasticDyadic needs at least 2 shells; got n={self.n}.")

    @property
    def wavenumbers(self):
        """The wave numbers $k_1, ..., k_n$."""
        return self.ratio ** jnp.arange(1, self.n + 1)

    @property
    def forcing(self):
        """The force on each shell, shape `(n,)`."""
        return jnp.where(jnp.arange(self.n) == 0, self.force, 0.0)

    def default_state(self):
        return jnp.where(jnp.arange(self.n) == 0, 1.0, 0.1)

    def kinetic_energy(self, x):
        """Half the sum of the squares; conserved, by the noise too, without force and viscosity."""
        return jnp.sum(x * x) / 2

    def drift(self, t, x):
        del t
        k = self.wavenumbers
        flux = k[:-1] * x[:-1]
        gain = self.forcing + jnp.concatenate([jnp.zeros(1), flux * x[:-1]])
        loss = jnp.concatenate([flux * x[1:], jnp.zeros(1)])
        return gain - loss - self.nu * k * k * x

    def diffusion(self, t, x):
        del t
        k = self.sigma * self.wavenumbers[:-1]
        rows = jnp.arange(self.n - 1)
        empty = jnp.zeros((self.n, self.n - 1))
        return empty.at[rows + 1, rows].set(k * x[:-1]).at[rows, rows].set(-k * x[1:])
