"""The FitzHugh-Nagumo neuron."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["FitzHughNagumo"]


def _rest() -> tuple[float, float]:
    # Cardano for v^3 + 3 (1/b - 1) v + 3 (a/b - I) = 0 at the defaults: one real root
    p, q = 3 * (1 / 0.8 - 1), 3 * (0.7 / 0.8 - 0.5)
    root = (q * q / 4 + p**3 / 27) ** 0.5
    v = (root - q / 2) ** (1 / 3) - (root + q / 2) ** (1 / 3)
    return v, (v + 0.7) / 0.8


class FitzHughNagumo(Flow):
    r"""The FitzHugh-Nagumo neuron: excitability and spiking in the plane.

    $$\dot v = v - v^3/3 - w + I, \quad \tau \dot w = v + a - b w$$

    `v` is the (scaled) membrane potential, `w` a slow recovery. Between two Hopf bifurcations, at about
    $I = 0.33$ and $I = 1.42$, the neuron fires periodically; below it rests, and a kick beyond the threshold costs one
    spike [@fitzhugh1961; @nagumo1962].

    **Arguments**: `a` 0.7, `b` 0.8, `tau` 12.5 (the ratio of the time scales), `I` the injected current, 0.5.

    **Good values**: `I=0.5` periodic spikes; `I=0` rest, excitable.
    """

    a: Any = param(0.7)
    b: Any = param(0.8)
    tau: Any = param(12.5)
    I: Any = param(0.5)  # noqa: E741 - the symbol of the field

    card: ClassVar = Card(
        title="FitzHugh-Nagumo",
        equation=r"\dot v = v - v^3/3 - w + I,\ \tau \dot w = v + a - b w",
        field="neuroscience",
        cite=("fitzhugh1961", "nagumo1962"),
        variables=("v", "w"),
        state=(1.5143, 0.9432),
        period=39.6,
        dt=0.5,
        transient=200.0,
        tags=frozenset({"periodic", "dissipative", "autonomous", "polynomial", "neuroscience", "fast-slow"}),
        presets={"spiking": {"I": 0.5}, "excitable": {"I": 0.0}},
        known={"fixed_points": Known((_rest(),), Source.EXACT, "the real root of a cubic", 1e-12)},
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        v, w = x
        return v - v * v * v / 3 - w + self.I, (v + self.a - self.b * w) / self.tau
