"""The logistic map with noise."""

from typing import Any, ClassVar

import jax

from cocycle.core import Card, RandomMap, Status, param

__all__ = ["NoisyLogistic"]


class NoisyLogistic(RandomMap):
    r"""The logistic map with additive noise: how noise blurs the cascade of period doublings.

    $$x_{n+1} = r x_n (1 - x_n) + \xi_n$$

    with independent $\xi_n$, uniform on $[-w, w]$. Noise of width `w` removes the doublings finer than itself (a
    "bifurcation gap") and can make a periodic window chaotic [@mayerkress1981; @crutchfield1982]. The state stays in
    $[0, 1]$ while $r/4 + w \le 1$ and the image of the ends is not below `w`.

    **Arguments**: `r` 3.7; `w` half-width of the noise, 0.01.

    **Good values**: `r=3.7` noisy chaos; `r=3.55` a noisy cycle of four bands; `r=3.2` a noisy cycle of period 2.
    """

    r: Any = param(3.7)
    w: Any = param(0.01)

    card: ClassVar = Card(
        title="Noisy logistic map",
        equation=r"x_{n+1} = r x_n (1 - x_n) + w \xi_n \text{ with } \xi_n \text{ uniform on } [-1, 1]",
        field="mathematics",
        cite=("mayerkress1981", "crutchfield1982"),
        variables=("x",),
        state=(0.6,),
        dt=1.0,
        transient=1000.0,
        tags=frozenset({"chaotic", "dissipative", "autonomous", "polynomial"}),
        presets={"chaotic": {"r": 3.7}, "bands": {"r": 3.55}, "periodic": {"r": 3.2}},
        status=Status.VERIFIED,
    )

    def step(self, n, x, key):
        del n
        return self.r * x * (1 - x) + self.w * jax.random.uniform(key, x.shape, x.dtype, -1.0, 1.0)
