"""The genetic toggle switch."""

from typing import Any, ClassVar

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["ToggleSwitch"]


class ToggleSwitch(Flow):
    r"""Gardner, Cantor and Collins' toggle switch: two genes that repress each other, a memory of one bit.

    $$\dot u = \frac{\alpha_1}{1 + v^\beta} - u, \quad \dot v = \frac{\alpha_2}{1 + u^\gamma} - v$$

    `u` and `v` are the concentrations of the two repressors [@gardner2000]. With equal strengths $\alpha$ and $\beta
    = \gamma = 2$ there is one steady state for $\alpha < 2$, and beyond this pitchfork two stable ones, $u + v =
    \alpha$, $u v = 1$, with a saddle between them.

    **Arguments**: `alpha1` and `alpha2` 10: the strengths of synthesis; `beta` and `gamma` 2: the cooperativity of
    repression.

    **Good values**: `alpha1=alpha2=10` bistable; `alpha1=alpha2=1.5` one steady state;
    `ToggleSwitch.preset("plasmid")` the circuit that was built.
    """

    alpha1: Any = param(10.0)
    alpha2: Any = param(10.0)
    beta: Any = param(2.0)
    gamma: Any = param(2.0)

    card: ClassVar = Card(
        title="Genetic toggle switch",
        equation=r"\dot u = \frac{\alpha_1}{1 + v^\beta} - u,\ \dot v = \frac{\alpha_2}{1 + u^\gamma} - v",
        field="biology",
        cite=("gardner2000",),
        variables=("u", "v"),
        state=(2.5, 1.8),
        period=6.0,
        dt=0.1,
        transient=30.0,
        tags=frozenset({"fixed-point", "dissipative", "autonomous"}),
        presets={
            "bistable": {"alpha1": 10.0, "alpha2": 10.0},
            "monostable": {"alpha1": 1.5, "alpha2": 1.5},
            "plasmid": {"alpha1": 156.25, "alpha2": 15.6, "beta": 2.5, "gamma": 1.0},
        },
        known={
            "divergence": Known(-2.0, Source.EXACT, "the two decay rates", 1e-13),
            "symmetry": Known((2, 1), Source.EXACT, "exchange of the genes, where their constants are equal", 1e-12),
            "fixed_points": Known(
                ((5 + 24**0.5, 5 - 24**0.5), (5 - 24**0.5, 5 + 24**0.5), (2.0, 2.0)),
                Source.EXACT,
                "u + v = alpha with u v = 1; u = v with u (1 + u^2) = alpha",
                1e-11,
            ),
        },
        status=Status.VERIFIED,
    )

    def vector_field(self, t, x):
        del t
        u, v = x
        return self.alpha1 / (1 + v**self.beta) - u, self.alpha2 / (1 + u**self.gamma) - v
