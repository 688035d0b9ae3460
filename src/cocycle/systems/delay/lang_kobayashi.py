"""The Lang-Kobayashi equations."""

from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, DelayFlow, Known, Source, Status, param

__all__ = ["LangKobayashi"]


class LangKobayashi(DelayFlow):
    r"""A semiconductor laser that sees its own light, back from a mirror after a delay.

    $$\dot E = (1 + i \alpha) N E + \eta\, e^{i\phi} E_\tau, \quad
    \dot N = \epsilon \left(p - N - (1 + 2 N) |E|^2\right), \quad E_\tau = E(t - \tau), \quad E = x + i y$$

    Lang and Kobayashi's rate equations [@lang1980] in units of the photon lifetime [@alsing1996]: `E` is the slow
    amplitude of the field, `N` the excess of carriers. A common turn of the phase changes nothing. Stronger feedback
    destabilises one external-cavity mode after the other, until the coherence collapses in chaos.

    **Arguments**: `alpha` 4, the coupling of amplitude and phase; `eta` 0.01 and `phi` 0, strength and phase of the
    feedback;
    `p` 0.1, the pump above threshold; `epsilon` 0.005, photon over carrier lifetime; `tau` 100, the round trip.

    **Good values**: `eta=0.01` chaotic; `eta=0.05` chaotic; `eta=0.005` quasi-periodic; `eta=0.001` one mode, whose
    phase turns.
    """

    alpha: Any = param(4.0)
    eta: Any = param(0.01)
    phi: Any = param(0.0)
    p: Any = param(0.1)
    epsilon: Any = param(0.005)
    tau: Any = param(100.0)

    card: ClassVar = Card(
        title="Lang-Kobayashi laser",
        equation=(
            r"\dot x = N (x - \alpha y) + \eta (x_\tau \cos\phi - y_\tau \sin\phi),\ "
            r"\dot y = N (y + \alpha x) + \eta (x_\tau \sin\phi + y_\tau \cos\phi),\ "
            r"\dot N = \epsilon (p - N - (1 + 2 N) (x^2 + y^2)),\ x_\tau = x(t - \tau),\ y_\tau = y(t - \tau)"
        ),
        field="physics",
        cite=("lang1980", "alsing1996"),
        variables=("x", "y", "N"),
        state=(0.28664, -0.026183, 0.0036147),
        period=200.0,
        dt=2.0,
        transient=20000.0,
        tags=frozenset({"chaotic", "autonomous", "delay", "dissipative", "polynomial"}),
        presets={
            "chaotic": {"eta": 0.01},
            "strong feedback": {"eta": 0.05},
            "quasi-periodic": {"eta": 0.005},
            "one mode": {"eta": 0.001},
        },
        known={"fixed_points": Known(((0.0, 0.0, 0.1),), Source.EXACT, "the laser off, N = p", 1e-14)},
        status=Status.VERIFIED,
    )

    @property
    def delays(self):
        return jnp.reshape(self.tau, (1,))

    def vector_field(self, t, x, delayed):
        del t
        x, y, N = x
        u, v = delayed[0, 0], delayed[0, 1]
        c, s = jnp.cos(self.phi), jnp.sin(self.phi)
        return (
            N * (x - self.alpha * y) + self.eta * (u * c - v * s),
            N * (y + self.alpha * x) + self.eta * (u * s + v * c),
            self.epsilon * (self.p - N - (1 + 2 * N) * (x * x + y * y)),
        )
