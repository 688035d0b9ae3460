"""Newton's bodies."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, CocycleError, HamiltonianFlow, Known, Source, Status, param

from ._names import canonical

__all__ = ["NBody"]

_X, _Y, _U, _V = 0.97000436, -0.24308753, -0.93240737, -0.86473146
_EIGHT = (_X, _Y, -_X, -_Y, 0.0, 0.0, -_U / 2, -_V / 2, -_U / 2, -_V / 2, _U, _V)
_H, _W = 0.75**0.5, 3**-0.25
# three unit masses on a circle of radius 1: omega^2 = 1 / sqrt(3)
_TRIANGLE = (1.0, 0.0, -0.5, _H, -0.5, -_H, 0.0, _W, -_H * _W, -0.5 * _W, _H * _W, -0.5 * _W)


class NBody(HamiltonianFlow):
    r"""`n` point masses that attract each other by Newton's law, in the plane or in space.

    $$H = \sum_i \frac{|p_i|^2}{2 m_i} - G \sum_i \sum_{j < i} \frac{m_i m_j}{|q_i - q_j|}$$

    The state lists all positions, body after body (`x1 y1 x2 y2 ...`), then all momenta. Energy, momentum and angular
    momentum are conserved; from three bodies on, the problem is chaotic in general. The default is the figure-eight, on
    which three equal masses chase each other along one curve; it is stable, and its period is 6.32591398
    [@chenciner2000].

    **Arguments**

    - `masses`: shape `(n,)`, three of 1.
    - `G`: the gravitational constant, 1.
    - `start`: the default state, shape `(2 n d,)` with `d` the dimension of space: the figure-eight, `d = 2`.

    **Good values**: the presets `figure-eight`; `lagrange`, an equilateral triangle that turns about its centre (here
    with radius 1 and period $2\pi\, 3^{1/4}$) and is unstable. Close encounters need a solver with a smaller tolerance.
    """

    masses: Any = param((1.0, 1.0, 1.0))
    G: Any = param(1.0)
    start: Any = param(_EIGHT)

    card: ClassVar = Card(
        title="N bodies",
        equation=(
            r"H = \sum_i \frac{|p_i|^2}{2 m_i} - G \sum_i \sum_{j < i} \frac{m_i m_j}{|q_i - q_j|} "
            r"\text{ with vectors } q_i \text{ and } p_i"
        ),
        field="physics",
        cite=("chenciner2000",),
        variables=("q", "p"),
        symbols={"m": "masses", "q": "positions", "p": "momenta"},
        period=6.32591398,
        dt=0.06,
        transient=0.0,
        tags=frozenset({"periodic", "conservative", "autonomous"}),
        presets={
            "figure-eight": {"start": _EIGHT},
            "lagrange": {"start": _TRIANGLE},
        },
        known={
            "divergence": Known(0.0, Source.EXACT, "Liouville", 1e-11),
            "symmetry": Known(
                (3, 4, 1, 2, 5, 6, 9, 10, 7, 8, 11, 12), Source.EXACT, "equal masses: exchange of two bodies", 1e-12
            ),
            "reversor": Known(
                (1, 2, 3, 4, 5, 6, -7, -8, -9, -10, -11, -12), Source.EXACT, "t -> -t with p -> -p", 1e-12
            ),
            "period": Known(6.32591398, Source.PAPER, "chenciner2000, computed there by Simo", 1e-7),
        },
        status=Status.VERIFIED,
    )
    separable: ClassVar = True

    def __check_init__(self):
        n = jnp.size(self.masses)
        if jnp.ndim(self.masses) != 1 or jnp.ndim(self.start) != 1 or self.start.shape[0] % (2 * n):
            raise CocycleError(
                "NBody: masses must have shape (n,) and start (2 n d,), d the dimension of space; got "
                f"{jnp.shape(self.masses)} and {jnp.shape(self.start)}."
            )

    @property
    def variables(self):
        return canonical(self.start.shape[0] // 2)

    def default_state(self):
        return self.start

    def positions(self, x):
        """The positions of a state, shape `(n, d)`."""
        return self._bodies(jnp.split(x, 2)[0])

    def momenta(self, x):
        """The momenta of a state, shape `(n, d)`."""
        return self._bodies(jnp.split(x, 2)[1])

    def _bodies(self, v):
        return jnp.reshape(v, (self.masses.shape[0], -1))

    def hamiltonian(self, q, p):
        q, p = self._bodies(q), self._bodies(p)
        i, j = jnp.tril_indices(self.masses.shape[0], -1)
        apart = q[i] - q[j]
        potential = self.masses[i] * self.masses[j] / jnp.sqrt(jnp.sum(apart * apart, axis=1))
        return jnp.sum(p * p / (2 * self.masses[:, None])) - self.G * jnp.sum(potential)

    def invariants(self, x):
        q, p = (self._bodies(v) for v in jnp.split(x, 2))
        total = jnp.sum(p, axis=0)
        spin = q.T @ p
        spin = spin - spin.T
        axes = range(q.shape[1])
        found = {f"momentum {a + 1}": total[a] for a in axes}
        return found | {f"angular momentum {a + 1}{b + 1}": spin[a, b] for a in axes for b in axes if a < b}
