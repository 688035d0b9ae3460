"""The Kuramoto-Sivashinsky equation."""

import math
from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp
import numpy as np

from cocycle.core import Card, CocycleError, Known, SemilinearFlow, Source, Status, param

from ._fourier import DENSE, basis, derivative, dft, inverse_dft, kept, order

__all__ = ["KuramotoSivashinsky"]


class KuramotoSivashinsky(SemilinearFlow):
    r"""The Kuramoto-Sivashinsky equation on a ring: flame fronts, the simplest chaotic partial differential equation.

    $$u_t = -u\,u_x - u_{xx} - u_{xxxx}, \quad u(x + L, t) = u(x, t)$$

    Long waves grow, short ones decay, and the nonlinear term carries energy from one to the other. Only the length
    matters: `L = 22` is the smallest much-studied chaotic one; beyond about 50 the number of positive exponents grows
    in proportion to `L`. The mean of `u` is conserved, which with the shifts in space and time makes three zero
    exponents; papers that fix the mean count two [@kuramoto1976; @sivashinsky1977; @cvitanovic2010].

    The state is `u` on `n` equally spaced points. Pseudo-spectral: the derivative is exact for the modes on the grid.

    **Arguments**

    - `length`: $L$, 22.
    - `n`: grid points, 64; at least 2 per unit of length resolves the motion to about eight digits. Static.
    - `dealias`: drop the top third of the modes from the nonlinear term. Off by default: the fourth derivative damps
      those modes to rounding, and the third is better spent on resolution [@kassam2005]. Static.

    **Good values**: `length=22` chaotic; `length=60, n=128` turbulent; `length=12` travelling and steady waves.
    """

    length: Any = param(22.0)
    n: int = eqx.field(default=64, static=True)
    dealias: bool = eqx.field(default=False, static=True)

    card: ClassVar = Card(
        title="Kuramoto-Sivashinsky",
        equation=r"u_t = -u u_x - u_{xx} - u_{xxxx}",
        field="physics",
        cite=("kuramoto1976", "sivashinsky1977", "cvitanovic2010", "kassam2005"),
        variables=("u",),
        period=20.0,
        dt=0.5,
        transient=500.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "pde", "physics"}),
        presets={"chaotic": {"length": 22.0}, "wave": {"length": 12.0}},
        known={
            "fixed_points": Known(((0.0,) * 64,), Source.EXACT, "any constant", 1e-13),
            "symmetry": Known((*range(2, 65), 1), Source.EXACT, "shift by one grid point", 1e-9),
            "lyapunov": Known(
                (0.048, 0.0, 0.0, 0.0, -0.003, -0.189, -0.256, -0.290, -0.310),
                Source.PAPER,
                "cvitanovic2010, L = 22, with one zero more for the mean, which the paper fixes",
                6e-3,
            ),
        },
        status=Status.VERIFIED,
    )

    def __check_init__(self):
        if self.n < 8:
            raise CocycleError(f"KuramotoSivashinsky needs at least 8 grid points; got n={self.n}.")

    @property
    def grid(self):
        """The positions of the grid points, shape `(n,)`."""
        return self.length / self.n * jnp.arange(self.n)

    def default_state(self):
        x = 2 * jnp.pi / self.n * jnp.arange(self.n)
        return jnp.cos(x) * (1 + jnp.sin(2 * x)) + 0.5 * jnp.sin(3 * x)

    def invariants(self, x):
        """The conserved mean."""
        return {"mean": jnp.mean(x)}

    @property
    def _dense(self) -> bool:
        return self.n <= DENSE

    @property
    def _order(self) -> np.ndarray:
        return order(self.n) if self._dense else np.arange(self.n // 2 + 1)

    def to_modes(self, x):
        """Up to 128 grid points cosine and sine amplitudes (orthogonal), above the complex ones of `rfft`."""
        return basis(self.n) @ x if self._dense else dft(x)[: self.n // 2 + 1]

    def from_modes(self, modes) -> Any:
        if self._dense:
            return basis(self.n).T @ modes
        mirrored = jnp.conj(modes[1 : (self.n + 1) // 2][::-1])
        return jnp.real(inverse_dft(jnp.concatenate([modes, mirrored])))

    def linear(self):
        k = 2 * jnp.pi / self.length * self._order
        return k**2 - k**4

    def nonlinear(self, t, modes):
        del t
        scale = -math.pi / self.length  # -1/2 times 2 pi / L
        mask = jnp.asarray(kept(self._order, self.n, self.dealias))
        if self._dense:
            q = basis(self.n)
            u = q.T @ (mask * modes)
            return scale * mask * ((derivative(self.n) @ q) @ (u * u))
        u = self.from_modes(mask * modes)
        k = self._order * mask * (2 * self._order < self.n)  # the Nyquist mode has no derivative on the grid
        return scale * 1j * k * self.to_modes(u * u)
