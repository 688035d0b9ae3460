"""The map with the first strange nonchaotic attractor."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Known, Map, Source, Status, param

__all__ = ["GOPY"]


class GOPY(Map):
    r"""The map of Grebogi, Ott, Pelikan and Yorke: a strange attractor that is not chaotic.

    $$x_{n+1} = 2 \sigma \tanh(x_n) \cos 2 \pi \theta_n, \quad \theta_{n+1} = \theta_n + \omega \pmod 1$$

    The line $x = 0$ is invariant, with the exponent $\ln|\sigma|$ across it. For $|\sigma| > 1$ it repels, so the
    attractor is off the line almost everywhere; yet it touches it, whenever $\cos 2\pi\theta = 0$, on a dense set: it
    is no curve, though the exponents are 0 and a negative number [@grebogi1984]. It is driven by an irrational
    rotation.

    **Arguments**: `sigma`, the strength, 1.5; `omega`, the rotation, the golden mean $(\sqrt 5 - 1)/2$.

    **Good values**: `sigma=1.5` strange, not chaotic; `sigma=0.8` the line $x = 0$ attracts.
    """

    sigma: Any = param(1.5)
    omega: Any = param((5**0.5 - 1) / 2)

    card: ClassVar = Card(
        title="GOPY map (strange nonchaotic attractor)",
        equation=(r"x_{n+1} = 2 \sigma \tanh(x_n) \cos(2 \pi \theta_n),\ \theta_{n+1} = \theta_n + \omega \pmod{1}"),
        field="mathematics",
        cite=("grebogi1984",),
        variables=("x", "theta"),
        state=(-0.091309, 0.37309),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"quasi-periodic", "dissipative", "piecewise"}),
        presets={"strange nonchaotic": {"sigma": 1.5}, "quasi-periodic": {"sigma": 0.8}},
        known={
            "bifurcation:sigma": Known(1.0, Source.EXACT, "the line x = 0 loses stability: exponent ln sigma", 1e-12)
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, theta = x
        return 2 * self.sigma * jnp.tanh(x) * jnp.cos(2 * jnp.pi * theta), jnp.mod(theta + self.omega, 1.0)
