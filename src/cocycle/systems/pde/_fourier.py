"""Discrete Fourier transforms by small real matrices, for periodic fields.

Why not the FFT of the array library: on a CPU it is a call out of the compiled loop, and inside batched loops (as for
Lyapunov vectors) XLA refuses it (a failed layout check, seen with jax 0.10.2). A real field on up to `DENSE` points is
transformed by one orthogonal matrix, 5 times faster than the FFT at 64 points; larger and complex fields in two stages
(Cooley and Tukey's factorisation `n = a b`), at about the cost of the FFT.
"""

import math
from functools import cache
from typing import Any

import equinox as eqx
import jax.numpy as jnp
import numpy as np

from cocycle.core import CocycleError, SemilinearFlow

__all__ = ["DENSE", "ComplexField", "basis", "derivative", "dft", "inverse_dft", "kept", "order", "split_field"]

DENSE = 128


@cache
def order(n: int) -> np.ndarray:
    """The whole wave number of each real mode: 0, then cosines 1, 2, ..., then sines 1, 2, ...; shape `(n,)`."""
    cosines, sines = np.arange(n // 2 + 1), np.arange(1, (n + 1) // 2)
    return np.concatenate([cosines, sines])


@cache
def basis(n: int) -> np.ndarray:
    """The orthogonal matrix whose rows are the modes on the grid: `modes = basis(n) @ u`, `u = basis(n).T @ modes`."""
    k = order(n)
    angle = 2 * np.pi * (np.outer(k, np.arange(n)) % n) / n
    is_sine = np.arange(n) > n // 2
    rows = np.where(is_sine[:, None], np.sin(angle), np.cos(angle))
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@cache
def derivative(n: int) -> np.ndarray:
    """d/dx in the modes, for a domain of length 2 pi. The highest cosine of an even grid has no sine partner: zero."""
    k = order(n)
    matrix = np.zeros((n, n))
    for sine in range(n // 2 + 1, n):
        cosine = k[sine]
        matrix[sine, cosine] = -k[sine]  # (cos kx)' = -k sin kx
        matrix[cosine, sine] = k[sine]
    return matrix


def kept(k: np.ndarray, n: int, dealias: bool) -> np.ndarray:
    """1 for the wave numbers that take part in a product of two fields, 0 for those the 2/3 rule drops."""
    return np.where(np.abs(k) < n / 3, 1.0, 0.0) if dealias else np.ones(len(k))


@cache
def _stages(n: int, sign: int) -> tuple[int, int, np.ndarray, np.ndarray, np.ndarray]:
    """Factors `a <= b` of `n`, near equal, the two small transforms as real matrices, and the twiddle factors."""
    a = max(d for d in range(1, math.isqrt(n) + 1) if n % d == 0)
    b = n // a

    def root(rows, columns, size):
        return np.exp(sign * 2j * np.pi * (np.outer(np.arange(rows), np.arange(columns)) % size) / size)

    first, second = root(a, a, a), root(b, b, b)
    left = np.block([[first.real, -first.imag], [first.imag, first.real]])
    right = np.block([[second.real, second.imag], [-second.imag, second.real]])
    return a, b, left, right, root(a, b, n)


def _transform(z, sign):
    n = z.shape[0]
    a, b, left, right, twiddle = _stages(n, sign)
    z = jnp.reshape(z, (a, b))
    y = left @ jnp.concatenate([jnp.real(z), jnp.imag(z)])
    y = (y[:a] + 1j * y[a:]) * twiddle
    y = jnp.concatenate([jnp.real(y), jnp.imag(y)], axis=1) @ right
    return jnp.reshape((y[:, :b] + 1j * y[:, b:]).T, n)


def dft(z):
    """`fft(z)` of a field of shape `(n,)`, real or complex."""
    return _transform(z, -1)


def inverse_dft(modes):
    """`ifft(modes)`."""
    return _transform(modes, 1) / modes.shape[0]


def split_field(field):
    """A complex field of shape `(n,)` as the real point `concatenate([real, imaginary])`."""
    return jnp.concatenate([jnp.real(field), jnp.imag(field)])


class ComplexField(SemilinearFlow):
    """A complex field on a ring: the state is `concatenate([real, imaginary])` on `n` equally spaced points. Abstract.

    Define `linear` and `nonlinear` on its Fourier modes (complex, shape `(n,)`).
    """

    length: eqx.AbstractVar[Any]
    n: eqx.AbstractVar[int]

    def __check_init__(self):
        if self.n < 8:
            raise CocycleError(f"{type(self).__name__} needs at least 8 grid points; got n={self.n}.")

    @property
    def wave_numbers(self):
        """The wave number of each mode, shape `(n,)`."""
        return 2 * jnp.pi / self.length * np.fft.fftfreq(self.n, 1 / self.n)

    def field(self, x):
        """The complex field of a state, shape `(n,)`."""
        re, im = jnp.split(x, 2)
        return re + 1j * im

    def to_modes(self, x):
        return dft(self.field(x))

    def from_modes(self, modes):
        return split_field(inverse_dft(modes))
