"""Discrete Fourier transforms for periodic fields: small real matrices on short rings, the FFT on everything else.

Why not always the FFT of the array library: on a CPU it is a call out of the compiled loop, which on a ring of 64
points costs more than the transform. A real field on a ring of up to `DENSE` points is transformed by one matrix, 3 to
15 times faster; a complex one in two stages (Cooley and Tukey's factorisation `n = a b`), at about the cost of the FFT.
In two dimensions the FFT is ahead of matrices from 64 points a side on, and at 32 no step is spent mostly on transforms
(benchmarks/fields.py).

Inside batched loops (as for Lyapunov vectors) XLA hands the FFT a transposed array and then refuses it (a failed layout
check, seen with jax 0.10.2); `_rows` asks for the layout that it accepts.
"""

import math
from functools import cache
from typing import Any, ClassVar

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np
from jax.core import Tracer
from jax.experimental.layout import Layout, with_layout_constraint

from cocycle.core import CocycleError, SemilinearFlow

__all__ = [
    "DENSE",
    "ComplexField",
    "basis",
    "check_grid",
    "derivative",
    "dft",
    "inverse_dft",
    "inverse_real_dft",
    "kept",
    "order",
    "real_dft",
    "split_field",
]

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


def _rows(x):
    """The same array, the last axis contiguous in memory."""
    if not isinstance(x, Tracer):
        return x
    return with_layout_constraint(x, Layout(major_to_minor=tuple(range(x.ndim))))


def dft(z):
    """`fftn(z)` of a field of shape `(n,)` or `(n, n)`, real or complex."""
    return _transform(z, -1) if z.ndim == 1 else _rows(jnp.fft.fftn(_rows(z)))


def inverse_dft(modes):
    """`ifftn(modes)`."""
    if modes.ndim == 1:
        return _transform(modes, 1) / modes.shape[0]
    return _rows(jnp.fft.ifftn(_rows(modes)))


@cache
def _real_matrices(n: int) -> tuple[np.ndarray, np.ndarray]:
    """`u @ there` gives real, then imaginary parts of `rfft(u)`; times `back` it is `u` again."""
    k = np.arange(n // 2 + 1)
    angle = 2 * np.pi * (np.outer(np.arange(n), k) % n) / n
    there = np.concatenate([np.cos(angle), -np.sin(angle)], axis=1)
    weight = np.where((k == 0) | (2 * k == n), 1.0, 2.0) / n  # the other modes stand for their conjugates too
    return there, np.ascontiguousarray((there * np.tile(weight, 2)).T)


def real_dft(fields, dimensions: int):
    """`rfftn` over the last `dimensions` axes, of length `n` each; the last one of the result has `n // 2 + 1`."""
    n = fields.shape[-1]
    if dimensions == 1 and n <= DENSE:
        parts = fields @ _real_matrices(n)[0]
        return jax.lax.complex(parts[..., : n // 2 + 1], parts[..., n // 2 + 1 :])
    return _rows(jnp.fft.rfftn(_rows(fields), axes=range(-dimensions, 0)))


def inverse_real_dft(modes, n: int, dimensions: int):
    """`irfftn` over the last `dimensions` axes."""
    if dimensions == 1 and n <= DENSE:
        return jnp.concatenate([jnp.real(modes), jnp.imag(modes)], axis=-1) @ _real_matrices(n)[1]
    return _rows(jnp.fft.irfftn(_rows(modes), (n,) * dimensions, axes=range(-dimensions, 0)))


def split_field(field):
    """A complex field of any shape as the real point `concatenate([real, imaginary])`."""
    return jnp.concatenate([jnp.ravel(jnp.real(field)), jnp.ravel(jnp.imag(field))])


class ComplexField(SemilinearFlow):
    """A complex field on a ring, or on a periodic square of `n` points a side. Abstract.

    The state is `concatenate([real, imaginary])`. Define `linear` and `nonlinear` on its Fourier modes (complex, shaped
    like the field).
    """

    length: eqx.AbstractVar[Any]
    n: eqx.AbstractVar[int]
    dimensions: ClassVar[int] = 1

    def __check_init__(self):
        check_grid(self, self.n, self.dimensions)

    @property
    def wave_numbers(self):
        """The modulus (in one dimension with its sign) of the wave vector of each mode, shaped like the field."""
        k = np.fft.fftfreq(self.n, 1 / self.n)
        return 2 * jnp.pi / self.length * (k if self.dimensions == 1 else np.hypot(k[:, None], k))

    def field(self, x):
        """The complex field of a state, shape `(n,)` or `(n, n)`."""
        re, im = jnp.split(x, 2)
        return jnp.reshape(re + 1j * im, (self.n,) * self.dimensions)

    def to_modes(self, x):
        return dft(self.field(x))

    def from_modes(self, modes):
        return split_field(inverse_dft(modes))


def check_grid(system, n: int, dimensions: int) -> None:
    """Raise unless a grid has a usable size."""
    name = type(system).__name__
    if n < 8:
        raise CocycleError(f"{name} needs at least 8 grid points; got n={n}.")
    if dimensions not in (1, 2):
        raise CocycleError(f"{name} has one dimension or two; got dimensions={dimensions}.")
