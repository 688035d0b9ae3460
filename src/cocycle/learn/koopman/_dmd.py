"""Dynamic mode decomposition."""

import dataclasses
from typing import Any, ClassVar

import equinox as eqx
import numpy as np

from cocycle.core import param
from cocycle.learn._fitted import About, about
from cocycle.learn._learner import Learner, check_positive

from ._modal import ModalMap, choose_rank, snapshots, thin_svd

__all__ = ["DMD", "DMDMap"]


class DMDMap(ModalMap):
    r"""$z_{n+1} = \tilde A z_n$ in the coordinates of the leading singular vectors.

    **Fields** (see `ModalMap`), and `image` `(obs, rank)`, the singular vectors one step later, `first`, the
    coordinates at the start of the data. `rates`, `modes` and `amplitudes` are computed from them.
    """

    about: About
    basis: Any = param()
    operator: Any = param()
    offset: Any = param()
    image: Any = param()
    first: Any = param()
    delays: int = eqx.field(static=True, default=1)

    def _decomposition(self):
        eigenvalues, vectors = np.linalg.eig(np.asarray(self.operator))
        safe = np.where(eigenvalues == 0, 1.0, eigenvalues)
        modes = np.asarray(self.image) @ vectors / safe
        size = np.linalg.norm(modes, axis=0)
        size = np.where(size > 0, size, 1.0)
        amplitudes = np.linalg.lstsq(vectors, np.asarray(self.first, dtype=complex), rcond=None)[0] * size
        order = np.argsort(-np.abs(amplitudes), kind="stable")
        return eigenvalues[order], (modes / size)[:, order], amplitudes[order]

    @property
    def multipliers(self) -> np.ndarray:
        """Eigenvalues of the map over one sampling interval, complex, strongest mode first."""
        return self._decomposition()[0]

    @property
    def eigenvalues(self) -> np.ndarray:
        """Rates per unit time, `log(multiplier) / dt`: growth + i angular frequency. Strongest mode first."""
        return np.log(self._decomposition()[0].astype(complex)) / float(self.about.dt)

    @property
    def modes(self) -> np.ndarray:
        """Exact DMD modes as unit columns, `(obs, rank)`, complex. [@tu2014]"""
        return self._decomposition()[1]

    @property
    def amplitudes(self) -> np.ndarray:
        """Complex amplitude of each mode at the first sample of the training data."""
        return self._decomposition()[2]


@dataclasses.dataclass(frozen=True)
class DMD(Learner):
    r"""Exact dynamic mode decomposition: the best linear map between successive samples, of low rank. [@tu2014]

    $$x_{n+1} \approx A x_n = \sum_j \phi_j\, e^{\omega_j \Delta t}\, b_j, \qquad \tilde A = U^T Y V S^{-1}.$$

    **Settings**

    - `rank`: number of modes. Left out: all above rounding for ten columns or fewer, else those above the optimal hard
      threshold for white noise. [@gavish2014]
    - `delays`: so many successive samples make one column of the data matrix (delay or Hankel DMD). Left out: 1 for
      more than ten variables, else enough for 30 columns.

    The data are not centred: an offset is a mode with eigenvalue zero. `model.eigenvalues` (per unit time), `.modes`,
    `.amplitudes`. Many variables and few samples go by the method of snapshots.
    """

    rank: int | None = None
    delays: int | None = None

    title: ClassVar[str] = "dynamic mode decomposition"
    few: ClassVar[int] = 2

    def __post_init__(self):
        check_positive(self, rank=1, delays=1)

    def minimum(self, dim):
        return (self.delays or 1) + max(4, self.rank or 1)

    @classmethod
    def grid(cls, data):
        if data.dim > 10:
            return [cls()]
        delays = sorted({d for d in (1, 8, 30, 100) if d <= len(data.longest) // 4})
        return [cls(delays=d) for d in delays]

    def learn(self, data, key, on_step):
        delays = self.delays
        if delays is None:
            delays = 1 if data.dim > 10 else max(1, min(-(-30 // data.dim), len(data.longest) // 4))
        data = data.at_least(delays + 1)
        offset = np.zeros(data.dim)
        before, after = snapshots(data, delays, offset)
        u, s, vt = thin_svd(before, lambda s, floor: choose_rank(s, before.shape, floor, self.rank, small=10))
        on_step(1, 2)
        basis, rank = vt.T, len(s)
        image = after.T @ (u / s)
        operator = basis.T @ image
        coordinates = before @ basis
        residuals = after[:, : data.dim] - coordinates @ (operator.T @ basis[: data.dim].T)
        start = (data.values[-1][-delays:][::-1] - offset).reshape(-1) @ basis
        on_step(2, 2)
        record = about(data, start, residuals, rank)
        return DMDMap(
            about=record,
            basis=basis,
            operator=operator,
            offset=offset,
            image=image[: data.dim],
            first=coordinates[0],
            delays=delays,
        )
