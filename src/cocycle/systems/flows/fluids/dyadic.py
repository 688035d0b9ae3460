"""Desnyansky and Novikov's dyadic model of turbulence."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp

from cocycle.core import Card, CocycleError, Flow, Known, Source, Status, param

__all__ = ["Dyadic"]


def _steady(n: int = 8, nu: float = 0.01, force: float = 1.0) -> tuple[float, ...]:
    # from the last shell upwards every amplitude follows from the two below; bisect for the right force
    def upwards(last):
        u, below = [last], 0.0
        for k in range(n - 1, 0, -1):
            u.append(((2.0 * u[-1] * below) + nu * 2.0**k * u[-1]) ** 0.5)
            below = u[-2]
        return u[::-1]

    def excess(last):
        u = upwards(last)
        return 2 * u[0] * u[1] + nu * u[0] - force

    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) < 0 else (low, middle)
    return tuple(upwards(high))


class Dyadic(Flow):
    r"""The dyadic model of Desnyansky and Novikov: the simplest cascade of energy to small scales.

    $$\dot u_j = k_j u_{j-1}^2 - k_{j+1} u_j u_{j+1} - \nu k_j^2 u_j + f_j, \quad k_j = \lambda^j,
    \quad j = 0, \dots, n - 1$$

    with $u_{-1} = u_n = 0$ and a force $f_0 = f$ on the first shell. `u_j` is the velocity on the scale $1/k_j$
    [@desnyansky1974]. The cascade conserves the energy $\tfrac12 \sum u_j^2$. Forced and damped it settles on a steady
    state, which between the scales of forcing and of viscosity is Kolmogorov's, $u_j \propto k_j^{-1/3}$; with
    infinitely many shells it dissipates without viscosity [@cheskidov2007].

    **Arguments**

    - `n`: number of shells, 8. Static.
    - `nu`: viscosity $\nu$, 0.01. `force`: $f$, 1. `ratio`: $\lambda$, 2.

    **Good values**: `nu=0.01` steady cascade; `Dyadic.preset("inviscid")` conserves energy and collects it in the last
    shell. Stiff if $\nu k_n^2$ is large.
    """

    n: int = eqx.field(default=8, static=True)
    nu: Any = param(0.01)
    force: Any = param(1.0)
    ratio: Any = param(2.0)

    card: ClassVar = Card(
        title="Dyadic model",
        equation=(
            r"\dot u_j = k_j u_{j-1}^2 - k_{j+1} u_j u_{j+1} - \nu k_j^2 u_j + f_j,\ k_j = \lambda^j,\ "
            r"u_{-1} = 0,\ u_n = 0,\ j = 0, \dots, n - 1"
        ),
        symbols={"f": "forcing", r"\lambda": "ratio"},
        field="fluids",
        cite=("desnyansky1974", "cheskidov2007"),
        variables=("u",),
        period=2.0,
        dt=0.02,
        transient=20.0,
        tags=frozenset({"fixed-point", "dissipative", "autonomous", "polynomial", "network"}),
        presets={"cascade": {"nu": 0.01}, "inviscid": {"nu": 0.0, "force": 0.0}},
        known={"fixed_points": Known((_steady(),), Source.EXACT, "the steady cascade", 1e-11)},
        status=Status.VERIFIED,
    )

    def __check_init__(self):
        if self.n < 2:
            raise CocycleError(f"Dyadic needs at least 2 shells; got n={self.n}.")

    @property
    def wavenumbers(self):
        """The wave numbers $k_j$, shape `(n,)`."""
        return self.ratio ** jnp.arange(self.n)

    @property
    def forcing(self):
        """The force on each shell, shape `(n,)`."""
        return jnp.where(jnp.arange(self.n) == 0, self.force, 0.0)

    def default_state(self):
        return jnp.where(jnp.arange(self.n) == 0, 1.0, 0.1)

    def kinetic_energy(self, x):
        """Half the sum of the squares."""
        return jnp.sum(x * x) / 2

    def vector_field(self, t, x):
        del t
        k = self.wavenumbers
        gain = self.forcing + jnp.concatenate([jnp.zeros(1), k[1:] * x[:-1] ** 2])
        loss = jnp.concatenate([k[1:] * x[1:], jnp.zeros(1)])
        return gain - (loss + self.nu * k * k) * x
