"""Real fields on a ring or a periodic square: grid, transforms and derivatives that most equations here share."""

from typing import Any, ClassVar

import equinox as eqx
import jax.numpy as jnp
import numpy as np

from cocycle.core import SemilinearFlow

from ._fourier import check_grid, inverse_real_dft, kept, real_dft

__all__ = ["PeriodicField", "constant", "mirror"]


class PeriodicField(SemilinearFlow):
    r"""One or several real fields on `n` equally spaced points a side, periodic. Abstract.

    The state holds one field after another, each flattened. The modes are those of `rfft` (`rfft2`), which makes
    derivatives diagonal: a class defines `linear` and `nonlinear` with `laplacian`, `slopes`, `forward` and `backward`.
    Products of two fields are freed of aliasing with `mask` (the 2/3 rule) where a derivative acts on them, which also
    keeps the quadratic invariants exactly on the grid. Polynomial reactions are left as they are: diffusion damps the
    modes concerned.

    Growth has to pass through the grid in two dimensions: `linear`, and what `nonlinear` takes from the modes directly,
    must not amplify. Rounding leaves in the modes of `rfft2` a part that belongs to no real field; `backward` drops it,
    so that nothing on the grid would ever bound its growth.
    """

    length: eqx.AbstractVar[Any]
    n: eqx.AbstractVar[int]
    dimensions: ClassVar[int] = 1
    components: ClassVar[int] = 1

    def __check_init__(self):
        check_grid(self, self.n, self.dimensions)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of one field."""
        return (self.n,) * self.dimensions

    @property
    def grid(self):
        """The positions of the grid points along one side, shape `(n,)`."""
        return self.length / self.n * jnp.arange(self.n)

    @property
    def angles(self) -> tuple[np.ndarray, ...]:
        r"""$2 \pi x / L$ along each axis, shaped to be combined."""
        angle = 2 * np.pi / self.n * np.arange(self.n)
        return (angle,) if self.dimensions == 1 else (angle[:, None], angle[None, :])

    def fields(self, x):
        """The fields of a state, shape `(components, n)` or `(components, n, n)`; a single one without the first."""
        return jnp.reshape(x, self.shape if self.components == 1 else (self.components, *self.shape))

    def state(self, *fields):
        """The state that holds these fields (constants, or arrays that broadcast to the grid)."""
        return jnp.concatenate([jnp.ravel(jnp.broadcast_to(jnp.asarray(f, float), self.shape)) for f in fields])

    @property
    def variables(self):
        card = type(self).card
        names = ("u",) if card is None else card.variables
        points = self.n**self.dimensions
        return tuple(f"{name}{i}" for name in names for i in range(points))

    # -- the transforms -----------------------------------------------------------------------------------------------

    def forward(self, fields):
        """The modes of fields on the grid."""
        return real_dft(fields, self.dimensions)

    def backward(self, modes):
        """The fields of modes."""
        return inverse_real_dft(modes, self.n, self.dimensions)

    @property
    def unit(self) -> np.ndarray:
        """The modes of the uniform field 1."""
        modes = np.zeros((*self.shape[:-1], self.n // 2 + 1))
        modes[(0,) * self.dimensions] = self.n**self.dimensions
        return modes

    def to_modes(self, x):
        return self.forward(self.fields(x))

    def from_modes(self, modes):
        return jnp.ravel(self.backward(modes))

    # -- derivatives, diagonal in the modes ---------------------------------------------------------------------------

    @property
    def orders(self) -> tuple[np.ndarray, ...]:
        """The whole wave number of each mode along each axis, shaped to be combined."""
        half = np.arange(self.n // 2 + 1.0)
        whole = np.fft.fftfreq(self.n, 1 / self.n)
        return (half,) if self.dimensions == 1 else (whole[:, None], half[None, :])

    @property
    def laplacian(self):
        r"""$\nabla^2$."""
        square: Any = sum(k**2 for k in self.orders)
        return -((2 * jnp.pi / self.length) ** 2) * square

    @property
    def slopes(self) -> tuple[Any, ...]:
        r"""$\partial_x$ (and $\partial_y$). The highest wave of an even grid has no slope on its points: zero."""
        return tuple(2j * jnp.pi / self.length * np.where(2 * np.abs(k) == self.n, 0.0, k) for k in self.orders)

    @property
    def mask(self) -> np.ndarray:
        """1 for the modes that the 2/3 rule keeps in a product of two fields, 0 for the others."""
        masks = [kept(np.ravel(k), self.n, True).reshape(k.shape) for k in self.orders]
        return masks[0] if self.dimensions == 1 else masks[0] * masks[1]

    def steepening(self, modes):
        """The modes of $-u u_x$."""
        u = self.backward(self.mask * modes)
        return -0.5 * self.mask * self.slopes[0] * self.forward(u * u)

    def divergence_of(self, density, potential):
        r"""The modes of $\nabla\cdot(u \nabla v)$, given those of $u$ and $v$."""
        u = self.backward(self.mask * density)
        total: Any = 0.0
        for slope in self.slopes:
            total = total + slope * self.forward(u * self.backward(self.mask * slope * potential))
        return self.mask * total


def constant(n: int, *values: float, dimensions: int = 1) -> tuple[float, ...]:
    """A state of uniform fields, for a card."""
    return tuple(value for value in values for _ in range(n**dimensions))


def mirror(n: int, *parity: int, dimensions: int = 1) -> tuple[int, ...]:
    """The reflection of the first axis as a signed permutation, for a card; `parity` is the sign of each field."""
    index = np.arange(len(parity) * n**dimensions).reshape(len(parity), *(n,) * dimensions)
    index = np.roll(np.flip(index, axis=1), 1, axis=1) + 1
    signs = np.asarray(parity).reshape(-1, *(1,) * dimensions)
    return tuple(int(i) for i in np.ravel(index * signs))
