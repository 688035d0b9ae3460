"""Libraries of candidate functions: what the terms of an equation may be."""

import abc
from typing import Any

import equinox as eqx
import jax.numpy as jnp
import numpy as np

from cocycle.core import CocycleError
from cocycle.learn import _polynomials

__all__ = ["Fourier", "FunctionLibrary", "Joined", "Polynomial"]


class FunctionLibrary(eqx.Module):
    """A list of functions of the state. Abstract; add two with `+`."""

    @abc.abstractmethod
    def __call__(self, x: Any) -> Any:
        """Values of all functions at states `(..., dim)`: an array `(..., functions)`, numpy in, numpy out."""

    @abc.abstractmethod
    def names(self, variables: tuple[str, ...]) -> list[str]:
        """How each function is printed."""

    @abc.abstractmethod
    def complexity(self, dim: int) -> np.ndarray:
        """An integer for each function: of two that explain the data alike, the simpler is kept."""

    def __add__(self, other: "FunctionLibrary") -> "Joined":
        return Joined((self, other))


class Polynomial(FunctionLibrary):
    """All monomials of total degree 0 to `order` (the constant is printed as an empty string)."""

    order: int = eqx.field(static=True, default=3)

    def __check_init__(self):
        if int(self.order) != self.order or self.order < 0:
            raise CocycleError(f"Polynomial: order must be an integer of at least 0; got {self.order}.")

    def __call__(self, x):
        numpy = np if isinstance(x, np.ndarray) else jnp
        one = numpy.ones_like(x[..., :1])
        if self.order == 0:
            return one
        return numpy.concatenate([one, _polynomials.evaluate(x, self.order)], axis=-1)

    def __str__(self):
        return f"polynomials to degree {self.order}"

    def names(self, variables):
        return ["", *_polynomials.names(variables, self.order)]

    def complexity(self, dim):
        return np.concatenate([[0], _polynomials.exponents(dim, self.order).sum(axis=1)]).astype(int)


class Fourier(FunctionLibrary):
    """`sin(k w x)` and `cos(k w x)` of each variable, for k = 1 to `harmonics`, with base frequency `w`."""

    harmonics: int = eqx.field(static=True, default=1)
    frequency: float = eqx.field(static=True, default=1.0)

    def __call__(self, x):
        numpy = np if isinstance(x, np.ndarray) else jnp
        angles = [k * self.frequency * x for k in range(1, self.harmonics + 1)]
        return numpy.concatenate([f(a) for a in angles for f in (numpy.sin, numpy.cos)], axis=-1)

    def __str__(self):
        return f"sines and cosines to harmonic {self.harmonics}"

    def names(self, variables):
        out = []
        for k in range(1, self.harmonics + 1):
            rate = k * self.frequency
            factor = "" if rate == 1 else f"{rate:g} "
            out += [f"{f}({factor}{v})" for f in ("sin", "cos") for v in variables]
        return out

    def complexity(self, dim):
        return np.repeat(np.arange(1, self.harmonics + 1), 2 * dim)


class Joined(FunctionLibrary):
    """Several libraries one after another."""

    parts: tuple[FunctionLibrary, ...]

    def __call__(self, x):
        numpy = np if isinstance(x, np.ndarray) else jnp
        return numpy.concatenate([part(x) for part in self.parts], axis=-1)

    def __str__(self):
        return " + ".join(map(str, self.parts))

    def names(self, variables):
        return [name for part in self.parts for name in part.names(variables)]

    def complexity(self, dim):
        return np.concatenate([part.complexity(dim) for part in self.parts])
