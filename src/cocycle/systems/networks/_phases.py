"""What models of phases in their mean field share."""

import math
from typing import Any

import jax.numpy as jnp

from cocycle.core import CocycleError

__all__ = ["check_frequencies", "lorentzian", "order_parameter", "pull", "scattered"]


def lorentzian(n: int, width: float) -> tuple[float, ...]:
    """The `n` quantiles of a Lorentzian of half-width `width` around 0."""
    return tuple(width * math.tan(math.pi * ((i + 0.5) / n - 0.5)) for i in range(n))


def check_frequencies(name: str, omega: Any) -> None:
    """Raise unless `omega` is one frequency for each oscillator."""
    if jnp.ndim(omega) != 1:
        raise CocycleError(f"{name}: omega must have shape (n,), one frequency each; got {jnp.shape(omega)}.")


def scattered(n: int, amplitude: Any) -> Any:
    """`n` fixed phases without a pattern, between plus and minus `amplitude`."""
    i = jnp.arange(n)
    return amplitude * jnp.sin(2.0 + 3.0 * i + 0.7 * i**2)


def order_parameter(x: Any) -> Any:
    r"""$r = |\frac1n \sum_j e^{i\theta_j}|$, between 0 (incoherent) and 1 (in phase)."""
    return jnp.hypot(jnp.mean(jnp.cos(x)), jnp.mean(jnp.sin(x)))


def pull(x: Any) -> Any:
    r"""$\frac1n \sum_j \sin(\theta_j - \theta_i) = r \sin(\psi - \theta_i)$, in `n` operations instead of `n^2`."""
    c, s = jnp.cos(x), jnp.sin(x)
    return jnp.mean(s) * c - jnp.mean(c) * s
