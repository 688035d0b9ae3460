"""Stochastic differential equations: Euler-Maruyama, stochastic Heun, and SRA1 for additive noise."""

import abc
from typing import Any, ClassVar

import jax
import jax.numpy as jnp

from cocycle.core import CocycleError, StochasticFlow, as_point

from ._solver import FixedStep

__all__ = ["SRA1", "EulerMaruyama", "StochasticHeun"]


def ito_drift(system, t, x):
    r"""The drift of the same process written in the Ito calculus: $a + \frac12 \sum_j (\partial b_j) b_j$."""
    drift = as_point(system.drift(t, x))
    if system.calculus == "ito" or system.additive:
        return drift
    return drift + _correction(system, t, x)


def stratonovich_drift(system, t, x):
    r"""The drift of the same process in the Stratonovich calculus: $a - \frac12 \sum_j (\partial b_j) b_j$."""
    drift = as_point(system.drift(t, x))
    if system.calculus == "stratonovich" or system.additive:
        return drift
    return drift - _correction(system, t, x)


def _correction(system, t, x):
    diffusion = jnp.asarray(system.diffusion(t, x))

    def along(j):
        return jax.jvp(lambda y: jnp.asarray(system.diffusion(t, y))[:, j], (x,), (diffusion[:, j],))[1]

    return 0.5 * jnp.sum(jax.vmap(along)(jnp.arange(diffusion.shape[1])), axis=0)


_BLOCK = 256


