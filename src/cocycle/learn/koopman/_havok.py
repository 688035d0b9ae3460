"""HAVOK: a linear model in delay coordinates, with the last of them acting as a forcing."""

import dataclasses
from typing import Any, ClassVar

import equinox as eqx
import numpy as np

from cocycle.core import param
from cocycle.learn._fitted import About, about, spread, windows
from cocycle.learn._learner import Learner, check_positive

from ._modal import ModalMap, choose_rank, snapshots, thin_svd

__all__ = ["HAVOK", "HAVOKMap"]


class HAVOKMap(ModalMap):
    r"""Delay coordinates `v` with $\dot v_{1..r-1} = A v_{1..r-1} + B v_r$; as a map, the best linear step of all `r`.

    **Fields** (see `ModalMap`), and `linear` `(r - 1, r - 1)` ($A$), `input` `(r - 1,)` ($B$), both per unit time for
    coordinates of unit variance; `forcing` `(T - delays + 1,)`, the coordinate $v_r$ along the longest episode, unit
    variance: where it is large, the linear model fails (in Lorenz's system, before a change of lobe).
    """

    about: About
    basis: Any = param()
    operator: Any = param()
    offset: Any = param()
    linear: Any = param()
    input: Any = param()
    forcing: Any = param()
    delays: int = eqx.field(static=True, default=1)


@dataclasses.dataclass(frozen=True)
class HAVOK(Learner):
    r"""Hankel alternative view of Koopman. [@brunton2017]

    The delay vectors of the data are projected on their leading `rank` singular vectors; the derivative of the first
    $r - 1$ coordinates is regressed on all $r$, and the last acts as an intermittent forcing, since it cannot be closed
    linearly. The forcing is unknown in the future, so forecasts use the autonomous linear map of all `r` coordinates.

    **Settings**

    - `delays`: samples in a delay vector (default 100, at most a quarter of the longest episode).
    - `rank` $r$: left out, those above the optimal hard threshold for white noise [@gavish2014], at most 15.
    """

    delays: int | None = None
    rank: int | None = None

    title: ClassVar[str] = "HAVOK"
    few: ClassVar[int] = 1

    def __post_init__(self):
        check_positive(self, delays=2, rank=2)

    def minimum(self, dim):
        return (self.delays or 4) + max(12, 2 * (self.rank or 2))

    @classmethod
    def grid(cls, data):
        lengths = sorted({d for d in (20, 50, 100, 200) if d <= len(data.longest) // 4})
        return [cls(delays=d) for d in lengths] or [cls()]

    def learn(self, data, key, on_step):
        delays = self.delays or int(np.clip(len(data.longest) // 4, 4, 100))
        data = data.at_least(delays + 8)
        offset = np.concatenate(data.values).mean(axis=0)
        before, after = snapshots(data, delays, offset)

        def chosen(s, floor):
            rank = max(2, choose_rank(s, before.shape, floor, self.rank, small=0))
            return rank if self.rank is not None else min(rank, 15)

        _, s, vt = thin_svd(before, chosen)
        on_step(1, 3)
        basis, rank = vt.T, len(s)
        x, y = before @ basis, after @ basis
        scale = spread(x)
        operator = np.linalg.lstsq(x / scale, y, rcond=None)[0].T / scale
        residuals = after[:, : data.dim] - x @ operator.T @ basis[: data.dim].T
        on_step(2, 3)
        v = [_coordinates(values - offset, basis, delays) / scale for values in data.values]
        rates = np.concatenate([(p[:-4] - 8 * p[1:-3] + 8 * p[3:-1] - p[4:]) / (12 * data.dt) for p in v])
        middle = np.concatenate([p[2:-2] for p in v])
        fit = np.linalg.lstsq(middle, rates[:, : rank - 1], rcond=None)[0]
        longest = max(v, key=len)
        start = v[-1][-1] * scale
        on_step(3, 3)
        return HAVOKMap(
            about=about(data, start, residuals, rank),
            basis=basis,
            operator=operator,
            offset=offset,
            linear=fit[: rank - 1].T,
            input=fit[rank - 1],
            forcing=longest[:, rank - 1],
            delays=delays,
        )


def _coordinates(values: np.ndarray, basis: np.ndarray, delays: int) -> Any:
    return windows(values, delays) @ basis
