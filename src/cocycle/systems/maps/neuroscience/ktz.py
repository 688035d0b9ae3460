"""The KTz neuron."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Map, Status, param

__all__ = ["KTz"]


class KTz(Map):
    r"""Kinouchi and Tragtenberg's neuron with a slow current: a dynamical perceptron that spikes, bursts or rests.

    $$x_{n+1} = \tanh\frac{x_n - K y_n + z_n + H}{T}, \quad y_{n+1} = x_n, \quad
    z_{n+1} = (1 - \delta) z_n - \lambda (x_n - x_R)$$

    `x` is the membrane potential, `y` its value a step ago, `z` a slow current. The fast pair is the two-step neuron of
    [@kinouchi1996], `z` was added in [@kuva2001]; regimes are mapped in [@girardischappo2013].

    **Arguments**: `K` 0.6 and `T` 0.35, the fast neuron; `H`, the stimulus, 0; `delta` 0.001, `lam` $\lambda$ 0.001 and
    `x_R` -0.5, decay, gain and reversal potential of the slow current.

    **Good values**: `x_R=-0.5` bursts, weakly chaotic; `x_R=0` regular spikes; `T=0.25` slow spikes with a plateau;
    `x_R=-0.7` rest.
    """

    K: Any = param(0.6)
    T: Any = param(0.35)
    H: Any = param(0.0)
    delta: Any = param(0.001)
    lam: Any = param(0.001)
    x_R: Any = param(-0.5)

    card: ClassVar = Card(
        title="KTz neuron (Kinouchi-Tragtenberg)",
        equation=(
            r"x_{n+1} = \tanh(\frac{x_n - K y_n + z_n + H}{T}),\ y_{n+1} = x_n,\ "
            r"z_{n+1} = (1 - \delta) z_n - \lambda (x_n - x_R)"
        ),
        symbols={"\\lambda": "lam"},
        field="neuroscience",
        cite=("kinouchi1996", "kuva2001", "girardischappo2013"),
        variables=("x", "y", "z"),
        state=(-0.66328, -0.66359, -0.016066),
        dt=1.0,
        transient=5000.0,
        tags=frozenset({"chaotic", "dissipative", "fast-slow"}),
        presets={
            "bursting": {"x_R": -0.5},
            "spiking": {"x_R": 0.0},
            "long spikes": {"T": 0.25},
            "rest": {"x_R": -0.7},
        },
        status=Status.VERIFIED,
    )

    def step(self, n, x):
        del n
        x, y, z = x
        return (
            jnp.tanh((x - self.K * y + z + self.H) / self.T),
            x,
            (1 - self.delta) * z - self.lam * (x - self.x_R),
        )