class _StochasticStep(FixedStep):
    """A scheme driven by increments of Brownian motion.

    With a `key` the increments are drawn step by step: same key and same step, same path; another step length is
    *another* path. To refine along one path, give the increments yourself: `along`.
    """

    accepts: ClassVar = (StochasticFlow,)
    uses_area: ClassVar[bool] = False

    def check(self, system: Any):
        super().check(system)
        if system.calculus not in ("ito", "stratonovich"):
            raise CocycleError(
                f"{type(system).__name__}: calculus must be 'ito' or 'stratonovich'; got {system.calculus!r}."
            )

    @abc.abstractmethod
    def move(self, system: Any, t: Any, x: Any, h: Any, dw: Any, area: Any) -> Any:
        r"""One step, given the increment $\Delta W$ and the area $\int (W - W(t))\,dt$ under the path: `(noise,)`."""

    def step(self, system, t, x, h, key=None):
        if key is None:
            raise CocycleError(f"{type(self).__name__}: pass `key=jax.random.key(seed)`; the system is random.")
        return self._drawn_step(system, t, x, h, self._draw(system, t, x, key))

    def _draw(self, system, t, x, key):
        noises = jax.eval_shape(lambda: jnp.asarray(system.diffusion(t, x))).shape[1]
        return jax.random.normal(key, (1 + self.uses_area, noises), dtype=x.dtype)

    def _drawn_step(self, system, t, x, h, normal):
        dw = jnp.sqrt(h) * normal[0]
        area = h**1.5 / 2 * (normal[0] + normal[1] / 3**0.5) if self.uses_area else None
        return self.move(system, t, x, h, dw, area)

    def record(self, system, t0, x0, dt, n, key=None):
        """The noise is drawn a block of steps at a time, 4 times faster than one by one; keys and path are the same."""
        if key is None:
            return super().record(system, t0, x0, dt, n, key)
        count, h = self._division(dt)

        def draw(i, j):
            sub = jax.random.fold_in(key, i)
            single = isinstance(count, int) and count == 1
            return self._draw(system, t0, x0, sub if single else jax.random.fold_in(sub, j))

        def block(b, carry):
            index = b * _BLOCK + jnp.arange(_BLOCK)
            samples, substeps = index // count, index % count

            def body(carry, inputs):
                x, saved = carry
                i, j, normal = inputs
                y = self._drawn_step(system, t0 + i * dt + j * h, x, h, normal)
                # the last substep of a sample is the one that stays; steps past the end fall into a spare row
                saved = jax.lax.dynamic_update_slice(saved, y[None], (jnp.minimum(i, n) + 1, jnp.zeros_like(i)))
                return (y, saved), None

            return jax.lax.scan(body, carry, (samples, substeps, jax.vmap(draw)(samples, substeps)))[0]

        saved = jnp.zeros((n + 2, x0.shape[0]), x0.dtype).at[0].set(x0)
        return jax.lax.fori_loop(0, (n * count + _BLOCK - 1) // _BLOCK, block, (x0, saved))[1][: n + 1]

    def along(self, system: StochasticFlow, t0: Any, x0: Any, h: Any, increments: Any, areas: Any = None) -> jax.Array:
        r"""The solution along a given Brownian path.

        **Arguments**: `increments`, shape `(n, noise)`: $W(t_{i+1}) - W(t_i)$ for `n` steps of length `h`; `areas`, the
        same shape: $\int_{t_i}^{t_{i+1}} (W(s) - W(t_i))\,ds$, needed by `SRA1` only.

        **Returns** the states at all `n + 1` times, shape `(n + 1, dim)`.
        """
        self.check(system)
        x0 = jnp.asarray(x0, dtype=jnp.result_type(float))
        increments = jnp.asarray(increments, dtype=x0.dtype)
        if increments.ndim != 2 or increments.shape[1] != system.noise_dim:
            raise CocycleError(
                f"increments must have shape (n, {system.noise_dim}), one column per Wiener process; "
                f"got {increments.shape}."
            )
        if self.uses_area and areas is None:
            raise CocycleError(f"{type(self).__name__}.along needs `areas`, the integrals of the path over each step.")
        areas = increments if areas is None else jnp.asarray(areas, dtype=x0.dtype)

        def body(x, inputs):
            i, dw, area = inputs
            y = self.move(system, t0 + i * h, x, h, dw, area)
            return y, y

        _, states = jax.lax.scan(body, x0, (jnp.arange(increments.shape[0]), increments, areas))
        return jnp.concatenate([x0[None], states])


class EulerMaruyama(_StochasticStep):
    """The Euler-Maruyama scheme: strong order 0.5 (1 for additive noise), weak order 1.

    The default for Ito systems with multiplicative noise. A Stratonovich system is solved as what it is: its drift is
    converted exactly. Pathwise derivatives (`jax.jvp`; `jax.grad` with `substeps`) are those of the scheme at fixed
    noise. [@kloeden1992, 10.2]
    """

    order: ClassVar = 0.5

    def move(self, system, t, x, h, dw, area):
        del area
        return x + h * ito_drift(system, t, x) + jnp.asarray(system.diffusion(t, x)) @ dw


class StochasticHeun(_StochasticStep):
    """Heun's scheme: strong order 1 where the noises commute (one noise, or one per variable), else 0.5; weak order 1.

    The default for Stratonovich systems. An Ito system is solved as what it is: its drift is converted exactly. Where
    the noise vanishes it is the second-order Heun method. [@rumelin1982]
    """

    order: ClassVar = 1.0

    def move(self, system, t, x, h, dw, area):
        del area
        a0, b0 = stratonovich_drift(system, t, x), jnp.asarray(system.diffusion(t, x))
        y = x + h * a0 + b0 @ dw
        a1, b1 = stratonovich_drift(system, t + h, y), jnp.asarray(system.diffusion(t + h, y))
        return x + h / 2 * (a0 + a1) + (b0 + b1) @ dw / 2


class SRA1(_StochasticStep):
    """Roessler's scheme for additive noise: strong order 1.5 with two evaluations of the drift.

    The default where `additive = True`; a system whose noise depends on the state is refused.
    [@rossler2010]
    """

    order: ClassVar = 1.5
    uses_area: ClassVar = True

    def check(self, system):
        super().check(system)
        if not system.additive:
            raise CocycleError(
                f"SRA1 needs noise that does not depend on the state. If that holds for {type(system).__name__}, set "
                "`additive = True` on its class; otherwise use `EulerMaruyama` or `StochasticHeun`."
            )

    def move(self, system, t, x, h, dw, area):
        start, end = jnp.asarray(system.diffusion(t, x)), jnp.asarray(system.diffusion(t + h, x))
        a1 = as_point(system.drift(t, x))
        a2 = as_point(system.drift(t + 0.75 * h, x + 0.75 * h * a1 + 1.5 * (end @ area) / h))
        return x + h / 3 * (a1 + 2 * a2) + end @ dw + (start - end) @ area / h
