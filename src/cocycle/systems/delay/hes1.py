"""The oscillations of Hes1."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, DelayFlow, Status, param

__all__ = ["Hes1"]


class Hes1(DelayFlow):
    r"""A gene that represses itself, with the time that transcription and translation take: the segmentation clock.

    $$\dot m = \frac{\alpha}{1 + (p_\tau / p_0)^n} - \mu_m m, \quad \dot p = \beta m - \mu_p p, \quad
    p_\tau = p(t - \tau)$$

    `m` is the messenger RNA and `p` the protein of Hes1. Both live for about 23 minutes; with the delay they oscillate
    with a period near two hours, as observed in cultured cells [@monk2003].

    **Arguments**: `alpha` 1 and `beta` 1, rates of transcription and translation, which only set the units; `mu_m` 0.03
    and `mu_p` 0.03 a minute, decay; `p0` 100, the protein that halves transcription; `n` 5; `tau` 18.5 minutes.

    **Good values**: `tau=18.5` periodic; `tau=30` periodic, larger; `tau=5` comes to rest.
    """

    alpha: Any = param(1.0)
    beta: Any = param(1.0)
    mu_m: Any = param(0.03)
    mu_p: Any = param(0.03)
    p0: Any = param(100.0)
    n: Any = param(5.0)
    tau: Any = param(18.5)

    card: ClassVar = Card(
        title="Hes1 oscillator",
        equation=(
            r"\dot m = \frac{\alpha}{1 + (p_\tau / p_0)^n} - \mu_m m,\ \dot p = \beta m - \mu_p p,\ "
            r"p_\tau = p(t - \tau)"
        ),
        field="biology",
        cite=("monk2003",),
        variables=("m", "p"),
        state=(5.2943, 151.01),
        period=116.0,
        dt=1.0,
        transient=5000.0,
        tags=frozenset({"periodic", "autonomous", "delay", "dissipative"}),
        presets={"periodic": {"tau": 18.5}, "large swings": {"tau": 30.0}, "fixed point": {"tau": 5.0}},
        status=Status.VERIFIED,
    )

    @property
    def delays(self):
        return jnp.reshape(self.tau, (1,))

    def vector_field(self, t, x, delayed):
        del t
        m, p = x
        late = delayed[0, 1] / self.p0
        return self.alpha / (1 + late**self.n) - self.mu_m * m, self.beta * m - self.mu_p * p
