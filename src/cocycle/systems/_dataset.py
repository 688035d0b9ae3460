"""Series of many systems, sampled alike, for benchmarks and training."""

import json
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jax
import numpy as np

from cocycle.core import (
    CocycleError,
    Map,
    NotApplicableError,
    RandomMap,
    System,
    Trajectory,
    replacing,
    write_atomically,
)
from cocycle.evolve import time_scale, trajectory

from ._catalogue import CATALOGUE, get

__all__ = ["Dataset", "dataset", "read_dataset"]


@dataclass(frozen=True)
class Dataset:
    """Series of many systems: `data["Lorenz63"]["train"]` is a list of trajectories, one a member.

    - `series`: name of the system -> name of the split -> its trajectories.
    - `meta`: how it was made: sampling, noise, seed words of the key, versions.
    """

    series: Mapping[str, Mapping[str, list[Trajectory]]]
    meta: Mapping[str, Any]

    def __getitem__(self, name: str) -> Mapping[str, list[Trajectory]]:
        return self.series[name]

    def __iter__(self):
        return iter(self.series)

    def __len__(self) -> int:
        return len(self.series)

    def __repr__(self) -> str:
        splits = ", ".join(self.meta["splits"])
        return f"Dataset({len(self)} systems x {self.meta['members']} members; splits: {splits})"


