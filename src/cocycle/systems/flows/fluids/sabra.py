"""The Sabra shell model of turbulence."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Status, param

from ._shells import ShellModel

__all__ = ["Sabra"]


class Sabra(ShellModel):
    r"""The Sabra shell model: as the GOY model, with simpler correlations of the phases.

    $$\dot u_j = i \left(a k_{j+1} u_{j+2} u_{j+1}^* + b k_j u_{j+1} u_{j-1}^* - c k_{j-1} u_{j-1} u_{j-2}\right) -
    \nu k_j^2 u_j + f_j, \quad k_j = k_0 \lambda^j, \quad c = -(a + b)$$

    for $j = 1, \dots, n$, with zeros beyond both ends and $f_j = (1 + i) f$ on one shell. The coupling conserves the
    energy $\tfrac12 \sum |u_j|^2$ and $\sum (a/c)^j |u_j|^2$, which at $b = -1/2$, $\lambda = 2$ has the dimension of a
    helicity. Only pairs of equal shells correlate, so that the spectrum has no oscillations of period three
    as that of the GOY model [@lvov1998]. The state is all real parts, then all imaginary parts.

    **Arguments**

    - `n`: number of shells, 16, and `forced`, the one with the force, 4. Static.
    - `nu`: viscosity, 1e-5. `force`: $f$, 0.005. `k0` 1/16 and `ratio` $\lambda$ 2: the wave numbers.
    - `a` 1 and `b` -1/2: the coupling.

    **Good values**: the defaults are chaotic and quick; `Sabra.preset("long")`, 22 shells and `nu=1e-7`, has a long
    inertial range and is stiff and slow. The viscous shells are stiff where $\nu k_n^2$ is large.
    """

    a: Any = param(1.0)
    b: Any = param(-0.5)

    card: ClassVar = Card(
        title="Sabra shell model",
        equation=(
            r"\dot u_j = i (a k_{j+1} u_{j+2} \bar u_{j+1} + b k_j u_{j+1} \bar u_{j-1} "
            r"+ (a + b) k_{j-1} u_{j-1} u_{j-2}) - \nu k_j^2 u_j + f_j,\ k_j = \kappa \lambda^j,\ "
            r"u_0 = 0,\ u_{-1} = 0,\ u_{n+1} = 0,\ u_{n+2} = 0"
        ),
        symbols={"u": "velocities", "f": "forcing", r"\kappa": "k0", r"\lambda": "ratio"},
        field="fluids",
        cite=("lvov1998",),
        variables=("u",),
        period=20.0,
        dt=0.1,
        transient=400.0,
        tags=frozenset({"chaotic", "hyperchaotic", "dissipative", "autonomous", "polynomial", "network"}),
        presets={"quick": {"n": 16, "nu": 1e-5}, "long": {"n": 22, "nu": 1e-7}},
        status=Status.VERIFIED,
    )

    def helicity(self, x):
        r"""The second invariant of the coupling, $\sum (a/c)^j |u_j|^2$."""
        weight = (-self.a / (self.a + self.b)) ** jnp.arange(1, self.n + 1)
        return jnp.sum(weight * jnp.abs(self.velocities(x)) ** 2)

    def coupling(self, u):
        k, v = self.wavenumbers, jnp.conj(u)
        up = u[3:-1]
        first = self.a * self.ratio * u[4:] * v[3:-1] + self.b * up * v[1:-3]
        return 1j * k * (first + (self.a + self.b) / self.ratio * u[1:-3] * u[:-4])
