"""The circle in floating point, for maps that double an angle."""

import jax.numpy as jnp

__all__ = ["LAP", "wrap"]

LAP = 1 - 111 * 2.0**-53
"""One turn, short of 1 by 1.2e-14.

Doubling modulo 1 shifts the binary digits of a double out at the top: after 53 steps none is left and the orbit is 0.
Modulo this number it permutes the multiples of 2^-53 exactly, in cycles of 4.5e15 steps, as 2^53 - 111 is prime.
"""


def wrap(x):
    """`x` modulo one turn, in [0, 1)."""
    return jnp.mod(x, LAP)