def dataset(
    names: Iterable[str] | None = None,
    *,
    periods: float = 12.0,
    points_per_period: int = 100,
    splits: Mapping[str, float] | None = None,
    members: int = 1,
    noise: float = 0.0,
    univariate: bool = False,
    key: Any = None,
    to: Path | str | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> Dataset:
    """Simulate many systems with the same number of points per dominant period, and cut them into splits.

    ```python
    data = cc.systems.dataset(["Lorenz63", "Rossler"], splits={"train": 10, "test": 2}, key=jax.random.key(0))
    ```

    **Arguments**

    - `names`: systems of the catalogue (default: all that are chaotic). A map's "period" is one step.
    - `periods`, `points_per_period`: length and density of the sampling (of a map: `periods` steps, one point each).
    - `splits`: name -> length, in any unit; the run is cut into pieces of these proportions, in this order (default
      `{"train": 10, "test": 2}`). A forecast for the second piece starts where the first ends.
    - `members`: independent runs of each system: they start after different random times on the attractor.
    - `noise`: the standard deviation of Gaussian noise added to what is recorded, relative to that of each variable.
      For noise inside the motion see `cocycle.noisy`.
    - `univariate`: record the first variable only.
    - `key`: of the starting times, the noise and random systems: the same key gives the same data (default
      `jax.random.key(0)`). A system's data do not depend on which others are asked for.
    - `to`: write it as well: a folder of Parquet files, one a system with columns `split`, `member`, `time` and the
      variables, or, where the name ends in `.zarr`, a Zarr store with a group a system (needs the package `zarr`).
      `read_dataset` reads both.

    **Returns** a `Dataset`. **Raises** `CocycleError` for unknown names and impossible lengths, before anything is run.
    """
    chosen = _chosen(names)
    shares = dict(splits or {"train": 10.0, "test": 2.0})
    _check(periods, points_per_period, shares, members, noise)
    key = jax.random.key(0) if key is None else key
    writer = None if to is None else _writer(Path(to))
    meta = {
        "periods": float(periods),
        "points_per_period": int(points_per_period),
        "splits": {name: float(share) for name, share in shares.items()},
        "members": int(members),
        "noise": float(noise),
        "univariate": bool(univariate),
        "key": np.asarray(jax.random.key_data(key)).tolist(),
    }
    series = {}
    for count, name in enumerate(chosen, 1):
        # from the name, not from the place in the list
        own = jax.random.fold_in(key, zlib.crc32(name.encode()))
        runs = [
            _member(CATALOGUE[name](), periods, points_per_period, noise, univariate, jax.random.fold_in(own, i))
            for i in range(members)
        ]
        cut = [_cut(run, shares) for run in runs]
        series[name] = {split: [pieces[split] for pieces in cut] for split in shares}
        if writer is not None:
            writer(name, series[name])
        if progress is not None:
            progress(count, len(chosen), name)
    if to is not None:
        write_atomically(Path(to) / "dataset.json", json.dumps({**meta, "systems": list(chosen)}, indent=1) + "\n")
    return Dataset(series, meta)


def _chosen(names) -> tuple[str, ...]:
    if names is None:
        return tuple(name for name, cls in CATALOGUE.items() if cls.card is not None and "chaotic" in cls.card.tags)
    chosen = tuple(get(name).__name__ for name in ([names] if isinstance(names, str) else names))
    if len(set(chosen)) < len(chosen):
        twice = sorted({name for name in chosen if chosen.count(name) > 1})
        raise CocycleError(f"dataset: {', '.join(twice)} is asked for more than once.")
    if not chosen:
        raise CocycleError("dataset: no system is named.")
    return chosen


def _check(periods, points_per_period, shares, members, noise) -> None:
    if not periods > 0:
        raise CocycleError(f"dataset: periods must be positive; got {periods}.")
    if points_per_period < 2:
        raise CocycleError(f"dataset: points_per_period must be at least 2; got {points_per_period}.")
    if members < 1:
        raise CocycleError(f"dataset: members must be at least 1; got {members}.")
    if not (noise >= 0 and np.isfinite(noise)):
        raise CocycleError(f"dataset: noise is a fraction of each variable's spread, 0 or more; got {noise}.")
    if not shares or not all(np.isfinite(share) and share > 0 for share in shares.values()):
        raise CocycleError(f"dataset: splits must have positive lengths; got {shares}.")


def _member(system: System, periods, points_per_period, noise, univariate, key) -> Trajectory:
    """One run, from a random time on the attractor, as it would be recorded."""
    start, motion, reading = jax.random.split(key, 3)
    scale, discrete = time_scale(system), isinstance(system, (Map, RandomMap))
    # up to a hundred periods more than the usual transient: another place on the attractor
    wait = scale.transient + 100 * scale.period * float(jax.random.uniform(start))
    wait = round(wait / scale.period) * scale.period if discrete else wait
    count = round(periods) if discrete else round(periods * points_per_period)
    dt = scale.period if discrete else scale.period / points_per_period
    random = isinstance(system, RandomMap) or hasattr(system, "diffusion")
    run = trajectory(system, (count - 1) * dt, dt=dt, transient=wait, key=motion if random else None)
    run = run.select(run.variables[:1]) if univariate else run
    states = np.asarray(run.states)
    if noise > 0:
        drawn = np.asarray(jax.random.normal(reading, states.shape))
        states = states + noise * states.std(axis=0) * drawn
    times = np.asarray(run.times) - float(run.times[0])
    return Trajectory(times, states, variables=run.variables, meta=dict(run.meta))


def _cut(run: Trajectory, shares: Mapping[str, float]) -> dict[str, Trajectory]:
    ends = np.round(np.cumsum(list(shares.values())) / sum(shares.values()) * len(run)).astype(int)
    starts = np.concatenate([[0], ends[:-1]])
    if (ends - starts < 1).any():
        raise CocycleError(f"dataset: {len(run)} points are too few for the splits {dict(shares)}.")
    return {name: run[int(a) : int(b)] for name, a, b in zip(shares, starts, ends)}


# -- on disk ----------------------------------------------------------------------------------------------------


def _writer(folder: Path) -> Callable[[str, Mapping[str, list[Trajectory]]], None]:
    if folder.suffix == ".zarr":
        _zarr()
        return lambda name, splits: _to_zarr(folder, name, splits)
    if folder.suffix:
        raise CocycleError(f"dataset: `to` is a folder for Parquet files, or ends in .zarr; got {folder.name!r}.")
    folder.mkdir(parents=True, exist_ok=True)
    return lambda name, splits: _to_parquet(folder, name, splits)


def _to_parquet(folder: Path, name: str, splits: Mapping[str, list[Trajectory]]) -> None:
    import pandas as pd

    parts = []
    for split, runs in splits.items():
        for member, run in enumerate(runs):
            columns: dict[str, Any] = {"split": split, "member": member, "time": np.asarray(run.times)}
            columns |= dict(zip(run.variables, np.asarray(run.states).T))
            parts.append(pd.DataFrame(columns))
    with replacing(folder / f"{name}.parquet") as temporary:
        pd.concat(parts, ignore_index=True).astype({"split": "category"}).to_parquet(temporary, index=False)


def _to_zarr(folder: Path, name: str, splits: Mapping[str, list[Trajectory]]) -> None:
    import xarray as xr

    for split, runs in splits.items():
        states = np.stack([np.asarray(run.states) for run in runs])
        data = xr.Dataset(
            {"states": (("member", "time", "variable"), states)},
            {"time": np.asarray(runs[0].times)},
            {"variables": list(runs[0].variables)},  # an attribute: Zarr has no stable type for arrays of strings yet
        )
        data.to_zarr(folder, group=f"{name}/{split}", mode="a", consolidated=False)


def _zarr() -> None:
    try:
        import zarr  # noqa: F401
    except ImportError:
        raise NotApplicableError(
            "dataset: writing a .zarr store needs the package zarr: `pip install zarr`. Without it, give a folder: "
            "Parquet files are written."
        ) from None


def read_dataset(folder: Path | str) -> Dataset:
    """Read what `dataset(..., to=folder)` wrote."""
    folder = Path(folder)
    manifest = folder / "dataset.json"
    if not manifest.exists():
        raise CocycleError(f"{folder} holds no dataset: there is no {manifest.name} in it.")
    meta = json.loads(manifest.read_text(encoding="utf-8"))
    read = _from_zarr if folder.suffix == ".zarr" else _from_parquet
    series = {name: read(folder, name, meta["splits"]) for name in meta["systems"]}
    return Dataset(series, {k: v for k, v in meta.items() if k != "systems"})


def _from_parquet(folder, name, splits):
    import pandas as pd

    frame = pd.read_parquet(folder / f"{name}.parquet")
    variables = [column for column in frame.columns if column not in ("split", "member", "time")]
    out = {}
    for split in splits:
        part = frame[frame["split"] == split]
        out[split] = [
            Trajectory(np.asarray(group["time"]), np.asarray(group[variables]), variables=variables)
            for _, group in part.groupby("member")
        ]
    return out


def _from_zarr(folder, name, splits):
    import xarray as xr

    _zarr()
    out = {}
    for split in splits:
        data = xr.open_zarr(folder, group=f"{name}/{split}", consolidated=False)
        times, variables = np.asarray(data["time"]), list(data.attrs["variables"])
        out[split] = [Trajectory(times, states, variables=variables) for states in np.asarray(data["states"])]
    return out
