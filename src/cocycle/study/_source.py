"""What is studied: files, a named system (simulated), or data in memory, as unbroken episodes with their provenance."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from cocycle.core import CocycleError, DataError, Flow, Map, RandomMap, StochasticFlow, System, Trajectory, suggestion

from ._options import Options
from ._time import Clock

__all__ = ["Recording", "open_recording", "resolve_system", "simulate"]

_SHORT_GAP = 5  # samples that may be bridged by interpolation; a longer gap ends the episode
_SAMPLES_A_PERIOD = 30


class Recording(NamedTuple):
    """The data of a study.

    - `episodes`: unbroken, equally spaced stretches; - `info`: `SourceInfo` of the results schema;
    - `system`: the system, where the source is one; - `clock`: how time is counted.
    """

    episodes: list[Trajectory]
    info: dict[str, Any]
    system: System | None
    clock: Clock

    @property
    def longest(self) -> Trajectory:
        """The longest episode: what is measured."""
        return max(self.episodes, key=len)

    @property
    def total(self) -> int:
        """Samples in all episodes."""
        return sum(len(e) for e in self.episodes)


def open_recording(source: Any, options: Options) -> Recording:
    """Read what `source` names: paths, a system or its name, a `Trajectory`, an array, a DataFrame."""
    several = isinstance(source, (list, tuple)) and source and not isinstance(source[0], (int, float))
    parts = [_bundled(part) for part in (list(source) if several or _all_text(source) else [source])]
    if len(parts) == 1 and (system := _as_system(parts[0])) is not None:
        return _simulated(system, options)
    trajectories, files, kinds = [], [], set()
    for part in parts:
        if isinstance(part, (str, Path)):
            runs = _read(part, options)
            kinds.add("file")
            digest = runs[0].meta.get("sha256") or hashlib.sha256(Path(part).read_bytes()).hexdigest()
            files.append({"name": Path(part).name, "sha256": digest, "rows": sum(len(run) for run in runs)})
        else:
            runs = _in_memory(part, options)
            kinds.add("data")
        trajectories.extend(runs)
    _alike(trajectories)
    notes = [note for t in trajectories for note in t.meta.get("notes", ())]
    episodes = [e for t in trajectories for e in _stretches(t, notes)]
    name = ", ".join(f["name"] for f in files[:3]) + (" ..." if len(files) > 3 else "") if files else "data in memory"
    return _recording(episodes, "file" if "file" in kinds else "data", name, files, notes, None)


def _bundled(part: Any) -> Any:
    """The path of a bundled recording that was asked for by its name."""
    if isinstance(part, str) and not Path(part).exists():
        from cocycle import data

        if part.lower().replace("-", "_") in data.names():
            return data.path(part.lower().replace("-", "_"))
    return part


def _all_text(source: Any) -> bool:
    return isinstance(source, (list, tuple)) and bool(source) and all(isinstance(s, (str, Path)) for s in source)


def resolve_system(name: str) -> System:
    """The system of that name, at its defaults; `CocycleError` with near misses if there is none."""
    from cocycle import systems

    return systems.get(name)()


def _as_system(source: Any) -> System | None:
    if isinstance(source, System):
        return source
    if isinstance(source, type) and issubclass(source, System):
        return source()
    if not isinstance(source, str) or Path(source).exists():
        return None
    if Path(source).suffix or "/" in source or "\\" in source:
        folder = Path(source).parent
        near = suggestion(Path(source).name, [p.name for p in folder.iterdir()]) if folder.is_dir() else ""
        raise DataError(f"There is no file {source!r}.{near}")
    try:
        return resolve_system(source)
    except CocycleError as error:
        raise CocycleError(f"{source!r} is neither a file nor a system. {error}") from None


def _read(source: Any, options: Options) -> list[Trajectory]:
    from cocycle.core import read_episodes

    return read_episodes(
        source,
        columns=options.columns,
        time_column=options.time_column,
        inputs=options.inputs,
        episode=options.episode,
    )


def _in_memory(data: Any, options: Options) -> list[Trajectory]:
    if not isinstance(data, Trajectory):
        if hasattr(data, "columns"):
            return _read(data, options)
        data = Trajectory.from_numpy(data)
    if data.is_ensemble:
        raise DataError("A study takes runs one by one: pass the members of an ensemble as a list of Trajectories.")
    return [data.select(list(options.columns)) if options.columns else data]


def _alike(trajectories: Sequence[Trajectory]) -> None:
    first = trajectories[0]
    for index, other in enumerate(trajectories[1:], start=2):
        if other.variables != first.variables:
            raise DataError(
                f"Input {index} has the columns {', '.join(other.variables)}, input 1 has {', '.join(first.variables)};"
                " all inputs need the same columns (choose them with --columns)."
            )
        if len(other) > 1 and len(first) > 1 and abs(other.dt - first.dt) > 1e-3 * first.dt:
            raise DataError(
                f"Input {index} is sampled every {other.dt:g}, input 1 every {first.dt:g}; resample them alike."
            )


def _stretches(trajectory: Trajectory, notes: list[str]) -> list[Trajectory]:
    """Episodes without long gaps. Short gaps stay as the reader filled them; the notes say so."""
    if trajectory.mask is None or np.asarray(trajectory.mask).all():
        return [_bare(trajectory)]
    missing = ~np.asarray(trajectory.mask, bool)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], missing.astype(int), [0]])))
    gaps = edges.reshape(-1, 2)
    long = [(int(a), int(b)) for a, b in gaps if b - a > _SHORT_GAP]
    short = len(gaps) - len(long)
    if short:
        notes.append(f"{short} gaps of at most {_SHORT_GAP} samples were bridged by straight lines.")
    if long:
        notes.append(f"{len(long)} longer gaps cut the recording into episodes.")
    bounds = [0] + [edge for gap in long for edge in gap] + [len(trajectory)]
    parts = [trajectory[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True) if b - a >= 2]
    kept = [p for p in parts if len(p) >= 0.05 * max(len(q) for q in parts)]
    if len(kept) < len(parts):
        notes.append(f"{len(parts) - len(kept)} very short episodes between gaps were left out.")
    return [_bare(part) for part in kept]


def _bare(trajectory: Trajectory) -> Trajectory:
    """The same as plain double-precision numbers, without a mask."""
    inputs = None if trajectory.inputs is None else np.asarray(trajectory.inputs, float)
    states = np.asarray(trajectory.states, float)
    times = np.asarray(trajectory.times, float)
    return Trajectory(times, states, inputs=inputs, variables=trajectory.variables, meta=trajectory.meta)


def simulate(system: System, samples: int, seed: int, dt: float | None = None) -> Trajectory:
    """Run a system on its attractor: `samples` samples after its transient, a fixed start and a seeded noise."""
    import jax

    import cocycle
    from cocycle.evolve import time_scale

    scale = time_scale(system)
    discrete = isinstance(system, (Map, RandomMap))
    step = dt or (scale.dt if discrete else max(scale.dt, scale.period / _SAMPLES_A_PERIOD))
    key = None if isinstance(system, (Map, Flow)) else jax.random.key(seed)
    run = cocycle.trajectory(system, (samples - 1) * step, dt=step, transient=scale.transient, key=key)
    times = np.asarray(run.times, float) - float(np.asarray(run.times)[0])
    return Trajectory(times, np.asarray(run.states, float), variables=run.variables, meta=run.meta)


def _simulated(system: System, options: Options) -> Recording:
    run = simulate(system, options.samples, options.seed)
    if options.columns:
        run = run.select(list(options.columns))
    if run.dim > 64:
        raise CocycleError(
            f"{type(system).__name__} has {run.dim} variables; a study takes at most 64. Choose some with --columns."
        )
    noisy = " with seeded noise" if isinstance(system, (StochasticFlow, RandomMap)) else ""
    note = f"{len(run):,} samples simulated after the transient{noisy}."
    return _recording([run], "system", type(system).__name__, [], [note], system)


def _recording(episodes, kind, name, files, notes, system) -> Recording:
    if not episodes:
        raise DataError("There is no unbroken stretch of at least two samples. Give data with fewer gaps.")
    first, last = episodes[0], episodes[-1]
    clock = Clock.of(first)
    digest = hashlib.sha256()
    for episode in episodes:
        for part in (episode.times, episode.states, episode.inputs):
            if part is not None:
                digest.update(np.ascontiguousarray(part, dtype=float).tobytes())
    info = {
        "kind": kind,
        "name": name,
        "files": files,
        "hash": digest.hexdigest(),
        "variables": list(first.variables),
        "inputs": list(first.meta.get("inputs", ())) if first.inputs is not None else [],
        "samples": sum(len(e) for e in episodes),
        "episodes": len(episodes),
        "dt": first.dt,
        "time_unit": clock.unit,
        "start": clock.labels(first, np.asarray(first.times)[:1]).tolist()[0],
        "end": clock.labels(last, np.asarray(last.times)[-1:]).tolist()[0],
        "notes": list(dict.fromkeys(notes)),
    }
    return Recording(episodes, info, system, clock)
