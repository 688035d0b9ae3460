"""Moehlis, Faisst and Eckhardt's model of turbulent shear flow."""

import math
from typing import Any, ClassVar

import jax.numpy as jnp

from cocycle.core import Card, Flow, Known, Source, Status, param

__all__ = ["NineModeShear"]


class NineModeShear(Flow):
    r"""Moehlis, Faisst and Eckhardt's nine modes of a sheared fluid: turbulence that dies out without warning.

    $$\dot a_i = -\frac{d_i}{R} a_i + \frac{\beta^2}{R} \delta_{i1} + \text{quadratic terms},
    \quad i = 1, \dots, 9$$

    A Galerkin model of flow between free-slip walls, driven by a sinusoidal body force: `a1` is the mean profile,
    `a2` the streaks, `a3` the downstream vortices, `a4` and `a5` flows across, `a6` to `a8` three-dimensional modes and
    `a9` the change of the profile [@moehlis2004]. The quadratic terms (written out in `card.equation`) conserve the
    energy $\sum a_i^2$. The laminar flow, $a_1 = 1$ and all else zero, is linearly stable at every Reynolds number;
    turbulence is transient chaos, at the defaults with a mean life of about 10^4.

    **Arguments**

    - `Re`: Reynolds number, 400.
    - `Lx` $4\pi$ and `Lz` $2\pi$: length and width of the domain; the height is 2.

    **Good values**: `Re=400` long transient chaos; `Re=50` decays to the laminar flow at once.
    """

    Re: Any = param(400.0)
    Lx: Any = param(4 * math.pi)
    Lz: Any = param(2 * math.pi)

    card: ClassVar = Card(
        title="Nine-mode shear flow",
        equation=(
            r"\alpha = 2 \pi / L_x,\ \beta = \pi / 2,\ \gamma = 2 \pi / L_z,\ p = \sqrt{\alpha^2 + \gamma^2},\ "
            r"q = \sqrt{\beta^2 + \gamma^2},\ s = \sqrt{\alpha^2 + \beta^2 + \gamma^2},\ "
            r"\dot a_1 = \frac{\beta^2}{R} (1 - a_1) - \sqrt{\frac{3}{2}} \frac{\beta \gamma}{s} a_6 a_8 "
            r"+ \sqrt{\frac{3}{2}} \frac{\beta \gamma}{q} a_2 a_3,\ "
            r"\dot a_2 = -(\frac{4 \beta^2}{3} + \gamma^2) \frac{a_2}{R} "
            r"+ \frac{5 \sqrt{2}}{3 \sqrt{3}} \frac{\gamma^2}{p} a_4 a_6 - \frac{\gamma^2}{\sqrt{6} p} a_5 a_7 "
            r"- \frac{\alpha \beta \gamma}{\sqrt{6} p s} a_5 a_8 - \sqrt{\frac{3}{2}} \frac{\beta \gamma}{q} a_1 a_3 "
            r"- \sqrt{\frac{3}{2}} \frac{\beta \gamma}{q} a_3 a_9,\ "
            r"\dot a_3 = -\frac{\beta^2 + \gamma^2}{R} a_3 "
            r"+ \frac{2}{\sqrt{6}} \frac{\alpha \beta \gamma}{p q} (a_4 a_7 + a_5 a_6) "
            r"+ \frac{\beta^2 (3 \alpha^2 + \gamma^2) - 3 \gamma^2 (\alpha^2 + \gamma^2)}{\sqrt{6} p q s} a_4 a_8,\ "
            r"\dot a_4 = -\frac{3 \alpha^2 + 4 \beta^2}{3 R} a_4 - \frac{\alpha}{\sqrt{6}} a_1 a_5 "
            r"- \frac{10}{3 \sqrt{6}} \frac{\alpha^2}{p} a_2 a_6 "
            r"- \sqrt{\frac{3}{2}} \frac{\alpha \beta \gamma}{p q} a_3 a_7 "
            r"- \sqrt{\frac{3}{2}} \frac{\alpha^2 \beta^2}{p q s} a_3 a_8 - \frac{\alpha}{\sqrt{6}} a_5 a_9,\ "
            r"\dot a_5 = -\frac{\alpha^2 + \beta^2}{R} a_5 + \frac{\alpha}{\sqrt{6}} a_1 a_4 "
            r"+ \frac{\alpha^2}{\sqrt{6} p} a_2 a_7 - \frac{\alpha \beta \gamma}{\sqrt{6} p s} a_2 a_8 "
            r"+ \frac{\alpha}{\sqrt{6}} a_4 a_9 + \frac{2}{\sqrt{6}} \frac{\alpha \beta \gamma}{p q} a_3 a_6,\ "
            r"\dot a_6 = -\frac{3 \alpha^2 + 4 \beta^2 + 3 \gamma^2}{3 R} a_6 + \frac{\alpha}{\sqrt{6}} a_1 a_7 "
            r"+ \sqrt{\frac{3}{2}} \frac{\beta \gamma}{s} a_1 a_8 "
            r"+ \frac{10}{3 \sqrt{6}} \frac{\alpha^2 - \gamma^2}{p} a_2 a_4 "
            r"- 2 \sqrt{\frac{2}{3}} \frac{\alpha \beta \gamma}{p q} a_3 a_5 + \frac{\alpha}{\sqrt{6}} a_7 a_9 "
            r"+ \sqrt{\frac{3}{2}} \frac{\beta \gamma}{s} a_8 a_9,\ "
            r"\dot a_7 = -\frac{\alpha^2 + \beta^2 + \gamma^2}{R} a_7 - \frac{\alpha}{\sqrt{6}} (a_1 a_6 + a_6 a_9) "
            r"+ \frac{1}{\sqrt{6}} \frac{\gamma^2 - \alpha^2}{p} a_2 a_5 "
            r"+ \frac{1}{\sqrt{6}} \frac{\alpha \beta \gamma}{p q} a_3 a_4,\ "
            r"\dot a_8 = -\frac{\alpha^2 + \beta^2 + \gamma^2}{R} a_8 "
            r"+ \frac{2}{\sqrt{6}} \frac{\alpha \beta \gamma}{p s} a_2 a_5 "
            r"+ \frac{\gamma^2 (3 \alpha^2 - \beta^2 + 3 \gamma^2)}{\sqrt{6} p q s} a_3 a_4,\ "
            r"\dot a_9 = -\frac{9 \beta^2}{R} a_9 + \sqrt{\frac{3}{2}} \frac{\beta \gamma}{q} a_2 a_3 "
            r"- \sqrt{\frac{3}{2}} \frac{\beta \gamma}{s} a_6 a_8"
        ),
        symbols={"R": "Re"},
        field="fluids",
        cite=("moehlis2004",),
        variables=("a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9"),
        state=(0.15973, 0.09464, -0.03452, 0.03004, -0.09249, 0.00737, -0.02969, -0.00554, -0.06872),
        period=100.0,
        dt=1.0,
        transient=500.0,
        tags=frozenset({"transient-chaos", "dissipative", "autonomous", "polynomial"}),
        presets={"turbulent": {"Re": 400.0}, "laminar": {"Re": 50.0}},
        known={
            "fixed_points": Known(((1.0, *(0.0,) * 8),), Source.EXACT, "the laminar flow, at every Re", 1e-14),
            "symmetry": Known(
                (1, 2, 3, -4, -5, -6, -7, -8, 9), Source.EXACT, "translation by half the length of the domain", 1e-13
            ),
        },
        status=Status.UNVERIFIED,
        reason="the chaos is transient: in the time that exponents need the flow becomes laminar",
    )

    def kinetic_energy(self, x):
        """Kinetic energy, up to a factor: the sum of the squares."""
        return jnp.sum(x * x)

    def vector_field(self, t, x):
        del t
        a1, a2, a3, a4, a5, a6, a7, a8, a9 = x
        alpha, beta, gamma = 2 * math.pi / self.Lx, math.pi / 2, 2 * math.pi / self.Lz
        aa, bb, cc = alpha * alpha, beta * beta, gamma * gamma
        p, q, s = jnp.sqrt(aa + cc), jnp.sqrt(bb + cc), jnp.sqrt(aa + bb + cc)
        r6, r32, abc = math.sqrt(6), math.sqrt(1.5), alpha * beta * gamma
        shear = a1 + a9  # the profile acts on the modes as a whole
        damping = -x * jnp.stack(
            [
                jnp.full_like(s, bb),
                4 * bb / 3 + cc,
                q * q,
                aa + 4 * bb / 3,
                aa + bb,
                aa + 4 * bb / 3 + cc,
                s * s,
                s * s,
                jnp.full_like(s, 9 * bb),
            ]
        )
        mean = r32 * beta * gamma * (a2 * a3 / q - a6 * a8 / s)
        quadratic = jnp.stack(
            [
                mean,
                (10 / 3 * cc * a4 * a6 - cc * a5 * a7 - abc / s * a5 * a8) / (r6 * p)
                - r32 * beta * gamma / q * shear * a3,
                (2 * abc * (a4 * a7 + a5 * a6) + (bb * (3 * aa + cc) - 3 * cc * (aa + cc)) / s * a4 * a8)
                / (r6 * p * q),
                -alpha / r6 * shear * a5
                - 10 / 3 * aa / (r6 * p) * a2 * a6
                - r32 / (p * q) * (abc * a3 * a7 + aa * bb / s * a3 * a8),
                alpha / r6 * shear * a4
                + (aa * a2 * a7 - abc / s * a2 * a8) / (r6 * p)
                + 2 * abc / (r6 * p * q) * a3 * a6,
                alpha / r6 * shear * a7
                + r32 * beta * gamma / s * shear * a8
                + 10 / 3 * (aa - cc) / (r6 * p) * a2 * a4
                - 4 * abc / (r6 * p * q) * a3 * a5,
                -alpha / r6 * shear * a6 + (cc - aa) / (r6 * p) * a2 * a5 + abc / (r6 * p * q) * a3 * a4,
                2 * abc / (r6 * p * s) * a2 * a5 + cc * (3 * aa - bb + 3 * cc) / (r6 * p * q * s) * a3 * a4,
                mean,
            ]
        )
        return (damping + bb * jnp.eye(9)[0]) / self.Re + quadratic
