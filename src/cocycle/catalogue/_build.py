"""Compute all numbers of all systems, in parallel, one file a system, so that a killed build goes on where it was."""

import dataclasses
import importlib.metadata
import json
import multiprocessing
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Any

import jax

from cocycle.core import CocycleError, write_atomically
from cocycle.systems import CATALOGUE, COMPUTED, get

from ._checks import judge
from ._record import Settings, fingerprint, record

__all__ = ["build"]


def build(
    names: Iterable[str] | None = None,
    *,
    to: Path | str | None = None,
    work: Path | str = ".catalogue-build",
    workers: int | None = None,
    fresh: bool = False,
    settings: Settings = Settings(),  # noqa: B008 - frozen
    progress: Callable[[int, int, str, dict[str, Any]], None] | None = None,
) -> dict[str, dict[str, Any]]:
    """Recompute the numbers of the catalogue and write them to the file that ships with it.

    **Arguments**

    - `names`: systems to compute (default: all). The numbers of the others are kept.
    - `to`: the file to write (default: the one that `cocycle.systems.computed` reads).
    - `work`: a folder for what is finished, one file a system. A build that was interrupted or killed finds it there
      and goes on; it is removed when all is written. A system whose rule or settings have changed is computed anew.
    - `workers`: processes at once (default: one a core).
    - `fresh`: forget what an interrupted build had finished.
    - `settings`: seed and tolerances; they are written with the numbers.
    - `progress`: called with `(finished, total, name, record)`.

    **Returns** the records by name, each with `checks`, the outcome of every check. A number with an error bar above
    its tolerance is not written: its run is lengthened, and in the end `refused` gives the reason. A system that cannot
    be run at all has a record with `error`.
    """
    chosen = tuple(CATALOGUE) if names is None else tuple(get(name).__name__ for name in names)
    to, work = Path(to or COMPUTED), Path(work)
    if workers is not None and workers < 1:
        raise CocycleError(f"build: workers must be at least 1; got {workers}.")
    if fresh:
        shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True, exist_ok=True)
    made: dict[str, dict[str, Any]] = {}
    # the slow ones first: they would else be alone at the end
    order = sorted(chosen, key=lambda name: -CATALOGUE[name]().dim)
    count = min(workers or os.cpu_count() or 1, max(1, len(order)))
    # fresh processes: JAX does not survive a fork
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, mp_context=context, initializer=_end_with, initargs=(os.getpid(),)) as pool:
        jobs = {pool.submit(_finished, name, str(work), settings): name for name in order}
        try:
            for job in as_completed(jobs):
                name = jobs[job]
                found = job.result()
                made[name] = found | {"checks": judge(CATALOGUE[name](), found)}
                if progress is not None:
                    progress(len(made), len(order), name, made[name])
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    _write(to, made, settings, keep=names is not None)
    shutil.rmtree(work)
    return made


def _end_with(parent: int) -> None:
    """A worker ends when the build is killed, and not minutes later with its system."""

    def watch():
        while os.getppid() == parent:
            time.sleep(1.0)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _identity(settings: Settings) -> dict[str, Any]:
    versions = {name: importlib.metadata.version(name) for name in ("cocycle", "jax", "numpy")}
    return {"settings": dataclasses.asdict(settings), "versions": versions}


def _finished(name: str, work: str, settings: Settings) -> dict[str, Any]:
    """One system's record: from the folder if an earlier build left it there, computed and stored otherwise."""
    system = CATALOGUE[name]()
    path = Path(work) / f"{name}.json"
    identity = _identity(settings)
    if path.exists():
        stored = json.loads(path.read_text(encoding="utf-8"))
        if stored["identity"] == identity and stored["record"].get("rule") == fingerprint(system):
            return stored["record"]
    began = time.perf_counter()
    jax.clear_caches()  # hundreds of compiled programs would fill the memory
    try:
        found = record(system, settings)
    except Exception as error:
        # one system that fails must not cost the others: its record says what happened
        found = {"rule": fingerprint(system), "error": f"{type(error).__name__}: {' '.join(str(error).split())}"}
    found["seconds"] = round(time.perf_counter() - began, 1)
    write_atomically(path, json.dumps({"identity": identity, "record": found}))
    return found


def _write(to: Path, made: Mapping[str, dict[str, Any]], settings: Settings, *, keep: bool) -> None:
    records = dict(json.loads(to.read_text(encoding="utf-8"))["systems"]) if keep and to.exists() else {}
    # without the outcomes of the checks: `judge` derives them from the numbers
    records |= {name: {k: v for k, v in found.items() if k != "checks"} for name, found in made.items()}
    records = {name: records[name] for name in sorted(records) if name in CATALOGUE}
    # one line a system: a change of one number is a change of one line
    lines = ",\n".join(f" {json.dumps(name)}: {json.dumps(found)}" for name, found in records.items())
    head = json.dumps({"command": "cocycle catalogue build", **_identity(settings)})
    write_atomically(to, f'{{"made": {head},\n"systems": {{\n{lines}\n}}}}\n')
