"""The GOY shell model of turbulence."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Status, param

from ._shells import ShellModel

__all__ = ["GOY"]


class GOY(ShellModel):
    r"""The shell model of Gledzer, Ohkitani and Yamada: intermittent turbulence in a few dozen equations.

    $$\dot u_j = i \left(k_j u_{j+1} u_{j+2} - \epsilon k_{j-1} u_{j-1} u_{j+1} -
    (1 - \epsilon) k_{j-2} u_{j-1} u_{j-2}\right)^* - \nu k_j^2 u_j + f_j, \quad k_j = k_0 \lambda^j$$

    for $j = 1, \dots, n$, with zeros beyond both ends and $f_j = (1 + i) f$ on one shell. The coupling
    conserves the energy $\tfrac12 \sum |u_j|^2$ and $\sum (\epsilon - 1)^{-j} |u_j|^2$, which at
    $\epsilon = 1/2$, $\lambda = 2$ has the dimension of a helicity, $\sum (-1)^j k_j |u_j|^2$ [@gledzer1973;
    @yamada1987; @kadanoff1995]. Deviations from Kolmogorov's spectrum are much like those of real
    turbulence. The state is all real parts, then all imaginary parts.

    **Arguments**

    - `n`: number of shells, 16, and `forced`, the one with the force, 4. Static.
    - `nu`: viscosity, 1e-5. `force`: $f$, 0.005. `k0` 1/16 and `ratio` $\lambda$ 2: the wave numbers.
    - `epsilon`: the balance of the three terms, 1/2.

    **Good values**: the defaults are chaotic and quick; `GOY.preset("kadanoff")`, 22 shells and `nu=1e-7`, is the
    standard case, stiff and slow. The viscous shells are stiff where $\nu k_n^2$ is large.
    """

    epsilon: Any = param(0.5)

    card: ClassVar = Card(
        title="GOY shell model",
        equation=(
            r"\dot u_j = i (k_j \bar u_{j+1} \bar u_{j+2} - \epsilon k_{j-1} \bar u_{j-1} \bar u_{j+1} "
            r"- (1 - \epsilon) k_{j-2} \bar u_{j-1} \bar u_{j-2}) - \nu k_j^2 u_j + f_j,\ k_j = \kappa \lambda^j,\ "
            r"u_0 = 0,\ u_{-1} = 0,\ u_{n+1} = 0,\ u_{n+2} = 0"
        ),
        symbols={"u": "velocities", "f": "forcing", r"\kappa": "k0", r"\lambda": "ratio"},
        field="fluids",
        cite=("gledzer1973", "yamada1987", "kadanoff1995"),
        variables=("u",),
        period=20.0,
        dt=0.1,
        transient=400.0,
        tags=frozenset({"chaotic", "hyperchaotic", "dissipative", "autonomous", "polynomial", "network"}),
        presets={"quick": {"n": 16, "nu": 1e-5}, "kadanoff": {"n": 22, "nu": 1e-7}},
        status=Status.VERIFIED,
    )

    def helicity(self, x):
        r"""The second invariant of the coupling, $\sum (\epsilon - 1)^{-j} |u_j|^2$."""
        weight = (1 / (self.epsilon - 1)) ** jnp.arange(1, self.n + 1)
        return jnp.sum(weight * jnp.abs(self.velocities(x)) ** 2)

    def coupling(self, u):
        k, v = self.wavenumbers, jnp.conj(u)
        down, up = v[1:-3], v[3:-1]
        three = up * v[4:] - self.epsilon / self.ratio * down * up - (1 - self.epsilon) / self.ratio**2 * down * v[:-4]
        return 1j * k * three
